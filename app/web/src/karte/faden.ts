/** Entry of gruppierung.js, the worker: says what belongs together without holding up the page. */
import { macheEbene, teileAuf, type Aufteilung, type Ebene, type Gitter } from "./aufteilung";
import type { Ortsspalten } from "./gruppierung";

export type Auftrag =
  | { readonly art: "orte"; readonly spalten: Ortsspalten }
  | { readonly art: "gitter"; readonly gitter: Gitter };

export type Antwort = Aufteilung;

let ebene: Ebene | null = null;

self.addEventListener("message", ({ data: auftrag }: MessageEvent<Auftrag>) => {
  if (auftrag.art === "orte") ebene = macheEbene(auftrag.spalten);
  else if (ebene) antworte(teileAuf(ebene, auftrag.gitter));
});

function antworte(aufteilung: Antwort): void {
  const { von, x, y, spielraum } = aufteilung;
  self.postMessage(aufteilung, {
    transfer: [von, x, y, spielraum].map(({ buffer }) => buffer),
  });
}
