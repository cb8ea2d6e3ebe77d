import { suchworte } from "./falten";
import type { Suche } from "./typen";

/** Index of the first word that is not smaller than `wort`. */
export function ersteStelle(worte: readonly string[], wort: string): number {
  let von = 0;
  let bis = worte.length;
  while (von < bis) {
    const mitte = (von + bis) >>> 1;
    if (worte[mitte]! < wort) von = mitte + 1;
    else bis = mitte;
  }
  return von;
}

/** Rows in which every word of `q` begins some word: 1 = hit. */
export function texttreffer(suche: Suche, q: string, zeilen: number): Uint8Array {
  const treffer = new Uint8Array(zeilen).fill(1);
  for (const wort of suchworte(q)) {
    const einzeln = new Uint8Array(zeilen);
    let stelle = ersteStelle(suche.worte, wort);
    while (suche.worte[stelle]?.startsWith(wort)) {
      const ende = suche.start[stelle + 1]!;
      for (let i = suche.start[stelle]!; i < ende; i++) einzeln[suche.zeilen[i]!] = 1;
      stelle++;
    }
    for (let zeile = 0; zeile < zeilen; zeile++) treffer[zeile]! &= einzeln[zeile]!;
  }
  return treffer;
}
