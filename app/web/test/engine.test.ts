import { describe, expect, test } from "vitest";
import { Engine } from "../src/engine";
import { entfernung } from "../src/entfernung";
import { suchworte, woerter } from "../src/falten";
import type { Index } from "../src/typen";
import { einzelwert, mit, parseAbfrage, type Abfrage } from "../src/zustand";
import { BLATT, macheIndex, zufall } from "./beispiel";

function codes(index: Index, name: string, zeile: number): string[] {
  const { start, wert, codes: alle } = index.facetten[name]!;
  const werte = start ? wert.slice(start[zeile], start[zeile + 1]) : [wert[zeile]!];
  return Array.from(werte).map((code) => alle[code]!);
}

function orte(index: Index, zeile: number): [number, number][] {
  const { projekt, lon, lat } = index.standorte;
  return Array.from(projekt).flatMap((p, i) =>
    p === zeile ? [[lon[i]! / 1e6, lat[i]! / 1e6]] : [],
  ) as [number, number][];
}

/** What a filter means, said as plainly as possible. */
function passt(index: Index, zeile: number, abfrage: Abfrage): boolean {
  const wert = (name: string): string | undefined => einzelwert(abfrage, name);
  const bekannt = woerter(index.name.von(zeile));
  const text = suchworte(wert("q") ?? "").every((w) => bekannt.some((b) => b.startsWith(w)));
  const facetten = Object.keys(index.facetten).every((name) => {
    const gewaehlt = abfrage.get(name);
    return !gewaehlt || codes(index, name, zeile).some((code) => gewaehlt.includes(code));
  });
  const [von, bis] = [wert("von"), wert("bis")];
  const [beginn, ende] = [index.beginn[zeile]!, index.ende[zeile]!];
  const jahre =
    (von === undefined && bis === undefined) ||
    ((beginn !== 0 || ende !== 0) &&
      (von === undefined || ende === 0 || ende >= Number(von)) &&
      (bis === undefined || beginn === 0 || beginn <= Number(bis)));
  const hat = orte(index, zeile);
  const lage = wert("lage") === undefined || (wert("lage") === "mit") === hat.length > 0;
  const rahmen = wert("bbox")?.split(",").map(Number);
  const innen =
    !rahmen ||
    hat.some(([x, y]) => x >= rahmen[0]! && x <= rahmen[2]! && y >= rahmen[1]! && y <= rahmen[3]!);
  return (
    text && facetten && jahre && lage && innen && weite(index, zeile, abfrage) <= radius(abfrage)
  );
}

const radius = (abfrage: Abfrage): number => Number(einzelwert(abfrage, "umkreis") ?? Infinity);

function weite(index: Index, zeile: number, abfrage: Abfrage): number {
  const [lat, lon] = einzelwert(abfrage, "nahe")?.split(",").map(Number) ?? [];
  if (lat === undefined || lon === undefined) return 0;
  return Math.min(Infinity, ...orte(index, zeile).map(([x, y]) => entfernung(lat, lon, y, x)));
}

function zufaelligeAbfrage(wuerfel: () => number): Abfrage {
  const teile = new URLSearchParams();
  for (const [name, liste] of Object.entries(BLATT.codes))
    if (wuerfel() < 0.4)
      for (const code of Object.keys(liste)) if (wuerfel() < 0.4) teile.append(name, code);
  if (wuerfel() < 0.3)
    teile.set("q", ["ha", "test grün", "Gruen-Fl", "1"][Math.floor(wuerfel() * 4)]!);
  if (wuerfel() < 0.3) teile.set("von", String(2010 + Math.floor(wuerfel() * 15)));
  if (wuerfel() < 0.3) teile.set("bis", String(2010 + Math.floor(wuerfel() * 15)));
  if (wuerfel() < 0.2) teile.set("lage", wuerfel() < 0.5 ? "mit" : "ohne");
  if (wuerfel() < 0.2) teile.set("bbox", "7.35,51.45,7.5,51.55");
  if (wuerfel() < 0.3) teile.set("nahe", "51.5,7.4");
  if (wuerfel() < 0.3) teile.set("umkreis", "8000");
  return parseAbfrage(`?${teile}`, BLATT).abfrage;
}

describe("Engine", () => {
  const { index, suche } = macheIndex(120, 7);
  const engine = new Engine(index);
  engine.setzeText(suche);
  const zeilen = Array.from({ length: index.anzahl }, (_, zeile) => zeile);

  test("rows and disjunctive counts equal a plain recount, for 100 random states", () => {
    const wuerfel = zufall(42);
    for (let lauf = 0; lauf < 100; lauf++) {
      const abfrage = zufaelligeAbfrage(wuerfel);
      const ergebnis = engine.abfragen(abfrage);
      expect([...ergebnis.zeilen].sort((a, b) => a - b)).toEqual(
        zeilen.filter((zeile) => passt(index, zeile, abfrage)),
      );
      for (const [name, anzahlen] of ergebnis.anzahlen)
        index.facetten[name]!.codes.forEach((code, i) => {
          const allein = mit(abfrage, name, [code], BLATT);
          const erwartet = zeilen.filter((zeile) => passt(index, zeile, allein)).length;
          expect(anzahlen[i], `${name}=${code}`).toBe(erwartet);
        });
    }
  });

  test("says how many only their undocumented Laufzeit leaves out", () => {
    const { abfrage } = parseAbfrage("?von=2000&status=umgesetzt", BLATT);
    const erwartet = zeilen.filter(
      (zeile) =>
        index.beginn[zeile] === 0 &&
        index.ende[zeile] === 0 &&
        codes(index, "status", zeile).includes("umgesetzt"),
    ).length;
    expect(erwartet).toBeGreaterThan(0);
    expect(engine.abfragen(abfrage).ohneLaufzeit).toBe(erwartet);
  });

  test.each(["nr", "-nr"])("sort=%s: equal ranks by row, without value last", (sort) => {
    const { zeilen: sortiert } = engine.abfragen(parseAbfrage(`?sort=${sort}`, BLATT).abfrage);
    const rang = index.rang["nr"]!;
    const richtung = sort === "nr" ? 1 : -1;
    const erwartet = [...zeilen].sort((a, b) => {
      const [links, rechts] = [rang[a]!, rang[b]!];
      if ((links === 0) !== (rechts === 0)) return links === 0 ? 1 : -1;
      return richtung * (links - rechts) || a - b;
    });
    expect([...sortiert]).toEqual(erwartet);
  });

  test("nahe sorts by distance and keeps projects without location, last", () => {
    const { abfrage } = parseAbfrage("?nahe=51.5,7.4", BLATT);
    const { zeilen: sortiert, entfernungen } = engine.abfragen(abfrage);
    expect(sortiert.length).toBe(index.anzahl);
    const meter = Array.from(sortiert, (zeile) => entfernungen![zeile]!);
    const bekannt = meter.filter((wert) => !Number.isNaN(wert));
    expect(bekannt).toEqual([...bekannt].sort((a, b) => a - b));
    expect(meter.slice(bekannt.length).every(Number.isNaN)).toBe(true);
  });

  test("an empty index answers", () => {
    const leer = new Engine(macheIndex(0, 1).index);
    expect(leer.abfragen(new Map()).zeilen.length).toBe(0);
  });
});

describe("entfernung", () => {
  test("a degree of latitude and of longitude in Dortmund", () => {
    // Geodesics of GRS80 by GeographicLib, metres.
    expect(entfernung(51.5, 7.4, 51.5, 7.41)).toBeCloseTo(694.6, 0);
    expect(entfernung(51.5, 7.4, 51.51, 7.4)).toBeCloseTo(1112.6, 0);
    expect(entfernung(51.5, 7.4, 51.5, 7.4)).toBe(0);
  });
});
