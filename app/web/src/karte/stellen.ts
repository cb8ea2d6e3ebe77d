/** The locations of a result, grouped by spot: several projects at one spot are one marker. */
import Supercluster from "supercluster";
import type { Bild } from "../kern";
import { codeVon, istUngefaehr } from "../projekt";
import type { Index } from "../typen";

export interface Stelle {
  readonly schluessel: string;
  readonly lat: number;
  readonly lon: number;
  /** Rows of the index, each once. */
  readonly zeilen: readonly number[];
  readonly ungefaehr: boolean;
}

interface Eigenschaften {
  readonly stelle: number;
}

type Baum = Supercluster<Eigenschaften, Record<never, never>>;

/** Radius in screen pixels at Leaflet's tile size of 256. */
const RADIUS_PX = 58;

export function macheStellen({ ergebnis, engine: { index } }: Bild): Stelle[] {
  const gewaehlt = new Set(ergebnis.zeilen);
  const { projekt, lon, lat, genauigkeit, genauigkeiten } = index.standorte;
  const gruppen = new Map<string, { zeilen: Set<number>; orte: number[] }>();
  projekt.forEach((zeile, i) => {
    if (!gewaehlt.has(zeile)) return;
    const schluessel = `${lat[i]}/${lon[i]}`;
    const gruppe = gruppen.get(schluessel) ?? { zeilen: new Set(), orte: [] };
    gruppe.zeilen.add(zeile);
    gruppe.orte.push(i);
    gruppen.set(schluessel, gruppe);
  });
  return [...gruppen].map(([schluessel, { zeilen, orte }]) => ({
    schluessel,
    lat: lat[orte[0]!]! / 1e6,
    lon: lon[orte[0]!]! / 1e6,
    zeilen: [...zeilen],
    ungefaehr: orte.every((i) => istUngefaehr(genauigkeiten[genauigkeit[i]!] ?? "")),
  }));
}

/** Spots and clusters of spots for a view. */
export class Gruppierung {
  private readonly baum: Baum;

  /**
   * Clusters up to the map's own last zoom: symbols that would cover one another there stay one, and
   * what lies below is listed instead of being out of reach.
   */
  constructor(
    readonly stellen: readonly Stelle[],
    private readonly letzterZoom: number,
  ) {
    this.baum = new Supercluster({ radius: RADIUS_PX, extent: 256, maxZoom: letzterZoom });
    this.baum.load(
      stellen.map(({ lon, lat }, stelle) => ({
        type: "Feature",
        properties: { stelle },
        geometry: { type: "Point", coordinates: [lon, lat] },
      })),
    );
  }

  imBlick(rahmen: [number, number, number, number], zoom: number): Gruppe[] {
    return this.baum.getClusters(rahmen, Math.round(zoom)).map((treffer) => {
      const [lon = 0, lat = 0] = treffer.geometry.coordinates;
      const { properties } = treffer;
      if ("cluster_id" in properties) {
        const id = properties.cluster_id;
        const stellen = this.baum
          .getLeaves(id, Infinity)
          .flatMap((blatt) => this.stellen[blatt.properties.stelle] ?? []);
        const zoom = this.baum.getClusterExpansionZoom(id);
        const aufteilzoom = zoom > this.letzterZoom ? null : zoom;
        return { lat, lon, stellen, cluster: true, aufteilzoom };
      }
      const stelle = this.stellen[properties.stelle];
      return { lat, lon, stellen: stelle ? [stelle] : [], cluster: false, aufteilzoom: null };
    });
  }
}

export interface Gruppe {
  readonly lat: number;
  readonly lon: number;
  readonly stellen: readonly Stelle[];
  readonly cluster: boolean;
  /** Zoom at which a cluster falls apart; null if no zoom does it. */
  readonly aufteilzoom: number | null;
}

/** Rows of a group, each project once even if it has several locations there. */
export function zeilenVon(gruppe: Gruppe): number[] {
  return [...new Set(gruppe.stellen.flatMap((stelle) => stelle.zeilen))];
}

/** Rows of the whole index with a location at one of the spots, ascending. */
export function zeilenAn(
  { standorte: { projekt, lat, lon } }: Index,
  stellen: readonly Stelle[],
): number[] {
  const gesucht = new Set(stellen.map(({ schluessel }) => schluessel));
  return [...new Set(projekt.filter((_, i) => gesucht.has(`${lat[i]}/${lon[i]}`)))];
}

/** What all locations at the spots are called alike; undefined if their names differ. */
export function gemeinsamerName(
  { standorte: { lat, lon, bezeichnung } }: Index,
  stellen: readonly Stelle[],
): string | undefined {
  const gesucht = new Set(stellen.map(({ schluessel }) => schluessel));
  const namen = new Set<string>();
  lat.forEach((_, i) => {
    if (gesucht.has(`${lat[i]}/${lon[i]}`)) namen.add(bezeichnung.von(i));
  });
  const [name] = namen;
  return namen.size === 1 && name ? name : undefined;
}

/** How many of the rows lie in each Handlungsfeld, in the order of the code list. */
export function anteile(bild: Bild, zeilen: readonly number[]): { code: string; anzahl: number }[] {
  const { index } = bild.engine;
  const zaehler = new Map<string, number>();
  for (const zeile of zeilen) {
    const code = codeVon(index, "handlungsfeld", zeile);
    zaehler.set(code, (zaehler.get(code) ?? 0) + 1);
  }
  const codes = index.facetten["handlungsfeld"]?.codes ?? [];
  return codes.flatMap((code) => {
    const anzahl = zaehler.get(code);
    return anzahl ? [{ code, anzahl }] : [];
  });
}
