import type { Feature, LabelRule, PaintRule } from "protomaps-leaflet";
import { describe, expect, it } from "vitest";
import type { Farben } from "../src/kacheln/farben";
import { malregeln } from "../src/kacheln/malregeln";
import { namensfelder, schriftregeln } from "../src/kacheln/schriftregeln";

const PUNKT = 1;
const LINIE = 2;
const FLAECHE = 3;
const farben: Farben = {
  land: "land",
  gruen: "gruen",
  wasser: "wasser",
  gebaeude: "gebaeude",
  strasse: "strasse",
  strassenrand: "rand",
  bahn: "bahn",
  schrift: "schrift",
  wasserschrift: "wasserschrift",
  hof: "hof",
  familie: "sans-serif",
};

function feature(geomType: number, props: Record<string, string>): Feature {
  const bbox = { minX: 0, minY: 0, maxX: 1, maxY: 1 };
  return { props, bbox, geomType, geom: [], numVertices: 0 };
}

/** How many rules take a feature of a layer at a zoom. */
function trifft(
  regeln: readonly (PaintRule | LabelRule)[],
  ebene: string,
  f: Feature,
  zoom = 15,
): number {
  return regeln.filter(
    (regel) =>
      regel.dataLayer === ebene &&
      (regel.minzoom ?? 0) <= zoom &&
      (regel.filter?.(zoom, f) ?? true),
  ).length;
}

describe("what is painted", () => {
  const regeln = malregeln(farben);

  it.each([
    ["earth", FLAECHE, {}],
    ["landuse", FLAECHE, { kind: "park" }],
    ["landcover", FLAECHE, { class: "wood" }],
    ["water", FLAECHE, { kind: "lake" }],
    ["water", LINIE, { kind: "river" }],
    ["waterway", LINIE, { class: "river" }],
    ["buildings", FLAECHE, { kind: "building" }],
    ["building", FLAECHE, {}],
    ["roads", LINIE, { kind: "rail" }],
    ["transportation", LINIE, { class: "rail" }],
  ])("knows both schemas: %s", (ebene, art, props) => {
    expect(trifft(regeln, ebene, feature(art, props as Record<string, string>))).toBe(1);
  });

  it("gives streets an edge and a surface, paths only a surface", () => {
    expect(trifft(regeln, "roads", feature(LINIE, { kind: "major_road" }))).toBe(2);
    expect(trifft(regeln, "transportation", feature(LINIE, { class: "minor" }))).toBe(2);
    expect(trifft(regeln, "roads", feature(LINIE, { kind: "path" }))).toBe(1);
    expect(trifft(regeln, "roads", feature(LINIE, { kind: "path" }), 13)).toBe(0);
  });

  it("leaves out what it does not know", () => {
    expect(trifft(regeln, "landuse", feature(FLAECHE, { kind: "industrial" }))).toBe(0);
    expect(trifft(regeln, "pois", feature(PUNKT, { kind: "cafe" }))).toBe(0);
  });
});

describe("what is written", () => {
  const regeln = schriftregeln(farben, { sprache: "ar", ohne: new Set(["Huckarde"]) });

  it("prefers the visitor's language", () => {
    expect(namensfelder("ar")).toEqual(["name:ar", "name_ar", "name"]);
    expect(namensfelder("leicht")[0]).toBe("name:de");
  });

  it("does not repeat what the map itself writes", () => {
    const ort = (name: string): Feature => feature(PUNKT, { kind: "neighbourhood", name });
    expect(trifft(regeln, "places", ort("Testort 17"))).toBe(1);
    expect(trifft(regeln, "places", ort("Huckarde"))).toBe(0);
    expect(trifft(regeln, "place", feature(PUNKT, { class: "town", name: "Teststadt" }))).toBe(1);
  });

  it("names small streets only when they are near", () => {
    const gasse = feature(LINIE, { kind: "minor_road", name: "Testgasse" });
    expect([15, 16].map((zoom) => trifft(regeln, "roads", gasse, zoom))).toEqual([0, 1]);
  });
});
