// Answers every case with the browser's code, for test_liste.py: parts of the list, marked hits,
// ways out of an empty result. Arguments: engine.mjs, index.bin, suche.bin, blatt.json, faelle.json,
// then the files of searched texts; JSON on stdout.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modul, indexdatei, suchdatei, ...dateien] = process.argv.slice(2);
const web = await import(pathToFileURL(modul));
const [blatt, faelle, ...textdateien] = dateien.map((d) => JSON.parse(readFileSync(d, "utf8")));
const bytes = (datei) => new Uint8Array(readFileSync(datei)).buffer;
const index = web.liesIndex(bytes(indexdatei));
const suche = web.liesSuche(bytes(suchdatei));
const texte = web.macheTexte(blatt.texte, blatt.lang);
const roh = textdateien.flatMap(({ felder, projekte }) =>
  projekte.map((stellen) => stellen.map(([feld, text]) => [felder[feld], text])),
);
const engine = new web.Engine(index);
engine.setzeText(suche);

const stuecke = (alle) => alle.map(({ text, treffer }) => [text, treffer]);

function funde(abfrage, zeile) {
  const worte = web.suchworte(abfrage.get("q")?.[0] ?? "");
  if (!worte.length) return null;
  const { name, meta, offen } = web.fund(index, blatt, texte, zeile, worte);
  const stellen = web.fundstellenVon(index, blatt, zeile, roh[zeile], worte, offen);
  return {
    name: stuecke(name),
    meta: stuecke(meta),
    stellen: stellen.map(({ feld, stuecke: s, fremd }) => [feld, stuecke(s), fremd]),
  };
}

const antworten = faelle.map((query) => {
  const { abfrage } = web.parseAbfrage(query, blatt);
  const { zeilen } = engine.abfragen(abfrage);
  const namen = (zeile) => web.stellenMitName(index, blatt, zeile, roh[zeile]);
  const leer = zeilen.length === 0;
  return {
    abschnitte: web
      .abschnitte(index, engine.mitOrt, abfrage, zeilen)
      .map((teil) => [teil.art, web.titel(teil, abfrage, blatt, texte), [...teil.zeilen]]),
    funde: [...zeilen].slice(0, 40).map((zeile) => funde(abfrage, zeile)),
    lockerungen: leer
      ? web
          .lockerungen(engine, abfrage, blatt)
          .map((l) => [l.namen, web.formatAbfrage(l.abfrage), l.anzahl])
      : [],
    vorschlaege: leer
      ? web.vorschlaege(engine, suche, abfrage, namen).map((v) => [v.text, web.formatAbfrage(v.abfrage), v.anzahl, v.allein])
      : [],
  };
});
process.stdout.write(JSON.stringify(antworten));
