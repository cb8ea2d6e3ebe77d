/**
 * Clusters of very many places. What lies within a few pixels of one another in this view is one
 * point before supercluster sees it, so that its work grows with the screen and not with the places.
 */
import Supercluster from "supercluster";
import {
  KACHEL_PX,
  RADIUS_PX,
  type Gruppen,
  type Ortsspalten,
  type Rahmen,
  type Verfahren,
} from "./gruppierung";

/** Side of a cell, in pixels: far below the radius, so that cells change no cluster by much. */
const ZELLE_PX = 8;
/**
 * Views are widened to whole blocks, with one more around them: a cluster stays the same while the
 * map is moved within a block, and what lies beyond the edge counts for it.
 */
const BLOCK_PX = 256;
const KEINE = -1;

/** All places in pixels of zoom 0, from the world's left and upper edge. */
export interface Ebene {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

function pixel(lon: number, lat: number): readonly [x: number, y: number] {
  const sinus = Math.sin((lat * Math.PI) / 180);
  return [
    (lon / 360 + 0.5) * KACHEL_PX,
    (0.5 - (0.25 * Math.log((1 + sinus) / (1 - sinus))) / Math.PI) * KACHEL_PX,
  ];
}

/** Degrees of a point in pixels of zoom 0. */
function grad(x: number, y: number): readonly [lon: number, lat: number] {
  const lat = (2 * Math.atan(Math.exp((1 - (2 * y) / KACHEL_PX) * Math.PI)) * 180) / Math.PI - 90;
  return [(x / KACHEL_PX) * 360 - 180, lat];
}

export function macheEbene({ lon, lat }: Ortsspalten): Ebene {
  const ebene = { x: new Float64Array(lon.length), y: new Float64Array(lon.length) };
  for (let i = 0; i < lon.length; i++)
    [ebene.x[i], ebene.y[i]] = pixel(lon[i]! / 1e6, lat[i]! / 1e6);
  return ebene;
}

/** Cells over a view, in pixels of its zoom. */
interface Gitter {
  readonly links: number;
  readonly oben: number;
  readonly spalten: number;
  readonly zeilen: number;
  /** Pixels of the zoom per pixel of zoom 0. */
  readonly massstab: number;
}

function gitterUm([west, sued, ost, nord]: Rahmen, zoom: number): Gitter {
  const massstab = 2 ** zoom;
  const ecken = [...pixel(west, nord), ...pixel(ost, sued)].map((wert) => wert * massstab);
  const [x0, y0, x1, y1] = ecken as [number, number, number, number];
  const ab = (wert: number): number => (Math.floor(wert / BLOCK_PX) - 1) * BLOCK_PX;
  const bis = (wert: number): number => (Math.ceil(wert / BLOCK_PX) + 1) * BLOCK_PX;
  return {
    links: ab(x0),
    oben: ab(y0),
    spalten: (bis(x1) - ab(x0)) / ZELLE_PX,
    zeilen: (bis(y1) - ab(y0)) / ZELLE_PX,
    massstab,
  };
}

/** How many places lie in each cell and, in pixels of zoom 0, where together. */
interface Zellen {
  /** Per place its cell; KEINE beyond the grid. */
  readonly von: Int32Array;
  readonly anzahl: Uint32Array;
  readonly summeX: Float64Array;
  readonly summeY: Float64Array;
}

function verteile({ x, y }: Ebene, orte: Uint32Array, gitter: Gitter): Zellen {
  const { links, oben, spalten, zeilen, massstab } = gitter;
  const wieviele = spalten * zeilen;
  const von = new Int32Array(orte.length).fill(KEINE);
  const anzahl = new Uint32Array(wieviele);
  const summeX = new Float64Array(wieviele);
  const summeY = new Float64Array(wieviele);
  for (let i = 0; i < orte.length; i++) {
    const ort = orte[i]!;
    const spalte = Math.floor((x[ort]! * massstab - links) / ZELLE_PX);
    const zeile = Math.floor((y[ort]! * massstab - oben) / ZELLE_PX);
    if (spalte < 0 || zeile < 0 || spalte >= spalten || zeile >= zeilen) continue;
    const zelle = zeile * spalten + spalte;
    von[i] = zelle;
    anzahl[zelle]!++;
    summeX[zelle]! += x[ort]!;
    summeY[zelle]! += y[ort]!;
  }
  return { von, anzahl, summeX, summeY };
}

/** The cells that have places, in clusters. */
function fasseZusammen({ anzahl, summeX, summeY }: Zellen, zoom: number): number[][] {
  const baum = new Supercluster<{ readonly zelle: number }, Record<never, never>>({
    radius: RADIUS_PX,
    extent: KACHEL_PX,
    minZoom: zoom,
    maxZoom: zoom,
  });
  const punkte: Supercluster.PointFeature<{ readonly zelle: number }>[] = [];
  for (let zelle = 0; zelle < anzahl.length; zelle++) {
    const n = anzahl[zelle]!;
    if (!n) continue;
    const coordinates = [...grad(summeX[zelle]! / n, summeY[zelle]! / n)];
    punkte.push({
      type: "Feature",
      properties: { zelle },
      geometry: { type: "Point", coordinates },
    });
  }
  baum.load(punkte);
  return baum
    .getClusters([-180, -90, 180, 90], zoom)
    .map(({ properties }) =>
      "cluster_id" in properties
        ? baum.getLeaves(properties.cluster_id, Infinity).map((blatt) => blatt.properties.zelle)
        : [properties.zelle],
    );
}

export class Raster implements Verfahren {
  constructor(
    private readonly ebene: Ebene,
    private readonly orte: Uint32Array,
    private readonly letzterZoom: number,
  ) {}

  imBlick(rahmen: Rahmen, zoom: number): Gruppen {
    const zellen = verteile(this.ebene, this.orte, gitterUm(rahmen, zoom));
    const [west, sued, ost, nord] = rahmen;
    const lon: number[] = [];
    const lat: number[] = [];
    const gruppeVon = new Int32Array(zellen.anzahl.length).fill(KEINE);
    for (const gruppe of fasseZusammen(zellen, zoom)) {
      const [x, y] = mitte(zellen, gruppe);
      if (x < west || x > ost || y < sued || y > nord) continue;
      for (const zelle of gruppe) gruppeVon[zelle] = lon.length;
      lon.push(x);
      lat.push(y);
    }
    const start = new Uint32Array(lon.length + 1);
    const orte = this.sammle(zellen, gruppeVon, start);
    return {
      lon: Float64Array.from(lon),
      lat: Float64Array.from(lat),
      ...this.teilbarkeit(start, orte, zoom),
      start,
      orte,
    };
  }

  /** The places of all groups, one group behind the other; fills where each begins. */
  private sammle({ von }: Zellen, gruppeVon: Int32Array, start: Uint32Array): Uint32Array {
    const gruppe = (i: number): number => (von[i] === KEINE ? KEINE : gruppeVon[von[i]!]!);
    for (let i = 0; i < von.length; i++) {
      const g = gruppe(i);
      if (g !== KEINE) start[g + 1]!++;
    }
    for (let g = 1; g < start.length; g++) start[g]! += start[g - 1]!;
    const naechste = start.slice();
    const orte = new Uint32Array(start.at(-1)!);
    for (let i = 0; i < von.length; i++) {
      const g = gruppe(i);
      if (g !== KEINE) orte[naechste[g]!++] = this.orte[i]!;
    }
    return orte;
  }

  /** What is more than one spot, and from which zoom on it is wider than a symbol. */
  private teilbarkeit(
    start: Uint32Array,
    orte: Uint32Array,
    zoom: number,
  ): Pick<Gruppen, "cluster" | "aufteilzoom"> {
    const cluster = new Uint8Array(start.length - 1);
    const aufteilzoom = new Uint8Array(start.length - 1);
    for (let g = 0; g < cluster.length; g++) {
      const breite = this.breite(orte.subarray(start[g], start[g + 1])) * 2 ** zoom;
      if (!breite) continue;
      cluster[g] = 1;
      const auf = zoom + Math.max(1, Math.ceil(Math.log2(RADIUS_PX / breite)));
      aufteilzoom[g] = auf > this.letzterZoom ? 0 : auf;
    }
    return { cluster, aufteilzoom };
  }

  /** The longer side of the box around some places, in pixels of zoom 0; 0 for a single spot. */
  private breite(orte: Uint32Array): number {
    const { x, y } = this.ebene;
    let [links, rechts, oben, unten] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < orte.length; i++) {
      const ort = orte[i]!;
      if (x[ort]! < links) links = x[ort]!;
      if (x[ort]! > rechts) rechts = x[ort]!;
      if (y[ort]! < oben) oben = y[ort]!;
      if (y[ort]! > unten) unten = y[ort]!;
    }
    return Math.max(rechts - links, unten - oben);
  }
}

/** The middle of all places in some cells, in degrees. */
function mitte(
  { anzahl, summeX, summeY }: Zellen,
  zellen: readonly number[],
): readonly [number, number] {
  let [n, x, y] = [0, 0, 0];
  for (const zelle of zellen) {
    n += anzahl[zelle]!;
    x += summeX[zelle]!;
    y += summeY[zelle]!;
  }
  return grad(x / n, y / n);
}
