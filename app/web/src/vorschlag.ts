/**
 * Meinten Sie …? Words of the index that are spelled like what found nothing. app/vorschlag.py is
 * the twin: same distance, same order, same words.
 */
import type { Engine } from "./engine";
import { wortformen } from "./falten";
import type { Stelle } from "./hervorheben";
import { ersteStelle } from "./suche";
import type { Suche } from "./typen";
import { einzelwert, ungefiltert, type Abfrage } from "./zustand";

const ANZAHL = 3;
/** Below this many letters a typing error cannot be told from another word. */
const KURZ = 4;
/** From so many letters on two errors are forgiven, in a whole word and in the beginning of one. */
const ZWEI_FEHLER = 6;
const ZWEI_FEHLER_AM_ANFANG = 10;
/** With more words that nobody knows it is no typing error. */
const UNBEKANNTE = 3;

export interface Vorschlag {
  readonly text: string;
  readonly abfrage: Abfrage;
  readonly anzahl: number;
  /** Under the other filters the text finds nothing either, so they are gone. */
  readonly allein: boolean;
}

/** A corrected query: what stays as it was typed, and words of the index by their position. */
type Korrektur = readonly (string | number)[];

/** Queries that were perhaps meant: only words that find nothing are replaced. */
export function korrekturen(suche: Suche, q: string): Korrektur[] {
  const zeichen = [...q];
  const laeufe = wortformen(zeichen).map((formen) => {
    const form = formen.at(-1)!;
    const getippt = zeichen.slice(form.von[0], form.bis.at(-1)).join("");
    return { getippt, wort: form.wort, bekannt: kennt(suche, form.wort) };
  });
  if (laeufe.filter(({ bekannt }) => !bekannt).length > UNBEKANNTE) return [];
  const aehnlich = laeufe.map(({ wort, bekannt }) => (bekannt ? null : aehnliche(suche, wort)));
  const unbekannt = aehnlich.filter((worte) => worte !== null);
  if (!unbekannt.length || unbekannt.some((worte) => !worte.length)) return [];
  // Several errors at once: the likeliest correction of each, no combinations.
  const wieviele = unbekannt.length === 1 ? unbekannt[0]!.length : 1;
  return Array.from({ length: wieviele }, (_, i) =>
    laeufe.map(({ getippt }, k) => aehnlich[k]?.[i] ?? getippt),
  );
}

/** The first project that has each replaced word: there stands how it is written. */
export function zeilenVon(suche: Suche, alle: readonly Korrektur[]): number[] {
  return alle
    .flat()
    .flatMap((teil) => (typeof teil === "number" ? [suche.zeilen[suche.start[teil]!]!] : []));
}

/** The corrections in words that find something in the state, or at least without its filters; `stellen` knows `zeilenVon`. */
export function vorschlaege(
  engine: Engine,
  suche: Suche,
  abfrage: Abfrage,
  stellen: (zeile: number) => readonly Stelle[],
): Vorschlag[] {
  const texte = korrekturen(suche, einzelwert(abfrage, "q") ?? "").map((korrektur) =>
    korrektur
      .map((teil) => (typeof teil === "number" ? geschrieben(suche, teil, stellen) : teil))
      .join(" "),
  );
  const frage = (zustand: Abfrage, allein: boolean): Vorschlag[] =>
    texte
      .map((text) => {
        const neu = ordneQ(zustand, text);
        return { text, abfrage: neu, anzahl: engine.treffer(neu).length, allein };
      })
      .filter(({ anzahl }) => anzahl > 0);
  const hier = frage(abfrage, false);
  return hier.length ? hier : frage(ungefiltert(abfrage), true);
}

/** A state with another text, which comes first in the table of parameters. */
function ordneQ(zustand: Abfrage, text: string): Abfrage {
  return new Map([["q", [text]], ...[...zustand].filter(([name]) => name !== "q")]);
}

function kennt(suche: Suche, wort: string): boolean {
  return suche.worte.von(ersteStelle(suche.worte, wort)).startsWith(wort);
}

/** Positions of the likeliest words; what begins with an earlier one adds nothing. */
function aehnliche(suche: Suche, wort: string): number[] {
  if (wort.length < KURZ || /\p{N}/u.test(wort)) return [];
  const gefunden: number[] = [];
  const worte = suche.worte;
  for (const [, , , , nummer] of kandidaten(suche, wort).sort(vergleiche)) {
    if (!gefunden.some((frueher) => worte.von(nummer).startsWith(worte.von(frueher))))
      gefunden.push(nummer);
    if (gefunden.length === ANZAHL) break;
  }
  return gefunden;
}

/** Errors; another first letter; only the beginning of a word; projects; position. */
type Kandidat = readonly [
  fehler: number,
  anders: number,
  anfang: number,
  projekte: number,
  nummer: number,
];

function kandidaten(suche: Suche, wort: string): Kandidat[] {
  const erlaubt = wort.length >= ZWEI_FEHLER ? 2 : 1;
  const amAnfang = wort.length >= ZWEI_FEHLER_AM_ANFANG ? 2 : 1;
  const gefunden: Kandidat[] = [];
  for (let nummer = 0; nummer < suche.worte.length; nummer++) {
    const kandidat = suche.worte.von(nummer);
    if (kandidat.length < KURZ || kandidat.length < wort.length - erlaubt) continue;
    let fehler = osa(wort, kandidat, erlaubt);
    const ganz = fehler <= erlaubt;
    if (!ganz) {
      fehler = fehlerAmAnfang(wort, kandidat, amAnfang);
      if (fehler > amAnfang) continue;
    }
    const projekte = suche.start[nummer + 1]! - suche.start[nummer]!;
    gefunden.push([fehler, Number(kandidat[0] !== wort[0]), Number(!ganz), -projekte, nummer]);
  }
  return gefunden;
}

function vergleiche(a: Kandidat, b: Kandidat): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

function fehlerAmAnfang(wort: string, kandidat: string, erlaubt: number): number {
  let wenigste = erlaubt + 1;
  for (let n = wort.length - 1; n <= Math.min(wort.length + 1, kandidat.length); n++)
    wenigste = Math.min(wenigste, osa(wort, kandidat.slice(0, n), erlaubt));
  return wenigste;
}

/**
 * Letters too many, missing, wrong or swapped (optimal string alignment); what is more than
 * `hoechstens` comes back as one more than that.
 */
export function osa(a: string, b: string, hoechstens: number): number {
  if (Math.abs(a.length - b.length) > hoechstens) return hoechstens + 1;
  let davor: number[] = [];
  let vorige = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const zeile = [i];
    let wenigste = i;
    for (let j = 1; j <= b.length; j++) {
      let wert = Math.min(
        vorige[j]! + 1,
        zeile[j - 1]! + 1,
        vorige[j - 1]! + Number(a[i - 1] !== b[j - 1]),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        wert = Math.min(wert, davor[j - 2]! + 1);
      zeile.push(wert);
      wenigste = Math.min(wenigste, wert);
    }
    // Swapped letters look two rows back: only two bad rows in a row are the end.
    if (wenigste > hoechstens && Math.min(...vorige) > hoechstens) return hoechstens + 1;
    [davor, vorige] = [vorige, zeile];
  }
  return Math.min(vorige.at(-1)!, hoechstens + 1);
}

/** A word of the index as it is written in the first project that has it. */
function geschrieben(
  suche: Suche,
  nummer: number,
  stellen: (zeile: number) => readonly Stelle[],
): string {
  const wort = suche.worte.von(nummer);
  for (const { text } of stellen(suche.zeilen[suche.start[nummer]!]!)) {
    const zeichen = [...text];
    for (const form of wortformen(zeichen).flat())
      if (form.wort === wort) return zeichen.slice(form.von[0], form.bis.at(-1)).join("");
  }
  // Written only in texts that this page does not show (another language).
  return wort;
}
