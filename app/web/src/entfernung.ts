/** Distance on the tangent plane of the GRS80 ellipsoid; app/entfernung.py is its twin. */

const A = 6378137;
const F = 1 / 298.257222101;
const E2 = F * (2 - F);
const GRAD = Math.PI / 180;

/** Metres between two points in degrees, within 1 m of the geodesic over the whole city. */
export function entfernung(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const mitte = ((lat1 + lat2) / 2) * GRAD;
  const w2 = 1 - E2 * Math.sin(mitte) ** 2;
  const quer = A / Math.sqrt(w2);
  const meridian = (quer * (1 - E2)) / w2;
  return Math.hypot((lat2 - lat1) * GRAD * meridian, (lon2 - lon1) * GRAD * quer * Math.cos(mitte));
}
