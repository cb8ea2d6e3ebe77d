import { describe, expect, test } from "vitest";
import { formatAbfrage, mit, ohne, parseAbfrage, ungefiltert } from "../src/zustand";
import { BLATT } from "./beispiel";

const lies = (suchteil: string) => parseAbfrage(suchteil, BLATT);
const runde = (suchteil: string): string => formatAbfrage(lies(suchteil).abfrage);

describe("parseAbfrage", () => {
  test.each([
    ["", ""],
    ["?q=", ""],
    ["?q=+Hafen+", "?q=Hafen"],
    ["?q=Grün%20fläche", "?q=Gr%C3%BCn%20fl%C3%A4che"],
    ["?q=a'(b)*!", "?q=a%27%28b%29%2A%21"],
    [
      "?status=gestartet&handlungsfeld=umwelt&handlungsfeld=arbeit&handlungsfeld=umwelt",
      "?handlungsfeld=arbeit&handlungsfeld=umwelt&status=gestartet",
    ],
    ["?nahe=51.5360,7.41571000&umkreis=0500", "?nahe=51.536,7.41571&umkreis=500"],
    ["?bbox=7.4,51.52,7.48,51.56", "?bbox=7.4,51.52,7.48,51.56"],
    ["?sort=-nr&von=2016&bis=2020", "?von=2016&bis=2020&sort=-nr"],
    ["?utm_source=x&mtm_a=1&pk_b=2&lage=mit", "?lage=mit"],
  ])("%s is %s", (roh, kanonisch) => {
    expect(runde(roh)).toBe(kanonisch);
    expect(runde(kanonisch)).toBe(kanonisch);
    expect(lies(roh).verworfen).toEqual([]);
  });

  test.each([
    ["?farbe=rot", ["farbe"]],
    ["?handlungsfeld=quatsch", ["handlungsfeld"]],
    ["?handlungsfeld=toString", ["handlungsfeld"]],
    ["?von=16", ["von"]],
    ["?von=2020&bis=2016", ["bis"]],
    ["?lage=mit&lage=ohne", ["lage"]],
    ["?bbox=nan,1,2,3", ["bbox"]],
    ["?bbox=8,51,7,52", ["bbox"]],
    ["?nahe=91,7", ["nahe"]],
    ["?umkreis=500", ["umkreis"]],
    ["?sort=entfernung", ["sort"]],
    [`?q=${"x".repeat(201)}`, ["q"]],
    ["?projekt=../x", ["projekt"]],
  ])("%s is set aside and named", (roh, namen) => {
    expect(lies(roh).verworfen.map(({ parameter }) => parameter)).toEqual(namen);
    expect(lies(roh).abfrage.has(namen[0]!)).toBe(false);
  });
});

describe("changes", () => {
  test("a value is added in code list order and removed again", () => {
    const { abfrage } = lies("?handlungsfeld=umwelt");
    const mehr = mit(abfrage, "handlungsfeld", ["umwelt", "arbeit"], BLATT);
    expect(formatAbfrage(mehr)).toBe("?handlungsfeld=arbeit&handlungsfeld=umwelt");
    expect(formatAbfrage(ohne(mehr, "handlungsfeld", "umwelt", BLATT))).toBe(
      "?handlungsfeld=arbeit",
    );
  });
  test("radius and distance go with the point", () =>
    expect(
      formatAbfrage(
        ohne(
          lies("?nahe=51.5,7.4&umkreis=500&sort=-entfernung").abfrage,
          "nahe",
          "51.5,7.4",
          BLATT,
        ),
      ),
    ).toBe(""));
  test("a beginning after the end replaces it", () =>
    expect(formatAbfrage(mit(lies("?bis=2016").abfrage, "von", ["2020"], BLATT))).toBe(
      "?von=2020",
    ));
  test("reset keeps order and language", () =>
    expect(formatAbfrage(ungefiltert(lies("?q=a&sort=nr&sprache=de&projekt=nw-019").abfrage))).toBe(
      "?sort=nr&sprache=de",
    ));
});
