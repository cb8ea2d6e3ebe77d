/** The locations of a result, grouped by spot: several projects at one spot are one marker. */
import Supercluster from "supercluster";
import type { Bild } from "../kern";
import { codeVon, istUngefaehr } from "../projekt";

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
const LETZTER_CLUSTERZOOM = 16;

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

  constructor(readonly stellen: readonly Stelle[]) {
    this.baum = new Supercluster({
      radius: RADIUS_PX,
      extent: 256,
      maxZoom: LETZTER_CLUSTERZOOM,
    });
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
        return { lat, lon, stellen, cluster: id };
      }
      const stelle = this.stellen[properties.stelle];
      return { lat, lon, stellen: stelle ? [stelle] : [], cluster: null };
    });
  }

  aufteilzoom(cluster: number): number {
    return this.baum.getClusterExpansionZoom(cluster);
  }
}

export interface Gruppe {
  readonly lat: number;
  readonly lon: number;
  readonly stellen: readonly Stelle[];
  readonly cluster: number | null;
}

/** Rows of a group, each project once even if it has several locations there. */
export function zeilenVon(gruppe: Gruppe): number[] {
  return [...new Set(gruppe.stellen.flatMap((stelle) => stelle.zeilen))];
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
