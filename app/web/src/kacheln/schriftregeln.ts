/** What is written on vector tiles: streets, water, places; in the visitor's language if there. */
import {
  CenteredTextSymbolizer,
  GeomType,
  LineLabelSymbolizer,
  type Feature,
  type Filter,
  type LabelRule,
} from "protomaps-leaflet";
import type { Farben } from "./farben";
import { art, von } from "./malregeln";

const HOF_PX = 3;
const ORTE = ["city", "town", "village", "locality"];
const VIERTEL = ["suburb", "quarter", "neighbourhood", "hamlet"];

export interface Beschriftungswunsch {
  /** Own code of the page's language. */
  readonly sprache: string;
  /** Names that the map itself writes: twice would be one too many. */
  readonly ohne: ReadonlySet<string>;
}

/** Where a feature has its name, the visitor's language first. */
export function namensfelder(sprache: string): string[] {
  const code = sprache === "leicht" ? "de" : sprache;
  return [`name:${code}`, `name_${code}`, "name"];
}

function heisst({ props }: Feature): string {
  const name = props["name"];
  return typeof name === "string" ? name : "";
}

export function schriftregeln(farben: Farben, { sprache, ohne }: Beschriftungswunsch): LabelRule[] {
  const schrift = (stil: string, farbe = farben.schrift): Schrift => ({
    labelProps: namensfelder(sprache),
    font: `${stil} ${farben.familie}`,
    fill: farbe,
    stroke: farben.hof,
    width: HOF_PX,
  });
  // OpenMapTiles has them in a layer of their own, Protomaps on the streets.
  const strassennamen = (abZoom: number, ...arten: string[]): LabelRule[] =>
    ["roads", "transportation_name"].map((dataLayer) => ({
      dataLayer,
      minzoom: abZoom,
      symbolizer: new LineLabelSymbolizer(schrift("400 12px")),
      filter: von(...arten),
    }));
  const ortsnamen = (abZoom: number, stil: string, filter: Filter): LabelRule[] =>
    ["places", "place"].map((dataLayer) => ({
      dataLayer,
      minzoom: abZoom,
      symbolizer: new CenteredTextSymbolizer(schrift(stil)),
      filter: (zoom, feature) => filter(zoom, feature) && !ohne.has(heisst(feature)),
    }));
  return [
    ...ortsnamen(8, "600 13px", von(...ORTE)),
    ...ortsnamen(13, "400 12px", von(...VIERTEL)),
    ...strassennamen(13, "highway", "major_road", "motorway", "trunk", "primary", "secondary"),
    ...strassennamen(14, "tertiary"),
    ...strassennamen(16, "minor_road", "minor", "service", "path", "pedestrian"),
    ...["water", "water_name"].map((dataLayer) => ({
      dataLayer,
      minzoom: 12,
      symbolizer: new CenteredTextSymbolizer(schrift("italic 400 12px", farben.wasserschrift)),
      filter: (_: number, feature: Feature) =>
        feature.geomType === GeomType.Point && !["ocean", "sea"].includes(art(feature)),
    })),
  ];
}

interface Schrift {
  readonly labelProps: string[];
  readonly font: string;
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
}
