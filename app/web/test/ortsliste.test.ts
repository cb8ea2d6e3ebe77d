import { describe, expect, it } from "vitest";
import { woerter } from "../src/falten";
import { besteOrte } from "../src/ortsliste";

const orte = [
  ["projekt", "Testprojekt 17 am Markt"],
  ["platz", "Nördlicher Markt"],
  ["stadtbezirk", "Markt"],
  ["statistischer-bezirk", "Markt"],
  ["brachflaeche", "Alte-Weiche"],
].map(([art = "", name = ""]) => ({
  treffer: { art, name, zusatz: "" },
  worte: woerter(name),
}));

const namen = (text: string): string[] =>
  besteOrte(text, orte).map(({ art, name }) => `${art} ${name}`);

describe("places of a frozen copy", () => {
  it("puts the name that is nothing but the word first, districts before the rest", () => {
    expect(namen("markt")).toEqual([
      "stadtbezirk Markt",
      "statistischer-bezirk Markt",
      "platz Nördlicher Markt",
      "projekt Testprojekt 17 am Markt",
    ]);
  });

  it("folds case, umlauts and hyphens, and takes beginnings of words", () => {
    expect(namen("NOERD mar")).toEqual(["platz Nördlicher Markt"]);
    expect(namen("alteweiche")).toEqual(["brachflaeche Alte-Weiche"]);
  });

  it("wants every word", () => {
    expect(namen("markt hafen")).toEqual([]);
    expect(namen(" – ")).toEqual([]);
  });
});
