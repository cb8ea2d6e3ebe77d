/** What a symbol of the map stands for: its places, their rows and what they have in common. */
import type { Engine } from "../engine";
import { istUngefaehr } from "../projekt";
import type { Index } from "../typen";
import type { Gruppen } from "./gruppierung";

export interface Gruppe {
  readonly lat: number;
  readonly lon: number;
  /** Positions in `index.standorte`. */
  readonly orte: Uint32Array;
  readonly cluster: boolean;
  /** Zoom at which a cluster falls apart; null if no zoom does it. */
  readonly aufteilzoom: number | null;
}

export function gruppenAus({ lon, lat, cluster, aufteilzoom, start, orte }: Gruppen): Gruppe[] {
  return Array.from(lon, (_, g) => ({
    lon: lon[g]!,
    lat: lat[g]!,
    orte: orte.subarray(start[g], start[g + 1]),
    cluster: cluster[g] === 1,
    aufteilzoom: aufteilzoom[g] || null,
  }));
}

/** Names the spot of a location: projects with the same one lie at one spot. */
export function stellenschluessel({ standorte: { lat, lon } }: Index, ort: number): string {
  return `${lat[ort]}/${lon[ort]}`;
}

/** Whether one of some places is at a spot. */
export function liegtAn(
  { standorte: { lat, lon } }: Index,
  orte: Uint32Array,
  schluessel: string,
): boolean {
  const [nord, ost] = schluessel.split("/").map(Number);
  return orte.some((ort) => lat[ort] === nord && lon[ort] === ost);
}

/** Rows of some places, each project once even if it has several there. */
export function zeilenVon({ standorte: { projekt } }: Index, orte: Uint32Array): Uint32Array {
  const zeilen = new Uint32Array(orte.length);
  let n = 0;
  let steigt = true;
  for (let i = 0; i < orte.length; i++) {
    const zeile = projekt[orte[i]!]!;
    if (n && zeile < zeilen[n - 1]!) steigt = false;
    if (!n || zeile !== zeilen[n - 1]) zeilen[n++] = zeile;
  }
  // Where the rows rise, as those of very many places do, equal ones were neighbours.
  return steigt ? zeilen.subarray(0, n) : Uint32Array.from(new Set(zeilen.subarray(0, n)));
}

/** All locations at the spots of some. */
function orteAn({ standorte: { lat, lon } }: Index, orte: Uint32Array): Uint32Array {
  const spalten = new Map<number, Set<number>>();
  for (const ort of orte) {
    const eigene = spalten.get(lat[ort]!);
    if (eigene) eigene.add(lon[ort]!);
    else spalten.set(lat[ort]!, new Set([lon[ort]!]));
  }
  const gefunden: number[] = [];
  for (let ort = 0; ort < lat.length; ort++)
    if (spalten.get(lat[ort]!)?.has(lon[ort]!)) gefunden.push(ort);
  return Uint32Array.from(gefunden);
}

/** Rows of the whole index with a location at one of the spots, ascending. */
export function zeilenAn(index: Index, orte: Uint32Array): Uint32Array {
  return zeilenVon(index, orteAn(index, orte));
}

/** What all locations at the spots are called alike; undefined if their names differ. */
export function gemeinsamerName(index: Index, orte: Uint32Array): string | undefined {
  const namen = new Set<string>();
  for (const ort of orteAn(index, orte)) {
    namen.add(index.standorte.bezeichnung.von(ort));
    if (namen.size > 1) return undefined;
  }
  return [...namen][0] || undefined;
}

export function alleUngefaehr({ standorte }: Index, orte: Uint32Array): boolean {
  const { genauigkeit, genauigkeiten } = standorte;
  return orte.every((ort) => istUngefaehr(genauigkeiten[genauigkeit[ort]!] ?? ""));
}

/** How many of the rows lie in each Handlungsfeld, in the order of the code list. */
export function anteile(engine: Engine, zeilen: Uint32Array): { code: string; anzahl: number }[] {
  const anzahlen = engine.zaehle("handlungsfeld", zeilen);
  return (engine.index.facetten["handlungsfeld"]?.codes ?? []).flatMap((code, i) => {
    const anzahl = anzahlen[i] ?? 0;
    return anzahl ? [{ code, anzahl }] : [];
  });
}

/**
 * Names what a symbol shows: the spot alone would keep the number of an older filter. Many rows are
 * told apart by their number and a sum of them (FNV-1a).
 */
export function gruppenschluessel(index: Index, gruppe: Gruppe, zeilen: Uint32Array): string {
  let summe = 0x811c9dc5;
  for (let i = 0; i < zeilen.length; i++) summe = Math.imul(summe ^ zeilen[i]!, 0x01000193);
  const art = gruppe.cluster ? "c" : "s";
  const stelle = stellenschluessel(index, gruppe.orte[0]!);
  return `${art}${stelle}:${zeilen.length}-${(summe >>> 0).toString(36)}`;
}
