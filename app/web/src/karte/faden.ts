/** Entry of gruppierung.js, the worker: groups places without holding up the page. */
import { Gruppierung, type Gruppen, type Ortsspalten, type Rahmen } from "./gruppierung";

export type Auftrag =
  | { readonly art: "orte"; readonly spalten: Ortsspalten; readonly letzterZoom: number }
  | { readonly art: "wahl"; readonly orte: Uint32Array }
  | {
      readonly art: "blick";
      readonly rahmen: Rahmen;
      readonly zoom: number;
      readonly nummer: number;
    };

export interface Antwort {
  readonly nummer: number;
  readonly gruppen: Gruppen;
}

let gruppierung: Gruppierung | null = null;

self.addEventListener("message", ({ data: auftrag }: MessageEvent<Auftrag>) => {
  if (auftrag.art === "orte") gruppierung = new Gruppierung(auftrag.spalten, auftrag.letzterZoom);
  else if (auftrag.art === "wahl") gruppierung?.waehle(auftrag.orte);
  else if (gruppierung) antworte(auftrag.nummer, gruppierung.imBlick(auftrag.rahmen, auftrag.zoom));
});

function antworte(nummer: number, gruppen: Gruppen): void {
  const { lon, lat, cluster, aufteilzoom, start, orte } = gruppen;
  const antwort: Antwort = { nummer, gruppen };
  self.postMessage(antwort, {
    transfer: [lon, lat, cluster, aufteilzoom, start, orte].map(({ buffer }) => buffer),
  });
}
