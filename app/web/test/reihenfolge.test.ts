import { describe, expect, test } from "vitest";
import { nachEntfernung } from "../src/reihenfolge";
import { zufall } from "./beispiel";

/** The order, said as plainly as possible. */
function geordnet(zeilen: Uint32Array, meter: Float64Array, ab: boolean): number[] {
  const weite = (zeile: number): number => meter[zeile]!;
  return [...zeilen].sort((a, b) => {
    if (Number.isNaN(weite(a)) !== Number.isNaN(weite(b))) return Number.isNaN(weite(a)) ? 1 : -1;
    return (ab ? weite(b) - weite(a) : weite(a) - weite(b)) || a - b;
  });
}

describe("rows by distance", () => {
  const wuerfel = zufall(11);
  const meter = Float64Array.from({ length: 3000 }, () => {
    const wurf = wuerfel();
    // Many at one spot, some without a location, the others anywhere.
    if (wurf < 0.2) return 1234.5;
    return wurf < 0.3 ? NaN : wuerfel() ** 3 * 20_000;
  });
  const alle = Uint32Array.from(meter.keys());
  const jede3 = alle.filter((zeile) => zeile % 3 === 0);

  test.each([
    ["nearest first", alle, false],
    ["farthest first", alle, true],
    ["some of them", jede3, false],
    ["one", Uint32Array.of(7), true],
    ["none", new Uint32Array(), false],
  ])("%s", (_, zeilen, ab) => {
    expect([...nachEntfernung(zeilen, meter, ab)]).toEqual(geordnet(zeilen, meter, ab));
  });

  test("all at one spot stay in their order", () => {
    const gleich = new Float64Array(50).fill(3);
    const zeilen = Uint32Array.from(gleich.keys());
    expect([...nachEntfernung(zeilen, gleich, true)]).toEqual([...zeilen]);
  });
});
