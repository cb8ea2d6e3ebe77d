/**
 * Which of all places belong together in a view, whatever the filters say: found once a view, so that
 * a filter only has to be counted. Pure numbers in, pure numbers out: it runs in a worker (faden.ts).
 *
 * What lies within a few pixels of one another is one point before supercluster sees it: its work
 * grows with the screen and not with the places.
 */
import Supercluster from "supercluster";
import { KACHEL_PX, RADIUS_PX, type Ortsspalten, type Rahmen } from "./gruppierung";

/** Side of a cell, in pixels: far below the radius, so that cells change no cluster by much. */
const ZELLE_PX = 8;
/**
 * Views are widened to whole blocks, with one more around them: a cluster stays the same while the
 * map is moved within a block, and what lies beyond the edge counts for it.
 */
const BLOCK_PX = 256;
/** A symbol, and a little air: two of them that are nearer would overlap. */
const SYMBOL_PX = 46;
/** The place belongs to no symbol of this view. */
export const KEINE = 0xffff;

/** A point in pixels of zoom 0, from the world's left and upper edge. */
export type Pixel = readonly [x: number, y: number];

export function pixel(lon: number, lat: number): Pixel {
  const sinus = Math.sin((lat * Math.PI) / 180);
  return [
    (lon / 360 + 0.5) * KACHEL_PX,
    (0.5 - (0.25 * Math.log((1 + sinus) / (1 - sinus))) / Math.PI) * KACHEL_PX,
  ];
}

/** Degrees of a point in pixels of zoom 0. */
export function grad([x, y]: Pixel): readonly [lon: number, lat: number] {
  const lat = (2 * Math.atan(Math.exp((1 - (2 * y) / KACHEL_PX) * Math.PI)) * 180) / Math.PI - 90;
  return [(x / KACHEL_PX) * 360 - 180, lat];
}

/** All places in pixels of zoom 0. */
export interface Ebene {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function macheEbene({ lon, lat }: Ortsspalten): Ebene {
  const ebene = { x: new Float64Array(lon.length), y: new Float64Array(lon.length) };
  for (let i = 0; i < lon.length; i++)
    [ebene.x[i], ebene.y[i]] = pixel(lon[i]! / 1e6, lat[i]! / 1e6);
  return ebene;
}

/** Cells over a view, in pixels of its zoom. */
export interface Gitter {
  readonly links: number;
  readonly oben: number;
  readonly spalten: number;
  readonly zeilen: number;
  readonly zoom: number;
}

export function gitterUm([west, sued, ost, nord]: Rahmen, zoom: number): Gitter {
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
    zoom,
  };
}

export function gleich(a: Gitter, b: Gitter): boolean {
  return (
    a.zoom === b.zoom &&
    a.links === b.links &&
    a.oben === b.oben &&
    a.spalten === b.spalten &&
    a.zeilen === b.zeilen
  );
}

/** Groups of all places in a view; their symbols do not touch one another. */
export interface Aufteilung {
  readonly gitter: Gitter;
  /** Per place its group; KEINE beyond the grid. */
  readonly von: Uint16Array;
  /** Middle of each group, in pixels of zoom 0. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How far a symbol may stand from the middle without touching another one. */
  readonly spielraum: Float64Array;
}

export function teileAuf(ebene: Ebene, gitter: Gitter): Aufteilung {
  const zellen = verteile(ebene, gitter);
  const gruppen = trenne(fasseZusammen(zellen, gitter.zoom), SYMBOL_PX / 2 ** gitter.zoom);
  const gruppeVon = new Uint16Array(zellen.anzahl.length).fill(KEINE);
  gruppen.forEach((gruppe, g) => {
    for (const zelle of gruppe.zellen) gruppeVon[zelle] = g;
  });
  return {
    gitter,
    von: Uint16Array.from(zellen.von, (zelle) => (zelle < 0 ? KEINE : gruppeVon[zelle]!)),
    x: Float64Array.from(gruppen, ({ x }) => x),
    y: Float64Array.from(gruppen, ({ y }) => y),
    spielraum: spielraeume(gruppen, SYMBOL_PX / 2 ** gitter.zoom),
  };
}

/** How many places lie in each cell and, in pixels of zoom 0, where together. */
interface Zellen {
  /** Per place its cell; -1 beyond the grid. */
  readonly von: Int32Array;
  readonly anzahl: Uint32Array;
  readonly summeX: Float64Array;
  readonly summeY: Float64Array;
}

function verteile({ x, y }: Ebene, { links, oben, spalten, zeilen, zoom }: Gitter): Zellen {
  const massstab = 2 ** zoom;
  const wieviele = spalten * zeilen;
  const von = new Int32Array(x.length).fill(-1);
  const anzahl = new Uint32Array(wieviele);
  const summeX = new Float64Array(wieviele);
  const summeY = new Float64Array(wieviele);
  for (let ort = 0; ort < x.length; ort++) {
    const spalte = Math.floor((x[ort]! * massstab - links) / ZELLE_PX);
    const zeile = Math.floor((y[ort]! * massstab - oben) / ZELLE_PX);
    if (spalte < 0 || zeile < 0 || spalte >= spalten || zeile >= zeilen) continue;
    const zelle = zeile * spalten + spalte;
    von[ort] = zelle;
    anzahl[zelle]!++;
    summeX[zelle]! += x[ort]!;
    summeY[zelle]! += y[ort]!;
  }
  return { von, anzahl, summeX, summeY };
}

interface Zellgruppe {
  readonly zellen: readonly number[];
  readonly anzahl: number;
  readonly x: number;
  readonly y: number;
}

/** The cells that have places, in clusters. */
function fasseZusammen(zellen: Zellen, zoom: number): Zellgruppe[] {
  const { anzahl, summeX, summeY } = zellen;
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
    const coordinates = [...grad([summeX[zelle]! / n, summeY[zelle]! / n])];
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
      gruppeAus(
        zellen,
        "cluster_id" in properties
          ? baum.getLeaves(properties.cluster_id, Infinity).map((blatt) => blatt.properties.zelle)
          : [properties.zelle],
      ),
    );
}

function gruppeAus({ anzahl, summeX, summeY }: Zellen, zellen: readonly number[]): Zellgruppe {
  let [n, x, y] = [0, 0, 0];
  for (const zelle of zellen) {
    n += anzahl[zelle]!;
    x += summeX[zelle]!;
    y += summeY[zelle]!;
  }
  return { zellen, anzahl: n, x: x / n, y: y / n };
}

/** Makes one of groups whose symbols would overlap: a cluster's middle is not where it was begun. */
function trenne(gruppen: readonly Zellgruppe[], weite: number): Zellgruppe[] {
  const getrennt: Zellgruppe[] = [];
  for (const gruppe of gruppen) {
    let neue = gruppe;
    // The middle moves with every group it takes in; it may come near another one then.
    for (;;) {
      const nahe = getrennt.findIndex(({ x, y }) => Math.hypot(x - neue.x, y - neue.y) < weite);
      if (nahe < 0) break;
      neue = vereine(neue, getrennt.splice(nahe, 1)[0]!);
    }
    getrennt.push(neue);
  }
  return getrennt;
}

function vereine(a: Zellgruppe, b: Zellgruppe): Zellgruppe {
  const anzahl = a.anzahl + b.anzahl;
  return {
    zellen: [...a.zellen, ...b.zellen],
    anzahl,
    x: (a.x * a.anzahl + b.x * b.anzahl) / anzahl,
    y: (a.y * a.anzahl + b.y * b.anzahl) / anzahl,
  };
}

function spielraeume(gruppen: readonly Zellgruppe[], weite: number): Float64Array {
  return Float64Array.from(gruppen, (a) => {
    let naechste = Infinity;
    for (const b of gruppen)
      if (b !== a) naechste = Math.min(naechste, Math.hypot(a.x - b.x, a.y - b.y));
    return Math.max(0, (naechste - weite) / 2);
  });
}
