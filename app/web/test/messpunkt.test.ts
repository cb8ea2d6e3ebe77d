import { describe, expect, test } from "vitest";
import { Messpunkte, punktwert } from "../src/messpunkt";
import { chips, satz } from "../src/satz";
import { macheTexte } from "../src/texte";
import { formatAbfrage, mit, ohne, parseAbfrage, type Abfrage } from "../src/zustand";
import { BLATT } from "./beispiel";

const lies = (suchteil: string): Abfrage => parseAbfrage(suchteil, BLATT).abfrage;
const texte = macheTexte(BLATT.texte, "de");

function mitStandort(messpunkte: Messpunkte, vorher = ""): Abfrage {
  const punkt = messpunkte.verschweige(51.53661234, 7.46058765);
  return mit(mit(lies(vorher), "nahe", [punkt], BLATT), "umkreis", ["1000"], BLATT);
}

describe("a device's position", () => {
  const messpunkte = new Messpunkte();
  const abfrage = mitStandort(messpunkte, "?status=gestartet&sort=nr");
  const adresse = (zustand: Abfrage): string =>
    formatAbfrage(messpunkte.oeffentlich(zustand, BLATT));

  test("is part of the state, rounded to ten metres", () =>
    expect(messpunkte.von(abfrage)).toEqual({ punkt: "51.5366,7.4606", privat: true, name: null }));
  test("is in no address, and neither is its radius", () =>
    expect(adresse(abfrage)).toBe("?status=gestartet&sort=nr"));
  test("nor is a frame of the map that was drawn around it, even when it is given up", () => {
    const rahmen = mit(abfrage, "bbox", ["7.45,51.53,7.47,51.54"], BLATT);
    expect(adresse(rahmen)).toBe("?status=gestartet&sort=nr");
    const danach = ohne(rahmen, "nahe", "51.5366,7.4606", BLATT);
    expect(messpunkte.von(danach)).toBeNull();
    expect(adresse(danach)).toBe("?status=gestartet&sort=nr");
  });
  test("stays secret in a state that somebody kept", () => {
    messpunkte.verschweige(51.6, 7.5);
    expect(adresse(abfrage)).not.toContain("51.5366");
  });
  test("stays while somebody goes back in history, unless that leads to another point", () => {
    const zurueck = messpunkte.behalte(abfrage, lies("?lage=mit"), BLATT);
    expect(formatAbfrage(zurueck)).toBe("?lage=mit&nahe=51.5366,7.4606&umkreis=1000");
    const anderer = lies("?nahe=51.5,7.4");
    expect(messpunkte.behalte(abfrage, anderer, BLATT)).toBe(anderer);
  });
  test("is said without its coordinates", () => {
    const worte = macheTexte(
      { ...BLATT.texte, "satz.nahe.standort": "in Ihrer Nähe", "satz.trenner": ", " },
      "de",
    );
    const messpunkt = messpunkte.von(abfrage);
    expect(satz(abfrage, 3, 93, BLATT, worte, messpunkt)).toContain("in Ihrer Nähe");
    expect(chips(abfrage, BLATT, worte, messpunkt).map(({ text }) => text)).toContain(
      "in Ihrer Nähe",
    );
  });
});

describe("a chosen place", () => {
  const messpunkte = new Messpunkte();
  const punkt = punktwert(51.519453, 7.46487);
  messpunkte.benenne(punkt, "Münsterstraße 12");

  test("stands in the address with its radius", () => {
    const abfrage = lies(`?nahe=${punkt}&umkreis=500`);
    expect(formatAbfrage(messpunkte.oeffentlich(abfrage, BLATT))).toBe(
      "?nahe=51.519453,7.46487&umkreis=500",
    );
    expect(messpunkte.von(abfrage)?.name).toBe("Münsterstraße 12");
  });
  test("has no name if it only came with the address", () =>
    expect(messpunkte.von(lies("?nahe=51.5,7.4"))?.name).toBeNull());
  test("nothing is measured without a point", () => expect(messpunkte.von(lies(""))).toBeNull());
});

test("words without a name for the point", () =>
  expect(satz(lies("?nahe=51.5,7.4"), 12, 93, BLATT, texte)).toBe(
    "Alle 93 Projekte, mit Entfernung ab einem Punkt",
  ));
