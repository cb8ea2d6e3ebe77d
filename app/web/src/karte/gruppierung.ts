/** What is known of the symbols of a view, whoever groups the places: numbers in, numbers out. */
import type { Zahlen } from "../spalten";

/** The columns of `index.standorte` that place symbols, in millionths of a degree. */
export interface Ortsspalten {
  readonly lon: Zahlen;
  readonly lat: Zahlen;
}

/** West, south, east, north in degrees. */
export type Rahmen = readonly [west: number, sued: number, ost: number, nord: number];

/** What a view shows, as columns. */
export interface Gruppen {
  /** In degrees. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** 1 for several spots under one symbol. */
  readonly cluster: Uint8Array;
  /** Zoom at which a cluster falls apart, 0 if no zoom does it. */
  readonly aufteilzoom: Uint8Array;
  /** Group g has orte[start[g]] … orte[start[g + 1] - 1], positions in `index.standorte`. */
  readonly start: Uint32Array;
  readonly orte: Uint32Array;
}

/** Symbols nearer than this are one, in screen pixels at Leaflet's tile size of 256. */
export const RADIUS_PX = 58;
export const KACHEL_PX = 256;

/** Up to here every place is told from every other; beyond, what lies within a few pixels is one. */
export const GENAU_BIS = 5000;

export interface Gruppenzeile {
  readonly lon: number;
  readonly lat: number;
  readonly cluster: boolean;
  readonly aufteilzoom: number;
  readonly orte: ArrayLike<number>;
}

export function alsSpalten(gruppen: readonly Gruppenzeile[]): Gruppen {
  const start = new Uint32Array(gruppen.length + 1);
  gruppen.forEach(({ orte }, g) => (start[g + 1] = start[g]! + orte.length));
  const orte = new Uint32Array(start.at(-1)!);
  gruppen.forEach((gruppe, g) => orte.set(gruppe.orte, start[g]));
  return {
    lon: Float64Array.from(gruppen, (gruppe) => gruppe.lon),
    lat: Float64Array.from(gruppen, (gruppe) => gruppe.lat),
    cluster: Uint8Array.from(gruppen, (gruppe) => Number(gruppe.cluster)),
    aufteilzoom: Uint8Array.from(gruppen, (gruppe) => gruppe.aufteilzoom),
    start,
    orte,
  };
}
