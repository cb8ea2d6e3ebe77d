/** Clusters of spots, exactly: every place is a point of supercluster's tree. */
import Supercluster from "supercluster";
import {
  alsSpalten,
  KACHEL_PX,
  RADIUS_PX,
  type Gruppen,
  type Ortsspalten,
  type Rahmen,
} from "./gruppierung";

interface Eigenschaften {
  /** Positions of the locations at one spot. */
  readonly orte: readonly number[];
}

type Baum = Supercluster<Eigenschaften, Record<never, never>>;

type Punkt = Supercluster.PointFeature<Eigenschaften>;

export class Cluster {
  private readonly punkte: readonly Punkt[];
  private baum: { readonly abZoom: number; readonly knoten: Baum } | null = null;

  /**
   * Clusters up to the map's own last zoom: symbols that would cover one another there stay one, and
   * what lies below is listed instead of being out of reach.
   */
  constructor(
    { lon, lat }: Ortsspalten,
    orte: Uint32Array,
    private readonly letzterZoom: number,
  ) {
    const stellen = new Map<string, number[]>();
    for (const ort of orte) {
      const schluessel = `${lat[ort]}/${lon[ort]}`;
      const stelle = stellen.get(schluessel);
      if (stelle) stelle.push(ort);
      else stellen.set(schluessel, [ort]);
    }
    this.punkte = Array.from(stellen.values(), (eigene) => ({
      type: "Feature",
      properties: { orte: eigene },
      geometry: {
        type: "Point",
        coordinates: [lon[eigene[0]!]! / 1e6, lat[eigene[0]!]! / 1e6],
      },
    }));
  }

  /** Levels above the view are made when somebody looks at them: a filter needs only those below. */
  private baumAb(zoom: number): Baum {
    if (!this.baum || zoom < this.baum.abZoom) {
      const knoten: Baum = new Supercluster({
        radius: RADIUS_PX,
        extent: KACHEL_PX,
        minZoom: zoom,
        maxZoom: this.letzterZoom,
      });
      this.baum = { abZoom: zoom, knoten: knoten.load([...this.punkte]) };
    }
    return this.baum.knoten;
  }

  imBlick(rahmen: Rahmen, zoom: number): Gruppen {
    const baum = this.baumAb(zoom);
    const treffer = baum.getClusters([...rahmen], zoom);
    return alsSpalten(
      treffer.map(({ geometry, properties }) => {
        const [lon = 0, lat = 0] = geometry.coordinates;
        if (!("cluster_id" in properties))
          return { lon, lat, cluster: false, aufteilzoom: 0, orte: properties.orte };
        const id = properties.cluster_id;
        const orte = baum.getLeaves(id, Infinity).flatMap((blatt) => blatt.properties.orte);
        const auf = baum.getClusterExpansionZoom(id);
        const aufteilzoom = auf > this.letzterZoom ? 0 : auf;
        return { lon, lat, cluster: true, aufteilzoom, orte };
      }),
    );
  }
}
