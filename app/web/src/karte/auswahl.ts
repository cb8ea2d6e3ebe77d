/** The places of a result: where they are and how far they spread. */
import * as L from "leaflet";
import type { Index } from "../typen";

export class Auswahl {
  private rahmen: L.LatLngBounds | null | undefined;

  private constructor(
    private readonly index: Index,
    /** Rows of the result, ascending. */
    readonly treffer: Uint32Array,
    /** Positions in `index.standorte`, ascending. */
    readonly orte: Uint32Array,
  ) {}

  static aus(index: Index, treffer: Uint32Array): Auswahl {
    const { projekt } = index.standorte;
    const gewaehlt = new Uint8Array(index.anzahl);
    for (let i = 0; i < treffer.length; i++) gewaehlt[treffer[i]!] = 1;
    const orte = new Uint32Array(projekt.length);
    let n = 0;
    for (let ort = 0; ort < projekt.length; ort++)
      if (gewaehlt[projekt[ort]!] === 1) orte[n++] = ort;
    return new Auswahl(index, treffer, orte.slice(0, n));
  }

  /** Whether these rows are the ones it holds. */
  gilt(treffer: Uint32Array): boolean {
    const eigene = this.treffer;
    if (eigene.length !== treffer.length) return false;
    for (let i = 0; i < treffer.length; i++) if (eigene[i] !== treffer[i]) return false;
    return true;
  }

  /** The frame around all places; null if there is none. */
  grenzen(): L.LatLngBounds | null {
    if (this.rahmen !== undefined) return this.rahmen;
    const { lon, lat } = this.index.standorte;
    let [west, sued, ost, nord] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < this.orte.length; i++) {
      const ort = this.orte[i]!;
      west = Math.min(west, lon[ort]!);
      ost = Math.max(ost, lon[ort]!);
      sued = Math.min(sued, lat[ort]!);
      nord = Math.max(nord, lat[ort]!);
    }
    this.rahmen = this.orte.length
      ? L.latLngBounds([sued / 1e6, west / 1e6], [nord / 1e6, ost / 1e6])
      : null;
    return this.rahmen;
  }

  liegtIn(blick: L.LatLngBounds): boolean {
    const { lon, lat } = this.index.standorte;
    const [west, sued, ost, nord] = [
      blick.getWest(),
      blick.getSouth(),
      blick.getEast(),
      blick.getNorth(),
    ].map((grad) => grad * 1e6) as [number, number, number, number];
    return this.orte.some(
      (ort) => lon[ort]! >= west && lon[ort]! <= ost && lat[ort]! >= sued && lat[ort]! <= nord,
    );
  }

  /** How many projects of the result lie at a spot. */
  anzahlAn(schluessel: string): number {
    const { projekt, lat, lon } = this.index.standorte;
    const [nord, ost] = schluessel.split("/").map(Number);
    const zeilen = new Set<number>();
    for (let i = 0; i < this.orte.length; i++) {
      const ort = this.orte[i]!;
      if (lat[ort] === nord && lon[ort] === ost) zeilen.add(projekt[ort]!);
    }
    return zeilen.size;
  }
}
