/** Options that folium's generated script passes to our layers (app/page.py). */

export interface GrundkartenOptionen {
  readonly stadtbezirke: string;
  readonly statistische: string;
}

export type Flaechenart = "stadtbezirke" | "projektgebiet" | "plaetze" | "brachflaechen";

export interface FlaechenOptionen {
  readonly url: string;
  readonly art: Flaechenart;
}
