import { expect, test } from "vitest";
import { chips, satz } from "../src/satz";
import { macheTexte } from "../src/texte";
import { parseAbfrage } from "../src/zustand";
import { BLATT } from "./beispiel";

const texte = macheTexte(BLATT.texte, "de");
const sage = (suchteil: string): string =>
  satz(parseAbfrage(suchteil, BLATT).abfrage, 12, 93, BLATT, texte);

test.each([
  ["", "Alle 93 Projekte"],
  ["?sort=nr&projekt=x", "Alle 93 Projekte"],
  [
    "?stadtbezirk=huckarde&handlungsfeld=umwelt&handlungsfeld=arbeit",
    "12 von 93 Projekten: Handlungsfeld ARBEIT oder UMWELT, Stadtbezirk HUCKARDE",
  ],
  ["?q=Hafen&von=2016", "12 von 93 Projekten: Text „Hafen“, Laufzeit ab 2016"],
  ["?von=2016&bis=2020", "12 von 93 Projekten: Laufzeit 2016–2020"],
  ["?bis=2020&lage=mit", "12 von 93 Projekten: Laufzeit bis 2020, mit Ort auf der Karte"],
  ["?nahe=51.5,7.4", "Alle 93 Projekte, mit Entfernung ab einem Punkt"],
  [
    "?nahe=51.5,7.4&lage=mit",
    "12 von 93 Projekten: mit Ort auf der Karte, mit Entfernung ab einem Punkt",
  ],
  [
    "?nahe=51.5,7.4&umkreis=5000",
    "12 von 93 Projekten: in der Nähe eines Punktes, höchstens 5 km entfernt",
  ],
])("%s", (suchteil, erwartet) => expect(sage(suchteil)).toBe(erwartet));

test("a chip for every value that narrows the result", () => {
  const { abfrage } = parseAbfrage("?q=Hafen&status=umgesetzt&von=2016&sort=nr", BLATT);
  expect(chips(abfrage, BLATT, texte)).toEqual([
    { name: "q", wert: "Hafen", text: "Text „Hafen“" },
    { name: "status", wert: "umgesetzt", text: "Status: UMGESETZT" },
    { name: "von", wert: "2016", text: "Laufzeit ab 2016" },
  ]);
});

test("plural forms stand in CLDR order, whatever the language", () => {
  const uk = macheTexte({ n: ["один", "кілька", "багато", "решта"] }, "uk");
  expect([1, 2, 5].map((anzahl) => uk("n", {}, anzahl))).toEqual(["один", "кілька", "багато"]);
});
