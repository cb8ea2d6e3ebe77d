import { describe, expect, test } from "vitest";
import { falten, suchworte, woerter } from "../src/falten";

describe("falten", () => {
  test.each([
    ["Münsterstraße", "munsterstrasse"],
    ["Muensterstrasse", "munsterstrasse"],
    ["Munsterstrasse", "munsterstrasse"],
    ["ÄÖÜ", "aou"],
    ["café ﬁn", "cafe fin"],
    ["Neue 🌳", "neu "],
  ])("%s → %s", (text, erwartet) => expect(falten(text)).toBe(erwartet));
});

describe("woerter", () => {
  test("parts of a hyphenated word, and the joined word", () =>
    expect(woerter("Huckarde-Nord")).toEqual(["huckarde", "nord", "huckardenord"]));
  test("a non-breaking hyphen joins as well", () =>
    expect(woerter("Huckarde\u2011Nord")).toContain("huckardenord"));
  test("parts of a long word in Leichte Sprache, and the whole word", () =>
    expect(woerter("Spiel·platz")).toEqual(["spiel", "platz", "spielplatz"]));
  test("the umlaut rule meets the joined word", () =>
    expect(woerter("Da-Echse")).toEqual(["da", "echse", "dachse"]));
  test("each word once, punctuation separates", () =>
    expect(woerter("Hafen, (Hafen) 2030!")).toEqual(["hafen", "2030"]));
  test("a query looks a hyphenated word up joined", () =>
    expect(suchworte("Huckarde-Nord Hafen")).toEqual(["huckardenord", "hafen"]));
  test("nothing but punctuation is no word", () => expect(suchworte("– !?")).toEqual([]));
});
