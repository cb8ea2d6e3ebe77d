import { suchworte, woerter } from "./falten";
import { OHNE_ANGABE } from "./projekt";
import type { Textspalte } from "./spalten";
import type { Index, Suche } from "./typen";

/** Facet → code → label. */
export type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A folded word of a label, and the rows of the projects that are called so. */
export interface Labelwort {
  readonly wort: string;
  readonly zeilen: readonly number[];
}

/** The words of the labels; organisations are called the same in every language. */
export function labelworteVon(index: Index, labels: Labels): Labelwort[] {
  return Object.entries(labels).flatMap(([name, texte]) => {
    const facette = name === "beteiligt" ? undefined : index.facetten[name];
    if (!facette) return [];
    const zeilen: number[][] = facette.codes.map(() => []);
    for (let zeile = 0; zeile < index.anzahl; zeile++) {
      const bis = facette.start?.[zeile + 1] ?? zeile + 1;
      for (let i = facette.start?.[zeile] ?? zeile; i < bis; i++)
        zeilen[facette.wert[i]!]!.push(zeile);
    }
    return facette.codes.flatMap((code, nummer) =>
      code === OHNE_ANGABE
        ? []
        : woerter(texte[code] ?? "").map((wort) => ({ wort, zeilen: zeilen[nummer]! })),
    );
  });
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

/** Rows in which every word of `q` begins some word: 1 = hit. */
export function texttreffer(
  suche: Suche,
  q: string,
  zeilen: number,
  labels: readonly Labelwort[] = [],
): Uint8Array {
  const treffer = new Uint8Array(zeilen).fill(1);
  for (const wort of suchworte(q)) {
    const einzeln = new Uint8Array(zeilen);
    let stelle = ersteStelle(suche.worte, wort);
    while (stelle < suche.worte.length && suche.worte.von(stelle).startsWith(wort)) {
      const ende = suche.start[stelle + 1]!;
      for (let i = suche.start[stelle]!; i < ende; i++) einzeln[suche.zeilen[i]!] = 1;
      stelle++;
    }
    for (const label of labels)
      if (label.wort.startsWith(wort)) for (const zeile of label.zeilen) einzeln[zeile] = 1;
    for (let zeile = 0; zeile < zeilen; zeile++) treffer[zeile]! &= einzeln[zeile]!;
  }
  return treffer;
}
