import { describe, expect, test } from "vitest";
import { Spaltendatei } from "../src/spalten";

/** A small file, byte by byte as layers/spalten.py writes it. */
function datei(): ArrayBuffer {
  const kopf = JSON.stringify({
    stand: "2026",
    spalten: {
      wert: ["i4", 0, 2],
      start: ["u1", 8, 3, 1],
      "name.laenge": ["u1", 16, 3],
      "name.utf8": ["u1", 24, 5],
    },
  });
  const laenge = Math.ceil(kopf.length / 8) * 8;
  const puffer = new ArrayBuffer(16 + laenge + 32);
  const bytes = new Uint8Array(puffer);
  bytes.set(new TextEncoder().encode("nwSPALT1"));
  new DataView(puffer).setUint32(8, laenge, true);
  bytes.set(new TextEncoder().encode(kopf.padEnd(laenge)), 16);
  const ab = 16 + laenge;
  new DataView(puffer).setInt32(ab, -7, true);
  new DataView(puffer).setInt32(ab + 4, 7_415_710, true);
  bytes.set([0, 2, 3], ab + 8);
  bytes.set([3, 0, 2], ab + 16);
  bytes.set(new TextEncoder().encode("aüé"), ab + 24);
  return puffer;
}

describe("Spaltendatei", () => {
  const offen = new Spaltendatei<{ stand: string }>(datei());

  test("columns are views of the file, differences are added up", () => {
    expect(offen.kopf).toEqual({ stand: "2026" });
    expect([...offen.zahlen("wert")]).toEqual([-7, 7_415_710]);
    expect([...offen.zahlen("start")]).toEqual([0, 2, 5]);
    expect(offen.hat("start")).toBe(true);
    expect(offen.hat("ende")).toBe(false);
  });

  test("texts are decoded by position and found by what they say", () => {
    const namen = offen.texte("name");
    expect(Array.from({ length: namen.length }, (_, i) => namen.von(i))).toEqual(["aü", "", "é"]);
    expect(namen.von(3)).toBe("");
    expect(namen.von(-1)).toBe("");
    expect(["aü", "é", "", "e"].map((text) => namen.stelle(text))).toEqual([0, 2, 1, -1]);
  });

  test("something else is refused", () => {
    expect(() => new Spaltendatei(new ArrayBuffer(64))).toThrow();
    expect(() => offen.zahlen("ende")).toThrow();
  });
});
