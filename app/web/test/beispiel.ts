/** Synthetic indexes for tests: small, random, unmistakable ("Testprojekt 17"). */
import { woerter } from "../src/falten";
import type { Textspalte, Zahlen } from "../src/spalten";
import type { Blatt, Index, Suche } from "../src/typen";

export const ganz = (zahlen: readonly number[]): Zahlen => Int32Array.from(zahlen);

export const texte = (alle: readonly string[]): Textspalte => ({
  length: alle.length,
  von: (stelle) => alle[stelle] ?? "",
  stelle: (text) => alle.indexOf(text),
});

/** Mulberry32: equal seeds give equal data, so that a failing case can be repeated. */
export function zufall(saat: number): () => number {
  let a = saat;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const CODES: Readonly<Record<string, readonly string[]>> = {
  handlungsfeld: ["flaechenentwicklung", "arbeit", "umwelt", "bildung", "ohne-angabe"],
  stadtbezirk: ["eving", "huckarde", "mengede", "scharnhorst"],
  status: ["umgesetzt", "gestartet"],
};
const WORTE = ["Hafen", "Schule", "Straße", "Grün-Fläche", "Hof"];

export function macheIndex(anzahl: number, saat: number): { index: Index; suche: Suche } {
  const wuerfel = zufall(saat);
  const eins = <T>(aus: readonly T[]): T => aus[Math.floor(wuerfel() * aus.length)]!;
  const zeilen = Array.from({ length: anzahl }, (_, i) => i);
  const name = zeilen.map((i) => `Testprojekt ${i} ${eins(WORTE)}`);
  const stadtbezirke = zeilen.map(() =>
    CODES["stadtbezirk"]!.flatMap((_, code) => (wuerfel() < 0.4 ? [code] : [])),
  );
  const orte = zeilen.flatMap((zeile) =>
    Array.from({ length: Math.floor(wuerfel() * 3) }, () => zeile),
  );
  const jahr = (): number => (wuerfel() < 0.5 ? 0 : 2010 + Math.floor(wuerfel() * 15));
  const einwertig = (facette: string): { start: null; wert: Zahlen } => ({
    start: null,
    wert: ganz(zeilen.map(() => Math.floor(wuerfel() * CODES[facette]!.length))),
  });
  const facette = (namen: string, werte: { start: Zahlen | null; wert: Zahlen }) => ({
    codes: CODES[namen]!,
    labels: CODES[namen]!,
    ...werte,
  });
  const index: Index = {
    stand: "2026-01",
    anzahl,
    id: texte(zeilen.map((i) => `test-${i}`)),
    nr: texte(zeilen.map(() => "")),
    name: texte(name),
    beginn: ganz(zeilen.map(jahr)),
    ende: ganz(zeilen.map(jahr)),
    standjahr: ganz(zeilen.map(jahr)),
    facetten: {
      handlungsfeld: facette("handlungsfeld", einwertig("handlungsfeld")),
      stadtbezirk: facette("stadtbezirk", {
        start: ganz([0, ...zeilen].map((_, i) => stadtbezirke.slice(0, i).flat().length)),
        wert: ganz(stadtbezirke.flat()),
      }),
      status: facette("status", einwertig("status")),
    },
    standorte: {
      projekt: ganz(orte),
      lon: ganz(orte.map(() => 7_300_000 + Math.floor(wuerfel() * 300_000))),
      lat: ganz(orte.map(() => 51_420_000 + Math.floor(wuerfel() * 180_000))),
      genauigkeit: ganz(orte.map(() => 0)),
      bezeichnung: texte(orte.map(() => "")),
      genauigkeiten: ["adresse", "platz", "quartier", "stadtbezirk"],
    },
    rang: {
      name: ganz(zeilen.map((i) => i + 1)),
      nr: ganz(zeilen.map(() => Math.floor(wuerfel() * 6))),
    },
    je_textdatei: 64,
  };
  return { index, suche: macheSuche(name) };
}

function macheSuche(namen: readonly string[]): Suche {
  const zeilen = new Map<string, number[]>();
  namen.forEach((name, zeile) => {
    for (const wort of woerter(name)) zeilen.set(wort, [...(zeilen.get(wort) ?? []), zeile]);
  });
  const worte = [...zeilen.keys()].sort();
  let summe = 0;
  return {
    worte: texte(worte),
    start: ganz([0, ...worte.map((wort) => (summe += zeilen.get(wort)!.length))]),
    zeilen: ganz(worte.flatMap((wort) => zeilen.get(wort)!)),
  };
}

export const NAEHE_TEXTE: Blatt["texte"] = {
  "naehe.hier": "genau hier",
  "naehe.hier.etwa": "etwa hier",
  "naehe.strecke.m": "{meter} m",
  "naehe.strecke.km": "{km} km",
  "naehe.weg": "{strecke} {richtung}",
  "naehe.weg.etwa": "etwa {strecke} {richtung}",
  "naehe.richtung.n": "nördlich",
};

export const BLATT: Blatt = {
  sprache: "de",
  texte: {
    "satz.alle": ["Das einzige Projekt", "Alle {gesamt} Projekte"],
    "satz.anzahl": ["{anzahl} von {gesamt} Projekt", "{anzahl} von {gesamt} Projekten"],
    "satz.oder": "oder",
    "satz.q": "Text „{wert}“",
    "satz.von": "Laufzeit ab {wert}",
    "satz.bis": "Laufzeit bis {wert}",
    "satz.trenner": ", ",
    "satz.vonbis": "Laufzeit {von}–{bis}",
    "satz.lage.mit": "mit Ort auf der Karte",
    "satz.nahe": "in der Nähe eines Punktes",
    "satz.ab": "mit Entfernung ab einem Punkt",
    "satz.ab.ort": "mit Entfernung ab {ort}",
    "satz.umkreis": "höchstens {strecke} entfernt",
    ...NAEHE_TEXTE,
  },
  parameter: [
    { name: "q", art: "text" },
    { name: "handlungsfeld", art: "facette" },
    { name: "stadtbezirk", art: "facette" },
    { name: "status", art: "facette" },
    { name: "von", art: "jahr" },
    { name: "bis", art: "jahr" },
    { name: "lage", art: "wahl", werte: ["mit", "ohne"] },
    { name: "bbox", art: "bbox" },
    { name: "nahe", art: "punkt" },
    { name: "umkreis", art: "meter" },
    { name: "sort", art: "sortierung", werte: ["name", "nr", "entfernung"] },
    { name: "sprache", art: "wahl", werte: ["de"] },
    { name: "projekt", art: "id" },
  ],
  felder: {},
  facetten_texte: { handlungsfeld: "Handlungsfeld", stadtbezirk: "Stadtbezirk", status: "Status" },
  codes: Object.fromEntries(
    Object.entries(CODES).map(([name, codes]) => [
      name,
      Object.fromEntries(codes.map((code) => [code, code.toUpperCase()])),
    ]),
  ),
  urls: {
    index: "",
    suche: "",
    gruppierung: "",
    texte: [],
    orte: "",
    api_projekt: "",
    projekt: "",
    stadtbezirk: "",
    platz: "",
    brachflaeche: "",
  },
  gesamt: 93,
  basis: "/",
  auch: "",
  grund: null,
  kacheln: null,
};
