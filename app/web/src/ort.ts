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
  readonly zeilen: Uint32Array;
  /** Rows that concern several districts and are tied to none. */
  readonly stadtweit: Uint32Array;
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
export function zeilenMit(index: Index, name: string, code: string): Uint32Array {
  const facette = index.facetten[name];
  const nummer = facette?.codes.indexOf(code) ?? -1;
  if (!facette || nummer < 0) return new Uint32Array();
  const zeilen = new Uint32Array(index.anzahl);
  let n = 0;
  for (let zeile = 0; zeile < index.anzahl; zeile++)
    if (hatCode(facette, zeile, nummer)) zeilen[n++] = zeile;
  return zeilen.slice(0, n);
}

/** Rows by id, in the order of the ids; ids of another build are passed over. */
export function zeilenVonIds(index: Index, ids: readonly string[]): Uint32Array {
  return Uint32Array.from(ids.map((id) => index.id.stelle(id)).filter((zeile) => zeile >= 0));
}

/** What of a place the current result holds, in its order, and how many it leaves out. */
export function hierVon(
  orte: Uint32Array,
  ergebnis: Uint32Array,
): { hier: Uint32Array; weitere: number } {
  const gesucht = new Uint8Array(orte.reduce((a, b) => Math.max(a, b), -1) + 1);
  for (let i = 0; i < orte.length; i++) gesucht[orte[i]!] = 1;
  const hier = ergebnis.filter((zeile) => gesucht[zeile] === 1);
  return { hier, weitere: orte.length - hier.length };
}
