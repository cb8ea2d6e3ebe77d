/** A place whose projects a panel lists: a district, a square, vacant land or a spot of the map. */
import type { Facette, Index } from "./typen";

export interface Ort {
  /** Key of the marker that stands for the place. */
  readonly schluessel: string;
  readonly titel: string;
  /** The title is a German name, whatever language the page has. */
  readonly eigenname: boolean;
  /** What it is and what is known about it, a line each. */
  readonly angaben: readonly string[];
  /** Rows of the index that lie here, each once, whatever is filtered. */
  readonly zeilen: readonly number[];
  /** Rows that concern several districts and are tied to none. */
  readonly stadtweit: readonly number[];
  /** Address of the page about this place. */
  readonly seite?: string;
  /** Code of the district, if it is one. */
  readonly bezirk?: string;
  /** Gives the focus back to what opened the place. */
  readonly rueckkehr: () => void;
}

export const STADTWEIT = "stadtbezirksuebergreifend";

function hatCode({ start, wert }: Facette, zeile: number, code: number): boolean {
  const [von, bis] = start ? [start[zeile]!, start[zeile + 1]!] : [zeile, zeile + 1];
  for (let i = von; i < bis; i++) if (wert[i] === code) return true;
  return false;
}

/** Rows with a code of a facet, ascending. */
export function zeilenMit(index: Index, name: string, code: string): number[] {
  const facette = index.facetten[name];
  const nummer = facette?.codes.indexOf(code) ?? -1;
  if (!facette || nummer < 0) return [];
  const zeilen: number[] = [];
  for (let zeile = 0; zeile < index.anzahl; zeile++)
    if (hatCode(facette, zeile, nummer)) zeilen.push(zeile);
  return zeilen;
}

/** How many of some rows have a code. */
export function anzahlMit(
  index: Index,
  name: string,
  code: string,
  zeilen: ArrayLike<number>,
): number {
  const facette = index.facetten[name];
  const nummer = facette?.codes.indexOf(code) ?? -1;
  if (!facette || nummer < 0) return 0;
  let anzahl = 0;
  for (let i = 0; i < zeilen.length; i++) if (hatCode(facette, zeilen[i]!, nummer)) anzahl++;
  return anzahl;
}

/** Rows by id, in the order of the ids; ids of another build are passed over. */
export function zeilenVonIds(index: Index, ids: readonly string[]): number[] {
  return ids.map((id) => index.id.stelle(id)).filter((zeile) => zeile >= 0);
}

/** What of a place the current result holds, in its order, and how many it leaves out. */
export function hierVon(
  orte: readonly number[],
  ergebnis: ArrayLike<number>,
): { hier: number[]; weitere: number } {
  const gesucht = new Set(orte);
  const hier = Array.from(ergebnis).filter((zeile) => gesucht.has(zeile));
  return { hier, weitere: gesucht.size - hier.length };
}
