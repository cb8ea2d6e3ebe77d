import type { MultiPolygon, Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { inFlaeche } from "../src/karte/geometrie";

const quadrat = (von: number, bis: number): number[][] => [
  [von, von],
  [bis, von],
  [bis, bis],
  [von, bis],
  [von, von],
];

describe("which area a point lies in", () => {
  it("knows inside, outside and holes", () => {
    const ring: Polygon = { type: "Polygon", coordinates: [quadrat(0, 10), quadrat(4, 6)] };
    expect(inFlaeche({ x: 2, y: 2 }, ring)).toBe(true);
    expect(inFlaeche({ x: 5, y: 5 }, ring)).toBe(false);
    expect(inFlaeche({ x: 11, y: 5 }, ring)).toBe(false);
  });

  it("knows areas of several parts", () => {
    const teile: MultiPolygon = {
      type: "MultiPolygon",
      coordinates: [[quadrat(0, 2)], [quadrat(5, 7)]],
    };
    expect(inFlaeche({ x: 6, y: 6 }, teile)).toBe(true);
    expect(inFlaeche({ x: 3, y: 3 }, teile)).toBe(false);
  });
});
