/** Folding and words of the text search; layers/falten.py is the twin. */

/** Letters that are written apart where a keyboard lacks them: *Muenster* and *Münster* are one. */
const UMLAUT = /([aou])e/g;
const TEIL = "[\\p{L}\\p{N}]+";
// NFKD turns the non-breaking hyphen U+2011 into U+2010, so both have to be accepted here.
const LAUF = new RegExp(`${TEIL}(?:[-\\u2010\\u2011]${TEIL})*`, "gu");
const BINDESTRICH = /[-\u2010\u2011]/;

/** Without case, accents and `ß`: NFKD, no marks, lower case, `ss`. */
function grundform(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\u{10000}-\u{10FFFF}]/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss");
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
