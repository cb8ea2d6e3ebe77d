/** Clusters of spots, exactly: every place is a point of supercluster's tree. */
import Supercluster from "supercluster";
import {
  alsSpalten,
  KACHEL_PX,
  RADIUS_PX,
  type Gruppen,
  type Ortsspalten,
  type Rahmen,
  type Verfahren,
} from "./gruppierung";

interface Eigenschaften {
  /** Positions of the locations at one spot. */
  readonly orte: readonly number[];
}

type Baum = Supercluster<Eigenschaften, Record<never, never>>;

export class Cluster implements Verfahren {
  private readonly baum: Baum;

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
    this.baum = new Supercluster({ radius: RADIUS_PX, extent: KACHEL_PX, maxZoom: letzterZoom });
    this.baum.load(
      Array.from(stellen.values(), (eigene) => ({
        type: "Feature",
        properties: { orte: eigene },
        geometry: {
          type: "Point",
          coordinates: [lon[eigene[0]!]! / 1e6, lat[eigene[0]!]! / 1e6],
        },
      })),
    );
  }

  imBlick(rahmen: Rahmen, zoom: number): Gruppen {
    const treffer = this.baum.getClusters([...rahmen], zoom);
    return alsSpalten(
      treffer.map(({ geometry, properties }) => {
        const [lon = 0, lat = 0] = geometry.coordinates;
        if (!("cluster_id" in properties))
          return { lon, lat, cluster: false, aufteilzoom: 0, orte: properties.orte };
        const id = properties.cluster_id;
        const orte = this.baum.getLeaves(id, Infinity).flatMap((blatt) => blatt.properties.orte);
        const auf = this.baum.getClusterExpansionZoom(id);
        const aufteilzoom = auf > this.letzterZoom ? 0 : auf;
        return { lon, lat, cluster: true, aufteilzoom, orte };
      }),
    );
  }
}
