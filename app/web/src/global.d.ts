import type * as Leaflet from "leaflet";
import type { Kern } from "./kern";
import type { FlaechenOptionen, GrundkartenOptionen } from "./karte/optionen";

declare global {
  /** What vorlauf.js leaves for app.js, app.js for karte.js, and that for the script of folium. */
  interface Nordwaerts {
    vorab?: { readonly url: string; readonly bytes: Promise<ArrayBuffer> };
    kern?: Kern;
    grundkarte?: (optionen: GrundkartenOptionen) => Leaflet.Layer;
    flaechen?: (optionen: FlaechenOptionen) => Leaflet.Layer;
    projekte?: () => Leaflet.Layer;
  }

  interface Window {
    L?: typeof Leaflet;
    nordwaerts?: Nordwaerts;
    /** What the scripts of a frozen copy hand over, by their own address. */
    nordwaertsArchiv?: Readonly<Record<string, unknown>>;
  }
}
