/**
 * What is painted, from back to front: calm ground on which the symbols carry. Knows the layers of
 * Protomaps (`kind`) and of OpenMapTiles (`class`), which the usual tools write; what it does not
 * know is not drawn.
 */
import {
  exp,
  GeomType,
  LineSymbolizer,
  PolygonSymbolizer,
  type Feature,
  type Filter,
  type PaintRule,
} from "protomaps-leaflet";
import type { Farben } from "./farben";

type Stufen = readonly (readonly [zoom: number, breite: number])[];

const GRUEN = [
  ...["park", "cemetery", "forest", "wood", "grass", "grassland", "meadow", "scrub", "garden"],
  ...["nature_reserve", "national_park", "protected_area", "allotments", "village_green"],
  ...["playground", "recreation_ground", "golf_course", "pitch", "farmland", "wetland", "orchard"],
];
const STRASSEN: readonly {
  readonly arten: readonly string[];
  readonly abZoom: number;
  readonly breite: Stufen;
}[] = [
  {
    arten: ["path", "track", "other", "pedestrian"],
    abZoom: 15,
    breite: [
      [14, 0.5],
      [19, 4],
    ],
  },
  {
    arten: ["minor_road", "minor", "service"],
    abZoom: 13,
    breite: [
      [12, 0.5],
      [15, 2.5],
      [19, 12],
    ],
  },
  {
    arten: ["major_road", "primary", "secondary", "tertiary"],
    abZoom: 9,
    breite: [
      [9, 0.8],
      [13, 2.2],
      [16, 6],
      [19, 16],
    ],
  },
  {
    arten: ["highway", "motorway", "trunk"],
    abZoom: 6,
    breite: [
      [6, 0.8],
      [12, 2.6],
      [16, 8],
      [19, 18],
    ],
  },
];
const RAND_PX = 1.4;

export function art({ props }: Feature): string {
  const wert = props["kind"] ?? props["class"];
  return typeof wert === "string" ? wert : "";
}

/** Of one of these kinds. */
export function von(...arten: readonly string[]): Filter {
  return (_, feature) => arten.includes(art(feature));
}

export const STRASSENEBENEN = ["roads", "transportation"];

function breite(stufen: Stufen, dazu = 0): (zoom: number) => number {
  const kurve = exp(
    1.4,
    stufen.map((stufe) => [...stufe]),
  );
  return (zoom) => kurve(zoom) + dazu;
}

function flaechen(farbe: string, ebenen: readonly string[], filter?: Filter): PaintRule[] {
  return ebenen.map((dataLayer) => ({
    dataLayer,
    symbolizer: new PolygonSymbolizer({ fill: farbe }),
    filter: (zoom, feature) =>
      feature.geomType === GeomType.Polygon && (filter?.(zoom, feature) ?? true),
  }));
}

function linien(
  farbe: string,
  ebenen: readonly string[],
  width: (zoom: number) => number,
  { filter, abZoom = 0 }: { readonly filter?: Filter; readonly abZoom?: number } = {},
): PaintRule[] {
  return ebenen.map((dataLayer) => ({
    dataLayer,
    minzoom: abZoom,
    symbolizer: new LineSymbolizer({ color: farbe, width, lineCap: "round", lineJoin: "round" }),
    filter: (zoom, feature) =>
      feature.geomType === GeomType.Line && (filter?.(zoom, feature) ?? true),
  }));
}

function strassen(farben: Farben): PaintRule[] {
  const raender = STRASSEN.slice(1).flatMap(({ arten, abZoom, breite: stufen }) =>
    linien(farben.strassenrand, STRASSENEBENEN, breite(stufen, RAND_PX), {
      filter: von(...arten),
      abZoom,
    }),
  );
  const belaege = STRASSEN.flatMap(({ arten, abZoom, breite: stufen }) =>
    linien(farben.strasse, STRASSENEBENEN, breite(stufen), { filter: von(...arten), abZoom }),
  );
  // All edges below all surfaces: crossings stay open.
  return [...raender, ...belaege];
}

export function malregeln(farben: Farben): PaintRule[] {
  const fluss = breite([
    [9, 0.6],
    [14, 2],
    [18, 10],
  ]);
  return [
    ...flaechen(farben.land, ["earth"]),
    ...flaechen(farben.gruen, ["landcover", "landuse"], von(...GRUEN)),
    ...flaechen(farben.gruen, ["park"]),
    ...flaechen(farben.wasser, ["water"]),
    ...linien(farben.wasser, ["water", "waterway"], fluss),
    ...flaechen(farben.gebaeude, ["buildings", "building"]).map((regel) => ({
      ...regel,
      minzoom: 14,
    })),
    ...linien(farben.bahn, STRASSENEBENEN, () => 1.2, { filter: von("rail"), abZoom: 11 }),
    ...strassen(farben),
  ];
}
