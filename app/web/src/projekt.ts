/** What the index says about one project, in words. */
import type { Texte } from "./texte";
import type { Blatt, Index } from "./typen";

function codesVon(index: Index, name: string, zeile: number): string[] {
  const facette = index.facetten[name];
  if (!facette) return [];
  const [von, bis] = facette.start
    ? [facette.start[zeile] ?? 0, facette.start[zeile + 1] ?? 0]
    : [zeile, zeile + 1];
  return Array.from(facette.wert.subarray(von, bis)).flatMap((wert) => facette.codes[wert] ?? []);
}

/** The code of a facet with one value a row. */
export function codeVon(index: Index, name: string, zeile: number): string {
  return codesVon(index, name, zeile)[0] ?? OHNE_ANGABE;
}

export const OHNE_ANGABE = "ohne-angabe";

/** Labels of a facet; nothing for what is not documented. */
export function labelsVon(index: Index, blatt: Blatt, name: string, zeile: number): string[] {
  return codesVon(index, name, zeile)
    .filter((code) => code !== OHNE_ANGABE)
    .map((code) => blatt.codes[name]?.[code] ?? code);
}

/** "2016–2023", or the one end that is documented; the server writes years the same way. */
export function laufzeit(index: Index, zeile: number, texte: Texte): string {
  // Years are texts: 2.016 is no year.
  const [von, bis] = [index.beginn[zeile], index.ende[zeile]].map((jahr) => String(jahr || ""));
  if (von && bis) return von === bis ? von : texte("zeitraum.von_bis", { von, bis });
  if (von) return texte("zeitraum.beginn", { jahr: von });
  return bis ? texte("zeitraum.ende", { jahr: bis }) : "";
}

/** Positions of a project's locations in `index.standorte`. */
export function standorteVon(index: Index, zeile: number): number[] {
  const { projekt } = index.standorte;
  let erster = 0;
  for (let bis = projekt.length; erster < bis;) {
    const mitte = (erster + bis) >>> 1;
    if (projekt[mitte]! < zeile) erster = mitte + 1;
    else bis = mitte;
  }
  let ende = erster;
  while (projekt[ende] === zeile) ende++;
  return Array.from({ length: ende - erster }, (_, i) => erster + i);
}

/** Locations that are only known to the Quartier or the Stadtbezirk are approximate. */
export function istUngefaehr(genauigkeit: string): boolean {
  return genauigkeit === "quartier" || genauigkeit === "stadtbezirk";
}

export function projektAdresse(blatt: Blatt, id: string): string {
  return blatt.urls.projekt.replace("{id}", encodeURIComponent(id));
}
