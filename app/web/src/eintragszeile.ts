/** The line below the name of a list entry. */
import { labelsVon, laufzeit, standorteVon } from "./projekt";
import type { Texte } from "./texte";
import type { Blatt, Index } from "./typen";

/** `rest` (years, no location) cannot be searched. */
export interface Eintragszeile {
  readonly nr: string;
  readonly bezirke: string;
  readonly status: string;
  readonly rest: readonly string[];
}

export function eintragszeile(
  index: Index,
  blatt: Blatt,
  texte: Texte,
  zeile: number,
): Eintragszeile {
  const nr = index.nr.von(zeile);
  return {
    nr: nr ? texte("liste.nr", { nr }) : "",
    bezirke: labelsVon(index, blatt, "stadtbezirk", zeile).join(texte("satz.trenner")),
    status: labelsVon(index, blatt, "status", zeile)[0] ?? "",
    rest: [
      laufzeit(index, zeile, texte),
      standorteVon(index, zeile).length ? "" : texte("liste.ohne_lage"),
    ],
  };
}

export function metaVon(index: Index, blatt: Blatt, texte: Texte, zeile: number): string {
  const { nr, bezirke, status, rest } = eintragszeile(index, blatt, texte, zeile);
  return [nr, bezirke, status, ...rest].filter(Boolean).join(" · ");
}
