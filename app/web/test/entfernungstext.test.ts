import { describe, expect, test } from "vitest";
import { RICHTUNGEN, richtung, versatz } from "../src/entfernung";
import { entfernungstext, streckentext } from "../src/entfernungstext";
import { macheTexte } from "../src/texte";
import { NAEHE_TEXTE } from "./beispiel";

const texte = macheTexte(NAEHE_TEXTE, "de");

describe("richtung", () => {
  test.each([
    [51.51, 7.4, "n"],
    [51.51, 7.416, "no"],
    [51.5, 7.41, "o"],
    [51.49, 7.416, "so"],
    [51.49, 7.4, "s"],
    [51.49, 7.384, "sw"],
    [51.5, 7.39, "w"],
    [51.51, 7.384, "nw"],
  ])("%f, %f lies %s", (lat, lon, name) =>
    expect(RICHTUNGEN[richtung(versatz(51.5, 7.4, lat, lon))]).toBe(name),
  );
});

describe("entfernungstext", () => {
  test.each([
    [352, false, "350 m nördlich"],
    [996, false, "1 km nördlich"],
    [1234, false, "1,2 km nördlich"],
    [3, false, "genau hier"],
    [352, true, "etwa 400 m nördlich"],
    [30, true, "etwa hier"],
  ])("%d m, approximate: %s", (meter, ungefaehr, erwartet) =>
    expect(entfernungstext({ meter, richtung: 0, ungefaehr }, texte)).toBe(erwartet),
  );
  test("a radius in the unit that fits", () =>
    expect([500, 2000, 1250].map((m) => streckentext(m, texte))).toEqual([
      "500 m",
      "2 km",
      "1.250 m",
    ]));
});
