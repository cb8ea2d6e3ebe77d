import { describe, expect, it } from "vitest";
import { Engine } from "../src/engine";
import {
  gemeinsamerName,
  Gruppierung,
  macheStellen,
  zeilenAn,
  zeilenVon,
} from "../src/karte/stellen";
import type { Bild } from "../src/kern";
import type { Index } from "../src/typen";
import { ganz, macheIndex, texte } from "./beispiel";

const WELT: [number, number, number, number] = [7, 51, 8, 52];
const LETZTER_ZOOM = 18;
const { index: vorlage } = macheIndex(4, 1);

/** Locations as [project, millionths of a degree east, north]. */
function bildMit(orte: readonly (readonly [number, number, number])[], namen?: string[]): Bild {
  const index: Index = {
    ...vorlage,
    standorte: {
      ...vorlage.standorte,
      projekt: ganz(orte.map(([projekt]) => projekt)),
      lon: ganz(orte.map(([, lon]) => lon)),
      lat: ganz(orte.map(([, , lat]) => lat)),
      genauigkeit: ganz(orte.map(() => 0)),
      bezeichnung: texte(namen ?? orte.map(() => "")),
    },
  };
  const engine = new Engine(index);
  return { abfrage: new Map(), ergebnis: engine.abfragen(new Map()), engine };
}

const A = [7_400_000, 51_500_000] as const;
const B = [7_500_000, 51_600_000] as const;

describe("spots and clusters", () => {
  it("shows a project with k locations at k spots", () => {
    const gruppen = new Gruppierung(
      macheStellen(
        bildMit([
          [0, ...A],
          [0, ...B],
          [1, ...B],
        ]),
      ),
      LETZTER_ZOOM,
    ).imBlick(WELT, LETZTER_ZOOM);
    expect(gruppen.filter((gruppe) => zeilenVon(gruppe).includes(0))).toHaveLength(2);
    expect(gruppen.map((gruppe) => zeilenVon(gruppe).length).sort()).toEqual([1, 2]);
  });

  it("says of a cluster at which zoom it falls apart", () => {
    const stellen = macheStellen(
      bildMit([
        [0, ...A],
        [1, A[0] + 3_000, A[1]],
      ]),
    );
    const gruppierung = new Gruppierung(stellen, LETZTER_ZOOM);
    const [gruppe] = gruppierung.imBlick(WELT, 8);
    expect(gruppe?.cluster).toBe(true);
    const zoom = gruppe!.aufteilzoom!;
    expect(gruppierung.imBlick(WELT, zoom - 1)).toHaveLength(1);
    expect(gruppierung.imBlick(WELT, zoom)).toHaveLength(2);
  });

  it("never leaves symbols on top of one another: what no zoom separates stays one", () => {
    const stellen = macheStellen(
      bildMit([
        [0, ...A],
        [1, A[0] + 20, A[1]],
        [2, A[0], A[1] + 20],
      ]),
    );
    const gruppierung = new Gruppierung(stellen, LETZTER_ZOOM);
    for (const zoom of [8, LETZTER_ZOOM]) {
      const gruppen = gruppierung.imBlick(WELT, zoom);
      expect(gruppen).toHaveLength(1);
      expect(gruppen[0]!.aufteilzoom).toBeNull();
      expect(zeilenVon(gruppen[0]!).sort()).toEqual([0, 1, 2]);
    }
  });

  it("lists at a spot also what the filters hide", () => {
    const bild = bildMit([
      [0, ...A],
      [3, ...A],
      [1, ...B],
    ]);
    const nur0 = { ...bild, ergebnis: { ...bild.ergebnis, zeilen: Uint32Array.of(0) } };
    const stellen = macheStellen(nur0);
    expect(stellen.map(({ zeilen }) => zeilen)).toEqual([[0]]);
    expect(zeilenAn(bild.engine.index, stellen)).toEqual([0, 3]);
  });

  it("takes a name only if all locations there have it", () => {
    const gleich = bildMit(
      [
        [0, ...A],
        [1, ...A],
      ],
      ["Fritz-Platz", "Fritz-Platz"],
    );
    const verschieden = bildMit(
      [
        [0, ...A],
        [1, ...A],
      ],
      ["Fritz-Platz", "Rathaus"],
    );
    const ohne = bildMit([[0, ...A]], [""]);
    const name = (bild: Bild): string | undefined =>
      gemeinsamerName(bild.engine.index, macheStellen(bild));
    expect([name(gleich), name(verschieden), name(ohne)]).toEqual([
      "Fritz-Platz",
      undefined,
      undefined,
    ]);
  });
});
