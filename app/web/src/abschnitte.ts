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
  readonly zeilen: Uint32Array;
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
  mitOrt: Uint8Array,
  abfrage: Abfrage,
  zeilen: Uint32Array,
): Abschnitt[] {
  const [verortet, ohne] = teile(zeilen, mitOrt);
  const sort = sortierung(abfrage).replace(/^-/, "");
  const gefunden: Abschnitt[] = [];
  if (NACH_CODE.has(sort) || sort in NACH_JAHR)
    for (const gruppe of gruppen(verortet, merkmal(index, sort))) {
      const schluessel = schluesselVon(index, sort, gruppe[0]!);
      gefunden.push({ art: "gruppe", schluessel, zeilen: gruppe });
    }
  else if (verortet.length) gefunden.push({ art: "ort", schluessel: "", zeilen: verortet });
  if (ohne.length) gefunden.push({ art: "ohne-ort", schluessel: "", zeilen: ohne });
  return gefunden;
}

/** Rows with and rows without a location, each in their order. */
function teile(zeilen: Uint32Array, mitOrt: Uint8Array): [mit: Uint32Array, ohne: Uint32Array] {
  let n = 0;
  for (let i = 0; i < zeilen.length; i++) n += mitOrt[zeilen[i]!]!;
  const alle = new Uint32Array(zeilen.length);
  for (let i = 0, mit = 0, ohne = n; i < zeilen.length; i++) {
    const zeile = zeilen[i]!;
    alle[mitOrt[zeile] ? mit++ : ohne++] = zeile;
  }
  return [alle.subarray(0, n), alle.subarray(n)];
}

/** Runs of rows with the same number; no number has two runs, for the rows are sorted by it. */
function* gruppen(zeilen: Uint32Array, merkmal: (zeile: number) => number): Generator<Uint32Array> {
  for (let von = 0; von < zeilen.length;) {
    const dieses = merkmal(zeilen[von]!);
    // The first row of the next run lies between these two.
    let drin = von;
    let danach = zeilen.length;
    while (danach - drin > 1) {
      const mitte = (drin + danach) >>> 1;
      if (merkmal(zeilen[mitte]!) === dieses) drin = mitte;
      else danach = mitte;
    }
    yield zeilen.subarray(von, danach);
    von = danach;
  }
}

/** What the rows of a group have in common, as a number: the position of a code, or a year. */
function merkmal(index: Index, sort: string): (zeile: number) => number {
  const spalte = NACH_JAHR[sort];
  const facette = spalte === undefined ? index.facetten[sort] : undefined;
  if (facette) {
    const { codes, start, wert } = facette;
    // A row without any code goes with those whose code says so.
    const ohne = codes.indexOf(OHNE_ANGABE);
    if (!start) return (zeile) => wert[zeile]!;
    return (zeile) => (start[zeile] === start[zeile + 1] ? ohne : wert[start[zeile]!]!);
  }
  return spalte === undefined ? () => 0 : (zeile) => index[spalte][zeile]!;
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
