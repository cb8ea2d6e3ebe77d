// Answers every case of the table with the browser's engine, for test_beide_engines.py.
// Arguments: engine.mjs, index.json, suche.json, parameter.json, faelle.json; JSON on stdout.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modul, ...dateien] = process.argv.slice(2);
const { Engine, parseAbfrage, formatAbfrage } = await import(pathToFileURL(modul));
const [index, suche, parameter, faelle] = dateien.map((d) => JSON.parse(readFileSync(d, "utf8")));

const engine = new Engine(index);
engine.setzeText(suche);
const codes = Object.fromEntries(
  Object.entries(index.facetten).map(([name, facette]) => [
    name,
    Object.fromEntries(facette.codes.map((c, i) => [c, { label: facette.labels[i], kurz: "" }])),
  ]),
);

const antworten = faelle.map((query) => {
  const { abfrage } = parseAbfrage(query, { parameter, codes });
  const ergebnis = engine.abfragen(abfrage);
  return {
    ids: Array.from(ergebnis.zeilen, (zeile) => index.id[zeile]),
    facetten: Object.fromEntries([...ergebnis.anzahlen].map(([n, werte]) => [n, [...werte]])),
    query: formatAbfrage(abfrage),
  };
});
process.stdout.write(JSON.stringify(antworten));
