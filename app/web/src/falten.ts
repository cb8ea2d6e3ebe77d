/** Folding and words of the text search; layers/falten.py is the twin. */

/** Letters that are written apart where a keyboard lacks them: *Muenster* and *Münster* are one. */
const UMLAUT = /([aou])e/g;
const TEIL = "[\\p{L}\\p{N}]+";
// NFKD turns the non-breaking hyphen U+2011 into U+2010, so both have to be accepted here.
// U+00B7 parts long words in Leichte Sprache (Spiel·platz).
const LAUF = new RegExp(`${TEIL}(?:[-\\u2010\\u2011\\u00b7]${TEIL})*`, "gu");
const BINDESTRICH = /[-\u2010\u2011\u00b7]/;

const EINZELN = new RegExp(TEIL, "gu");
/** Marks and what lies beyond the BMP: dropped. */
const WEG = /[\p{M}\u{10000}-\u{10FFFF}]/gu;

/** Without case, accents and `ß`: NFKD, no marks, lower case, `ss`. */
function grundform(text: string): string {
  return text.normalize("NFKD").replace(WEG, "").toLowerCase().replace(/ß/g, "ss");
}

const ohneUmlaut = (text: string): string => text.replace(UMLAUT, "$1");

export function falten(text: string): string {
  return ohneUmlaut(grundform(text));
}

function zerlege(text: string, nurZusammen: boolean): string[] {
  const gefunden = [...grundform(text).matchAll(LAUF)].flatMap(([lauf]) => {
    const teile = lauf.split(BINDESTRICH);
    if (teile.length === 1) return teile;
    return nurZusammen ? [teile.join("")] : [...teile, teile.join("")];
  });
  // The umlaut rule meets the joined word too, so that it is found however it is written.
  return [...new Set(gefunden.map(ohneUmlaut))];
}

/** Words under which a text is found: the parts of a hyphenated word, and the joined word. */
export function woerter(text: string): string[] {
  return zerlege(text, false);
}

/** Words of a query: a hyphenated word is looked up joined. */
export function suchworte(text: string): string[] {
  return zerlege(text, true);
}

/** A folded word; character i of it came from the code points von[i] … bis[i] of the text. */
export interface Wortform {
  readonly wort: string;
  readonly von: readonly number[];
  readonly bis: readonly number[];
}

/**
 * What each run of letters and digits is found under: its parts, last the whole. All forms together
 * are `woerter`; the last of every run is what `suchworte` makes of it.
 */
export function wortformen(zeichen: readonly string[]): Wortform[][] {
  const { grund, herkunft } = mitHerkunft(zeichen);
  return [...grund.matchAll(LAUF)].map((lauf) => {
    const teile = [...lauf[0].matchAll(EINZELN)].map((teil) =>
      Array.from(teil[0], (_, i) => lauf.index + teil.index + i),
    );
    const alle = teile.length > 1 ? [...teile, teile.flat()] : teile;
    return alle.map((stellen) => wortform(grund, stellen, herkunft));
  });
}

/** `grundform`, and for each of its characters the code point it came from. */
function mitHerkunft(zeichen: readonly string[]): { grund: string; herkunft: number[] } {
  let bleibt = "";
  const stellen: number[] = [];
  zeichen.forEach((eins, stelle) => {
    for (const teil of eins.normalize("NFKD").replace(WEG, "")) {
      bleibt += teil;
      stellen.push(stelle);
    }
  });
  // Lower case needs the whole text (a sigma at the end of a word); it keeps the length here.
  let grund = "";
  const herkunft: number[] = [];
  [...bleibt.toLowerCase()].forEach((eins, i) => {
    for (const teil of eins === "ß" ? "ss" : eins) {
      grund += teil;
      herkunft.push(stellen[i]!);
    }
  });
  return { grund, herkunft };
}

function wortform(
  grund: string,
  stellen: readonly number[],
  herkunft: readonly number[],
): Wortform {
  const roh = stellen.map((stelle) => grund[stelle]).join("");
  const von: number[] = [];
  const bis: number[] = [];
  let wort = "";
  for (let i = 0; i < roh.length;) {
    const laenge = "aou".includes(roh[i]!) && roh[i + 1] === "e" ? 2 : 1;
    wort += roh[i];
    von.push(herkunft[stellen[i]!]!);
    bis.push(herkunft[stellen[i + laenge - 1]!]! + 1);
    i += laenge;
  }
  return { wort, von, bis };
}
