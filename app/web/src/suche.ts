import { suchworte, woerter } from "./falten";
import { OHNE_ANGABE } from "./projekt";
import type { Textspalte } from "./spalten";
import type { Index, Suche } from "./typen";

/** Facet → code → label. */
export type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A folded word of a label, and the code that is called so. */
export interface Labelwort {
  readonly wort: string;
  readonly facette: string;
  readonly code: string;
}

/** The words of the labels; organisations are called the same in every language. */
export function labelworteVon(index: Index, labels: Labels): Labelwort[] {
  return Object.entries(labels).flatMap(([facette, texte]) =>
    (facette === "beteiligt" ? [] : (index.facetten[facette]?.codes ?? [])).flatMap((code) =>
      code === OHNE_ANGABE
        ? []
        : woerter(texte[code] ?? "").map((wort) => ({ wort, facette, code })),
    ),
  );
}

/** Index of the first word that is not smaller than `wort`. */
export function ersteStelle(worte: Textspalte, wort: string): number {
  let von = 0;
  let bis = worte.length;
  while (von < bis) {
    const mitte = (von + bis) >>> 1;
    if (worte.von(mitte) < wort) von = mitte + 1;
    else bis = mitte;
  }
  return von;
}

/** Comes after every word with the same beginning: folded words hold nothing of the kind. */
const LETZTES = "\uffff";

/** Rows in which some word begins with `wort`: 1 = hit. */
function wortanfang({ worte, start, zeilen }: Suche, wort: string, anzahl: number): Uint8Array {
  const treffer = new Uint8Array(anzahl);
  // The lists of neighbouring words lie one behind the other.
  const ende = start[ersteStelle(worte, wort + LETZTES)]!;
  for (let i = start[ersteStelle(worte, wort)]!; i < ende; i++) treffer[zeilen[i]!] = 1;
  return treffer;
}

/** Rows in which every word of `q` begins some word, or a word of some label: 1 = hit. */
export function texttreffer(
  suche: Suche,
  q: string,
  anzahl: number,
  labelworte: readonly Labelwort[],
  hat: (facette: string, codes: readonly string[]) => Uint8Array,
): Uint8Array {
  const treffer = new Uint8Array(anzahl).fill(1);
  for (const wort of suchworte(q)) {
    const einzeln = wortanfang(suche, wort, anzahl);
    const genannt = labelworte.filter((label) => label.wort.startsWith(wort));
    for (const facette of new Set(genannt.map((label) => label.facette))) {
      const codes = genannt.filter((label) => label.facette === facette).map(({ code }) => code);
      vereine(einzeln, hat(facette, codes));
    }
    for (let zeile = 0; zeile < anzahl; zeile++) treffer[zeile]! &= einzeln[zeile]!;
  }
  return treffer;
}

function vereine(ziel: Uint8Array, weitere: Uint8Array): void {
  for (let zeile = 0; zeile < ziel.length; zeile++) ziel[zeile]! |= weitere[zeile]!;
}
