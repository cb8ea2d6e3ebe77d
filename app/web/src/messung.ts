/** How far every project lies from a point. */
import { versatz } from "./entfernung";
import type { Index } from "./typen";

export interface Messung {
  /** Metres per row, NaN without a location. */
  readonly meter: Float64Array;
  /** Per row the position of its nearest location in `index.standorte`, -1 for none. */
  readonly naechste: Int32Array;
}

/** Latitude and longitude in degrees. */
export function messe({ anzahl, standorte }: Index, lat0: number, lon0: number): Messung {
  const meter = new Float64Array(anzahl).fill(NaN);
  const naechste = new Int32Array(anzahl).fill(-1);
  const { projekt, lon, lat } = standorte;
  for (let i = 0; i < projekt.length; i++) {
    const zeile = projekt[i]!;
    const { nord, ost } = versatz(lat0, lon0, lat[i]! / 1e6, lon[i]! / 1e6);
    const neu = Math.hypot(nord, ost);
    if (meter[zeile]! <= neu) continue;
    meter[zeile] = neu;
    naechste[zeile] = i;
  }
  return { meter, naechste };
}

/** 1 for every row that lies within some metres; what has no location (NaN) lies in no radius. */
export function imUmkreis({ meter }: Messung, umkreis: number): Uint8Array {
  const innen = new Uint8Array(meter.length);
  for (let zeile = 0; zeile < innen.length; zeile++)
    innen[zeile] = meter[zeile]! <= umkreis ? 1 : 0;
  return innen;
}

/** 1 for every row with a location inside; borders are inside. */
export function imAusschnitt(
  { anzahl, standorte: { projekt, lon, lat } }: Index,
  [west, sued, ost, nord]: readonly [number, number, number, number],
): Uint8Array {
  const innen = new Uint8Array(anzahl);
  for (let i = 0; i < projekt.length; i++) {
    const x = lon[i]! / 1e6;
    const y = lat[i]! / 1e6;
    if (x >= west && x <= ost && y >= sued && y <= nord) innen[projekt[i]!] = 1;
  }
  return innen;
}
