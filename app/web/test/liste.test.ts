import { describe, expect, test } from "vitest";
import { suchworte, wortformen, woerter } from "../src/falten";
import { fundstellen, markiere } from "../src/hervorheben";
import { osa } from "../src/vorschlag";

/** The text with its hits in brackets. */
function gezeigt(stuecke: readonly { text: string; treffer: boolean }[]): string {
  return stuecke.map(({ text, treffer }) => (treffer ? `[${text}]` : text)).join("");
}

describe("wortformen", () => {
  test.each(["Huckarde-Nord, Münsterstraße", "Da-Echse ﬁn 😀 ½", "Neue Aue", ""])(
    "all forms of %j are its words, the last ones those of a query",
    (text) => {
      const formen = wortformen([...text]);
      expect(new Set(formen.flat().map(({ wort }) => wort))).toEqual(new Set(woerter(text)));
      expect([...new Set(formen.map((lauf) => lauf.at(-1)!.wort))]).toEqual(suchworte(text));
    },
  );
});

describe("markiere", () => {
  test.each([
    ["Die Münsterstraße", "muenster", "Die [Münster]straße"],
    ["Die Muensterstrasse", "Münster", "Die [Muenster]strasse"],
    ["Große Straße", "stras", "Große [Straß]e"],
    ["Huckarde-Nord", "huckardeno", "[Huckarde-No]rd"],
    ["Huckarde-Nord", "nord", "Huckarde-[Nord]"],
    ["Spiel·platz", "spielplatz", "[Spiel·platz]"],
    ["Mu\u0308nster", "mu", "[Mu\u0308]nster"],
    ["Hafen und Hafenpark", "hafen", "[Hafen] und [Hafen]park"],
    ["nichts davon", "hafen", "nichts davon"],
  ])("%s, %s", (text, q, erwartet) => expect(gezeigt(markiere(text, suchworte(q)))).toBe(erwartet));
});

describe("fundstellen", () => {
  const lang = `${"Wort ".repeat(40)}Hafen ${"Wort ".repeat(40)}`;
  const stellen = [
    { feld: "kurzbeschreibung", text: lang, fremd: false },
    { feld: "sachstand", text: "Der Hafen und die Kokerei", fremd: false },
    { feld: "ort", text: "Kokerei", fremd: false },
  ];

  test("a quotation is cut at words around the hit", () => {
    const [stelle] = fundstellen(stellen, ["hafen"], ["hafen"]);
    const text = gezeigt(stelle!.stuecke);
    expect(text).toMatch(/^… (Wort )+\[Hafen\]( Wort)+ …$/);
    expect(text.length).toBeLessThan(170);
  });

  test("one text that shows all words is better than two", () => {
    const worte = ["hafen", "kokerei"];
    expect(fundstellen(stellen, worte, worte).map(({ feld }) => feld)).toEqual(["sachstand"]);
  });

  test("what nothing shows is not quoted", () =>
    expect(fundstellen(stellen, ["xyz"], ["xyz"])).toEqual([]));
});

describe("osa", () => {
  test.each([
    ["kokerei", "kokerei", 0],
    ["kokrei", "kokerei", 1],
    ["kokeeri", "kokerei", 1],
    ["kokeeir", "kokerei", 2],
    ["okkerei", "kokerei", 1],
    ["abc", "xyz", 3],
    ["hafen", "bahnhof", 3],
  ])("%s, %s: %i (three are too many)", (a, b, fehler) => expect(osa(a, b, 2)).toBe(fehler));
});
