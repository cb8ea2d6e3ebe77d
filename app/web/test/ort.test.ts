import { describe, expect, it } from "vitest";
import { Engine } from "../src/engine";
import { hierVon, zeilenMit, zeilenVonIds } from "../src/ort";
import { macheIndex } from "./beispiel";

const { index } = macheIndex(200, 5);

/** The definition, without the columns' tricks. */
function codesVon(zeile: number): string[] {
  const { codes, start, wert } = index.facetten["stadtbezirk"]!;
  return Array.from(wert.slice(start![zeile], start![zeile + 1])).map((i) => codes[i]!);
}

describe("what lies at a place", () => {
  it("finds each row of a district once, also those of several districts", () => {
    const erwartet = [...Array(200).keys()].filter((zeile) => codesVon(zeile).includes("huckarde"));
    expect(erwartet.length).toBeGreaterThan(0);
    expect([...zeilenMit(index, "stadtbezirk", "huckarde")]).toEqual(erwartet);
    expect(zeilenMit(index, "stadtbezirk", "atlantis")).toHaveLength(0);
  });

  it("counts within a result", () => {
    const einige = [...Array(200).keys()].filter((zeile) => zeile % 3 === 0);
    const erwartet = einige.filter((zeile) => codesVon(zeile).includes("eving")).length;
    const stelle = index.facetten["stadtbezirk"]!.codes.indexOf("eving");
    const anzahlen = new Engine(index).zaehle("stadtbezirk", Uint32Array.from(einige));
    expect(anzahlen[stelle]).toBe(erwartet);
  });

  it("keeps the order of the result and says how many the filters leave out", () => {
    const hier = (orte: number[], ergebnis: number[]): unknown =>
      hierVon(Uint32Array.from(orte), Uint32Array.from(ergebnis));
    expect(hier([1, 2, 3, 4], [9, 3, 1])).toEqual({ hier: Uint32Array.of(3, 1), weitere: 2 });
    expect(hier([], [1])).toEqual({ hier: new Uint32Array(), weitere: 0 });
  });

  it("passes over ids of another build", () => {
    expect([...zeilenVonIds(index, ["test-7", "verschwunden", "test-0"])]).toEqual([7, 0]);
  });
});
