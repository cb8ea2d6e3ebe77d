/**
 * The symbols of very many places: those of a selection, counted over the groups that all places of
 * the view have (aufteilung.ts). A filter changes numbers and makes no new clusters.
 */
import { grad, KEINE, pixel, type Aufteilung, type Pixel } from "./aufteilung";
import { RADIUS_PX, type Gruppen, type Ortsspalten, type Rahmen } from "./gruppierung";

/** What lies in each group: how many places, and the box around them in millionths of a degree. */
interface Gezaehlt {
  readonly anzahl: Uint32Array;
  readonly summeLon: Float64Array;
  readonly summeLat: Float64Array;
  readonly west: Int32Array;
  readonly ost: Int32Array;
  readonly sued: Int32Array;
  readonly nord: Int32Array;
}

export class Raster {
  private readonly gezaehlt: Gezaehlt;

  /** `orte`: positions in the columns, ascending. */
  constructor(
    spalten: Ortsspalten,
    private readonly orte: Uint32Array,
    private readonly aufteilung: Aufteilung,
    private readonly letzterZoom: number,
  ) {
    this.gezaehlt = zaehle(spalten, orte, aufteilung);
  }

  imBlick([west, sued, ost, nord]: Rahmen): Gruppen {
    const { anzahl } = this.gezaehlt;
    const { zoom } = this.aufteilung.gitter;
    const gezeigt: { readonly g: number; readonly lon: number; readonly lat: number }[] = [];
    for (let g = 0; g < anzahl.length; g++) {
      if (!anzahl[g]) continue;
      const [lon, lat] = this.platz(g);
      if (lon >= west && lon <= ost && lat >= sued && lat <= nord) gezeigt.push({ g, lon, lat });
    }
    const breiten = gezeigt.map(({ g }) => this.breite(g) * 2 ** zoom);
    return {
      lon: Float64Array.from(gezeigt, ({ lon }) => lon),
      lat: Float64Array.from(gezeigt, ({ lat }) => lat),
      cluster: Uint8Array.from(breiten, (breite) => Number(breite > 0)),
      aufteilzoom: Uint8Array.from(breiten, (breite) => this.aufteilzoom(breite, zoom)),
      ...this.sammle(gezeigt.map(({ g }) => g)),
    };
  }

  /** Where a symbol stands: in the middle of its places, but never so that it touches another. */
  private platz(g: number): readonly [lon: number, lat: number] {
    const { anzahl, summeLon, summeLat, west, ost, sued, nord } = this.gezaehlt;
    const { x, y, spielraum } = this.aufteilung;
    // A single spot is where it is.
    if (west[g] === ost[g] && sued[g] === nord[g]) return [west[g]! / 1e6, sued[g]! / 1e6];
    const n = anzahl[g]! * 1e6;
    const [px, py]: Pixel = pixel(summeLon[g]! / n, summeLat[g]! / n);
    const [dx, dy] = [px - x[g]!, py - y[g]!];
    const teil = Math.min(1, spielraum[g]! / Math.hypot(dx, dy));
    return grad(teil < 1 ? [x[g]! + dx * teil, y[g]! + dy * teil] : [px, py]);
  }

  /** The longer side of the box around the places of a group, in pixels of zoom 0. */
  private breite(g: number): number {
    const { west, ost, sued, nord } = this.gezaehlt;
    const [links, oben] = pixel(west[g]! / 1e6, nord[g]! / 1e6);
    const [rechts, unten] = pixel(ost[g]! / 1e6, sued[g]! / 1e6);
    return Math.max(rechts - links, unten - oben);
  }

  /** From which zoom on a group is wider than a symbol; 0 if no zoom does it. */
  private aufteilzoom(breite: number, zoom: number): number {
    const auf = breite ? zoom + Math.max(1, Math.ceil(Math.log2(RADIUS_PX / breite))) : Infinity;
    return auf > this.letzterZoom ? 0 : auf;
  }

  /** The places of some groups, one group behind the other, and where each begins. */
  private sammle(gruppen: readonly number[]): Pick<Gruppen, "start" | "orte"> {
    const { von } = this.aufteilung;
    const { anzahl } = this.gezaehlt;
    const start = new Uint32Array(gruppen.length + 1);
    const naechste = new Uint32Array(anzahl.length).fill(NIRGENDS);
    gruppen.forEach((g, i) => {
      naechste[g] = start[i]!;
      start[i + 1] = start[i]! + anzahl[g]!;
    });
    const orte = new Uint32Array(start.at(-1)!);
    for (let i = 0; i < this.orte.length; i++) {
      const ort = this.orte[i]!;
      const g = von[ort]!;
      if (g !== KEINE && naechste[g] !== NIRGENDS) orte[naechste[g]!++] = ort;
    }
    return { start, orte };
  }
}

const NIRGENDS = 0xffffffff;

function zaehle({ lon, lat }: Ortsspalten, orte: Uint32Array, { von, x }: Aufteilung): Gezaehlt {
  const wieviele = x.length;
  const anzahl = new Uint32Array(wieviele);
  const summeLon = new Float64Array(wieviele);
  const summeLat = new Float64Array(wieviele);
  const west = new Int32Array(wieviele).fill(0x7fffffff);
  const ost = new Int32Array(wieviele).fill(-0x80000000);
  const sued = new Int32Array(wieviele).fill(0x7fffffff);
  const nord = new Int32Array(wieviele).fill(-0x80000000);
  for (let i = 0; i < orte.length; i++) {
    const ort = orte[i]!;
    const g = von[ort]!;
    if (g === KEINE) continue;
    const laenge = lon[ort]!;
    const breite = lat[ort]!;
    anzahl[g]!++;
    summeLon[g]! += laenge;
    summeLat[g]! += breite;
    if (laenge < west[g]!) west[g] = laenge;
    if (laenge > ost[g]!) ost[g] = laenge;
    if (breite < sued[g]!) sued[g] = breite;
    if (breite > nord[g]!) nord[g] = breite;
  }
  return { anzahl, summeLon, summeLat, west, ost, sued, nord };
}
