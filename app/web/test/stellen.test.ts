import { describe, expect, it } from "vitest";
import { Engine } from "../src/engine";
import { Gruppierer } from "../src/karte/gruppierer";
import { GENAU_BIS, type Rahmen } from "../src/karte/gruppierung";
import {
  gemeinsamerName,
  gruppenAus,
  zeilenAn,
  zeilenVon,
  type Gruppe,
} from "../src/karte/stellen";
import type { Index } from "../src/typen";
import { macheIndex, texte, zufall } from "./beispiel";

const WELT = [7, 51, 8, 52] as const;
const LETZTER_ZOOM = 18;
const { index: vorlage } = macheIndex(4, 1);

type Ort = readonly [projekt: number, lon: number, lat: number];

/** Locations as [project, millionths of a degree east, north]. */
function indexMit(orte: readonly Ort[], namen?: string[]): Index {
  return {
    ...vorlage,
    standorte: {
      ...vorlage.standorte,
      projekt: Uint32Array.from(orte, ([projekt]) => projekt),
      lon: Uint32Array.from(orte, ([, lon]) => lon),
      lat: Uint32Array.from(orte, ([, , lat]) => lat),
      genauigkeit: Uint32Array.from(orte, () => 0),
      bezeichnung: texte(namen ?? orte.map(() => "")),
    },
  };
}

type Blick = (rahmen: Rahmen, zoom: number, orte?: Uint32Array) => Gruppe[];

/** Asks without a worker, so that the answer is there at once. */
function blickAuf({ standorte }: Index): Blick {
  const gruppierer = new Gruppierer(standorte, LETZTER_ZOOM, "");
  const alle = Uint32Array.from(standorte.projekt.keys());
  return (rahmen, zoom, orte = alle) => {
    let gruppen: Gruppe[] = [];
    gruppierer.waehle(orte);
    gruppierer.imBlick(rahmen, zoom, (gefunden) => (gruppen = gruppenAus(gefunden)));
    return gruppen;
  };
}

function zeige(index: Index, zoom: number): Gruppe[] {
  return blickAuf(index)(WELT, zoom);
}

const A = [7_400_000, 51_500_000] as const;
const B = [7_500_000, 51_600_000] as const;

describe("spots and clusters", () => {
  it("shows a project with k locations at k spots", () => {
    const index = indexMit([
      [0, ...A],
      [0, ...B],
      [1, ...B],
    ]);
    const zeilen = zeige(index, LETZTER_ZOOM).map(({ orte }) => zeilenVon(index, orte));
    expect(zeilen.filter((eine) => eine.includes(0))).toHaveLength(2);
    expect(zeilen.map(({ length }) => length).sort()).toEqual([1, 2]);
  });

  it("says of a cluster at which zoom it falls apart", () => {
    const index = indexMit([
      [0, ...A],
      [1, A[0] + 3_000, A[1]],
    ]);
    const [gruppe] = zeige(index, 8);
    expect(gruppe?.cluster).toBe(true);
    const zoom = gruppe!.aufteilzoom!;
    expect(zeige(index, zoom - 1)).toHaveLength(1);
    expect(zeige(index, zoom)).toHaveLength(2);
  });

  it("never leaves symbols on top of one another: what no zoom separates stays one", () => {
    const index = indexMit([
      [0, ...A],
      [1, A[0] + 20, A[1]],
      [2, A[0], A[1] + 20],
    ]);
    for (const zoom of [8, LETZTER_ZOOM]) {
      const gruppen = zeige(index, zoom);
      expect(gruppen).toHaveLength(1);
      expect(gruppen[0]!.aufteilzoom).toBeNull();
      expect([...zeilenVon(index, gruppen[0]!.orte)].sort()).toEqual([0, 1, 2]);
    }
  });

  it("lists at a spot also what the filters hide", () => {
    const index = indexMit([
      [0, ...A],
      [3, ...A],
      [1, ...B],
    ]);
    expect([...zeilenAn(index, Uint32Array.of(0))]).toEqual([0, 3]);
  });

  it.each([
    [["Fritz-Platz", "Fritz-Platz"], "Fritz-Platz"],
    [["Fritz-Platz", "Rathaus"], undefined],
    [["", ""], undefined],
  ])("takes a name only if all locations there have it: %j", (namen, erwartet) => {
    const index = indexMit(
      [
        [0, ...A],
        [1, ...A],
      ],
      namen,
    );
    expect(gemeinsamerName(index, Uint32Array.of(0))).toBe(erwartet);
  });

  it("counts the rows of a spot by their codes", () => {
    const { index } = macheIndex(50, 3);
    const anzahlen = new Engine(index).zaehle("handlungsfeld", Uint32Array.of(1, 4, 9));
    expect(anzahlen.reduce((a, b) => a + b)).toBe(3);
  });
});

describe("very many places", () => {
  const wuerfel = zufall(3);
  const anzahl = GENAU_BIS + 2000;
  const viele = indexMit(
    Array.from({ length: anzahl }, (_, i): Ort => [
      i,
      7_300_000 + Math.floor(wuerfel() * 300_000),
      51_420_000 + Math.floor(wuerfel() * 180_000),
    ]),
  );
  const blick = blickAuf(viele);
  const pixel = ({ lon, lat }: Gruppe, zoom: number): readonly [number, number] => {
    const welt = 256 * 2 ** zoom;
    return [
      (lon / 360) * welt,
      (Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * welt,
    ];
  };

  it.each([9, 11, 13])(
    "are each in one symbol at zoom %i",
    (zoom) => {
      const orte = blick([7.29, 51.41, 7.61, 51.61], zoom).flatMap((g) => [...g.orte]);
      expect(orte.sort((a, b) => a - b)).toEqual([...Array(anzahl).keys()]);
    },
    20_000,
  );

  it.each([
    ["all of them", () => true],
    ["those of a filter", (ort: number) => ort % 5 > 0],
    ["those in the west", (ort: number) => viele.standorte.lon[ort]! < 7_560_000],
  ])("stand apart: no two symbols overlap, %s", (_, gewaehlt) => {
    const zoom = 12;
    const orte = Uint32Array.from(viele.standorte.projekt.keys()).filter(gewaehlt);
    expect(orte.length).toBeGreaterThan(GENAU_BIS);
    const mitten = blick(WELT, zoom, orte).map((g) => pixel(g, zoom));
    const weiten = mitten.map(([x, y], i) =>
      Math.min(...mitten.map(([u, v], k) => (i === k ? Infinity : Math.hypot(x - u, y - v)))),
    );
    expect(mitten.length).toBeGreaterThan(50);
    expect(Math.min(...weiten)).toBeGreaterThan(44);
  });

  it("show at the edge of a view what a larger view shows there", () => {
    const zoom = 12;
    const schluessel = (rahmen: readonly [number, number, number, number]): Set<string> =>
      new Set(blick(rahmen, zoom).map((g) => g.orte.join()));
    const [grosse, kleine] = [
      schluessel([7.3, 51.4, 7.6, 51.6]),
      schluessel([7.42, 51.48, 7.5, 51.53]),
    ];
    const gleich = [...kleine].filter((orte) => grosse.has(orte));
    expect(gleich.length / kleine.size).toBeGreaterThan(0.6);
  });

  it("keep their groups under a filter: only what it hides is missing", () => {
    const zoom = 12;
    const orte = Uint32Array.from(viele.standorte.projekt.keys()).filter((ort) => ort % 4 > 0);
    const alle = blick(WELT, zoom).map((g) => g.orte.filter((ort) => ort % 4 > 0).join());
    const gefiltert = blick(WELT, zoom, orte).map((g) => g.orte.join());
    expect(gefiltert.sort()).toEqual(alle.filter(Boolean).sort());
  });
});
