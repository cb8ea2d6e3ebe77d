// Answers every case of the table with the browser's engine, for test_beide_engines.py.
// Arguments: engine.mjs, index.bin, suche.bin, parameter.json, faelle.json, texte.json; JSON on
// stdout. `texte` holds the words for distances of every language, by code.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modul, indexdatei, suchdatei, ...dateien] = process.argv.slice(2);
const { Engine, entfernungstext, formatAbfrage, liesIndex, liesSuche, macheTexte, parseAbfrage } =
  await import(pathToFileURL(modul));
const [parameter, faelle, sprachen] = dateien.map((d) => JSON.parse(readFileSync(d, "utf8")));
const bytes = (datei) => new Uint8Array(readFileSync(datei)).buffer;

const index = liesIndex(bytes(indexdatei));
const engine = new Engine(index);
engine.setzeText(liesSuche(bytes(suchdatei)));
const codes = Object.fromEntries(
  Object.entries(index.facetten).map(([name, facette]) => [
    name,
    Object.fromEntries(facette.codes.map((c, i) => [c, { label: facette.labels[i], kurz: "" }])),
  ]),
);

const texte = Object.entries(sprachen).map(([code, { lang, texte }]) => [
  code,
  macheTexte(texte, lang),
]);

/** How far and where a row lies, in every language; null without a point or a location. */
function entfernung(abfrage, ergebnis, zeile) {
  const naehe = engine.naehe(abfrage, ergebnis, zeile);
  return naehe && Object.fromEntries(texte.map(([code, t]) => [code, entfernungstext(naehe, t)]));
}

const antworten = faelle.map((query) => {
  const { abfrage } = parseAbfrage(query, { parameter, codes });
  const ergebnis = engine.abfragen(abfrage);
  return {
    ids: Array.from(ergebnis.zeilen, (zeile) => index.id.von(zeile)),
    facetten: Object.fromEntries([...ergebnis.anzahlen].map(([n, werte]) => [n, [...werte]])),
    query: formatAbfrage(abfrage),
    entfernungen: Array.from(ergebnis.zeilen, (zeile) => entfernung(abfrage, ergebnis, zeile)),
  };
});
process.stdout.write(JSON.stringify(antworten));
