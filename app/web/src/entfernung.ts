/** Distance and direction on the tangent plane of the GRS80 ellipsoid; app/entfernung.py is its twin. */

const A = 6378137;
const F = 1 / 298.257222101;
const E2 = F * (2 - F);
const GRAD = Math.PI / 180;

/** The eight directions of the compass, clockwise from north. */
export const RICHTUNGEN = ["n", "no", "o", "so", "s", "sw", "w", "nw"] as const;

/** Metres to the north and to the east. */
export interface Versatz {
  readonly nord: number;
  readonly ost: number;
}

/** The way from the first point to the second, both in degrees. */
export function versatz(lat1: number, lon1: number, lat2: number, lon2: number): Versatz {
  const mitte = ((lat1 + lat2) / 2) * GRAD;
  const w2 = 1 - E2 * Math.sin(mitte) ** 2;
  const quer = A / Math.sqrt(w2);
  const meridian = (quer * (1 - E2)) / w2;
  return {
    nord: (lat2 - lat1) * GRAD * meridian,
    ost: (lon2 - lon1) * GRAD * quer * Math.cos(mitte),
  };
}

/** Metres between two points in degrees, within 1 m of the geodesic over the whole city. */
export function entfernung(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const { nord, ost } = versatz(lat1, lon1, lat2, lon2);
  return Math.hypot(nord, ost);
}

/** Where a way leads: its position in RICHTUNGEN, by true bearing. */
export function richtung({ nord, ost }: Versatz): number {
  const achtel = Math.atan2(ost, nord) / GRAD / 45;
  return (Math.floor(achtel + 0.5) + RICHTUNGEN.length) % RICHTUNGEN.length;
}
