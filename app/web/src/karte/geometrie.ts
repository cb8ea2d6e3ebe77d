/** Geometry of labels: where on a polygon a name fits best, in plane pixel coordinates. */
import type { MultiPolygon, Polygon } from "geojson";
import type * as L from "leaflet";

export interface XY {
  readonly x: number;
  readonly y: number;
}

type Ring = readonly XY[];

function imRing(punkt: XY, ring: Ring): boolean {
  let innen = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (a.y > punkt.y !== b.y > punkt.y)
      if (punkt.x < ((b.x - a.x) * (punkt.y - a.y)) / (b.y - a.y) + a.x) innen = !innen;
  }
  return innen;
}

function randabstand(punkt: XY, ring: Ring): number {
  let kleinster = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j]!;
    const dx = ring[i]!.x - a.x;
    const dy = ring[i]!.y - a.y;
    const laenge = dx * dx + dy * dy;
    const t = laenge ? ((punkt.x - a.x) * dx + (punkt.y - a.y) * dy) / laenge : 0;
    const s = Math.min(1, Math.max(0, t));
    const quer = punkt.x - a.x - s * dx;
    const hoch = punkt.y - a.y - s * dy;
    kleinster = Math.min(kleinster, quer * quer + hoch * hoch);
  }
  return Math.sqrt(kleinster);
}

/** Whether a point lies in a polygon or multipolygon of GeoJSON: lon, lat; holes are outside. */
export function inFlaeche({ x, y }: XY, { type, coordinates }: Polygon | MultiPolygon): boolean {
  const ringe = type === "Polygon" ? coordinates : coordinates.flat();
  // A hole lies in an even number of rings.
  const treffer = ringe.filter((ring) =>
    imRing(
      { x, y },
      ring.map(([lon = 0, lat = 0]) => ({ x: lon, y: lat })),
    ),
  );
  return treffer.length % 2 === 1;
}

const RASTER = 16;

/** Points of a coarse grid inside the ring, the farthest from its border first. */
export function schriftpunkte(ring: Ring): XY[] {
  if (ring.length < 3) return [];
  const xs = ring.map(({ x }) => x);
  const ys = ring.map(({ y }) => y);
  const [links, oben] = [Math.min(...xs), Math.min(...ys)];
  const [breite, hoehe] = [Math.max(...xs) - links, Math.max(...ys) - oben];
  const punkte: { punkt: XY; weite: number }[] = [];
  for (let i = 1; i < RASTER; i++)
    for (let j = 1; j < RASTER; j++) {
      const punkt = { x: links + (breite * i) / RASTER, y: oben + (hoehe * j) / RASTER };
      if (imRing(punkt, ring)) punkte.push({ punkt, weite: randabstand(punkt, ring) });
    }
  return punkte.sort((a, b) => b.weite - a.weite).map(({ punkt }) => punkt);
}

/** The outer ring of the largest part of a (multi)polygon layer. */
export function groessterRing(layer: L.Polygon): L.LatLng[] {
  const teile = layer.getLatLngs() as L.LatLng[][] | L.LatLng[][][];
  const ringe = teile.map((teil) => (Array.isArray(teil[0]) ? teil[0] : teil) as L.LatLng[]);
  return ringe.reduce((a, b) => (b.length > a.length ? b : a), []);
}
