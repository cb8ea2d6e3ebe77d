/** The parts of the list: groups of a sort, and the projects without a location, last.
 *  app/abschnitte.py is the twin. */
import { codeVon, OHNE_ANGABE } from "./projekt";
import type { Blatt, Index } from "./typen";
import type { Texte } from "./texte";
import { einzelwert, type Abfrage } from "./zustand";

/** Located without heading, located with one, and without a location. */
export type Abschnittsart = "ort" | "gruppe" | "ohne-ort";

export interface Abschnitt {
  readonly art: Abschnittsart;
  /** What a group has in common: a code ("ohne-angabe" for none) or a year. */
  readonly schluessel: string;
  readonly zeilen: readonly number[];
}

const NACH_CODE: ReadonlySet<string> = new Set([
  "stadtbezirk",
  "handlungsfeld",
  "projektfamilie",
  "generation",
  "status",
]);
const NACH_JAHR: Readonly<Record<string, "beginn" | "standjahr">> = {
  beginn: "beginn",
  stand: "standjahr",
};

/** The sort of a state, the one that is not said in the URL as well. */
export function sortierung(abfrage: Abfrage): string {
  return einzelwert(abfrage, "sort") ?? (abfrage.has("nahe") ? "entfernung" : "name");
}

/** The parts of a result; the order inside of them is that of `zeilen`. */
export function abschnitte(
  index: Index,
  mitOrt: ArrayLike<number>,
  abfrage: Abfrage,
  zeilen: Iterable<number>,
): Abschnitt[] {
  const sort = sortierung(abfrage).replace(/^-/, "");
  const gruppiert = NACH_CODE.has(sort) || sort in NACH_JAHR;
  const gefunden: { art: Abschnittsart; schluessel: string; zeilen: number[] }[] = [];
  const ohne: number[] = [];
  for (const zeile of zeilen) {
    if (!mitOrt[zeile]) {
      ohne.push(zeile);
      continue;
    }
    const schluessel = gruppiert ? schluesselVon(index, sort, zeile) : "";
    const letzter = gefunden.at(-1);
    if (letzter?.schluessel === schluessel) letzter.zeilen.push(zeile);
    else gefunden.push({ art: gruppiert ? "gruppe" : "ort", schluessel, zeilen: [zeile] });
  }
  if (ohne.length) gefunden.push({ art: "ohne-ort", schluessel: "", zeilen: ohne });
  return gefunden;
}

function schluesselVon(index: Index, sort: string, zeile: number): string {
  const spalte = NACH_JAHR[sort];
  if (spalte === undefined) return codeVon(index, sort, zeile);
  return String(index[spalte][zeile] || OHNE_ANGABE);
}

/** The heading of a part, empty where it has none. */
export function titel(
  { art, schluessel, zeilen }: Abschnitt,
  abfrage: Abfrage,
  blatt: Blatt,
  texte: Texte,
): string {
  const anzahl = zeilen.length;
  if (art === "ort") return "";
  if (art === "ohne-ort") return texte("ergebnis.ohne_ort", { anzahl });
  const label = blatt.codes[sortierung(abfrage).replace(/^-/, "")]?.[schluessel];
  const wort = label ?? (schluessel === OHNE_ANGABE ? texte("liste.ohne_angabe") : schluessel);
  return texte("ergebnis.gruppe", { titel: wort, anzahl });
}
