/** Opens the columns of a build: `index.bin` and `suche.bin` (docs/architecture.md). */
import { Spaltendatei } from "./spalten";
import type { Facette, Index, Suche } from "./typen";

interface Kopf {
  readonly stand: string;
  readonly anzahl: number;
  readonly facetten: Readonly<Record<string, Pick<Facette, "codes" | "labels">>>;
  readonly genauigkeiten: readonly string[];
  readonly je_textdatei: number;
}

const RAENGE = [
  "name",
  "nr",
  "stadtbezirk",
  "handlungsfeld",
  "projektfamilie",
  "generation",
  "status",
  "beginn",
  "stand",
];

export function liesIndex(puffer: ArrayBuffer): Index {
  const datei = new Spaltendatei<Kopf>(puffer);
  const { stand, anzahl, facetten, genauigkeiten, je_textdatei } = datei.kopf;
  return {
    stand,
    anzahl,
    id: datei.texte("id"),
    nr: datei.texte("nr"),
    name: datei.texte("name"),
    beginn: datei.zahlen("beginn"),
    ende: datei.zahlen("ende"),
    standjahr: datei.zahlen("standjahr"),
    facetten: Object.fromEntries(
      Object.entries(facetten).map(([name, angaben]) => {
        const spalte = `facette.${name}`;
        const start = datei.hat(`${spalte}.start`) ? datei.zahlen(`${spalte}.start`) : null;
        return [name, { ...angaben, start, wert: datei.zahlen(spalte) }];
      }),
    ),
    standorte: {
      projekt: datei.zahlen("standort.projekt"),
      lon: datei.zahlen("standort.lon"),
      lat: datei.zahlen("standort.lat"),
      genauigkeit: datei.zahlen("standort.genauigkeit"),
      bezeichnung: datei.texte("standort.bezeichnung"),
      genauigkeiten,
    },
    rang: Object.fromEntries(RAENGE.map((name) => [name, datei.zahlen(`rang.${name}`)])),
    je_textdatei,
  };
}

export function liesSuche(puffer: ArrayBuffer): Suche {
  const datei = new Spaltendatei<unknown>(puffer);
  return {
    worte: datei.texte("worte"),
    start: datei.zahlen("start"),
    zeilen: datei.zahlen("zeilen"),
  };
}
