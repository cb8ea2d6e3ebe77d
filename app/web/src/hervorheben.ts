/** What of a text was found: the hits, in its own spelling. app/hervorhebung.py is the twin. */
import { woerter, wortformen } from "./falten";

/** Characters of a snippet, and of what stands before its first hit. */
const LAENGE = 150;
const VORLAUF = 45;
/** More lines below a name would hide the other projects. */
const FUNDSTELLEN = 2;

/** A piece of a text; `treffer`: it was looked for. */
export interface Stueck {
  readonly text: string;
  readonly treffer: boolean;
}

/** A text that was searched; `fremd`: German words on a page in another language. */
export interface Stelle {
  readonly feld: string;
  readonly text: string;
  readonly fremd: boolean;
}

export interface Fundstelle {
  readonly feld: string;
  readonly stuecke: readonly Stueck[];
  readonly fremd: boolean;
}

type Bereich = readonly [von: number, bis: number];

/** The whole text in pieces; `worte` are folded (`suchworte`). */
export function markiere(text: string, worte: readonly string[]): Stueck[] {
  const zeichen = [...text];
  return stuecke(zeichen, bereiche(zeichen, worte), 0, zeichen.length);
}

/** Which of the folded words begin a word of the text. */
export function getroffen(text: string, worte: readonly string[]): string[] {
  const vorhanden = woerter(text);
  return worte.filter((wort) => vorhanden.some((v) => v.startsWith(wort)));
}

/** Where the open words were found: as few texts as show most of them, at most two. */
export function fundstellen(
  stellen: readonly Stelle[],
  worte: readonly string[],
  offen: readonly string[],
): Fundstelle[] {
  let rest = offen;
  const gefunden: Fundstelle[] = [];
  while (rest.length && gefunden.length < FUNDSTELLEN) {
    let beste: Stelle | undefined;
    let meiste: string[] = [];
    for (const stelle of stellen) {
      const treffer = getroffen(stelle.text, rest);
      if (treffer.length > meiste.length) [beste, meiste] = [stelle, treffer];
    }
    if (!beste) break;
    const { feld, text, fremd } = beste;
    gefunden.push({ feld, stuecke: ausschnitt([...text], worte, meiste), fremd });
    rest = rest.filter((wort) => !meiste.includes(wort));
  }
  return gefunden;
}

function ausschnitt(
  zeichen: readonly string[],
  worte: readonly string[],
  gesucht: readonly string[],
): Stueck[] {
  const alle = bereiche(zeichen, worte);
  if (zeichen.length <= LAENGE) return stuecke(zeichen, alle, 0, zeichen.length);
  const [beginn, ende] = bereiche(zeichen, gesucht)[0]!;
  let von = Math.max(0, beginn - VORLAUF);
  if (von) {
    const luecke = zeichen.indexOf(" ", von);
    von = luecke >= 0 && luecke < beginn ? luecke + 1 : beginn;
  }
  let bis = Math.min(zeichen.length, von + LAENGE);
  if (bis < zeichen.length) {
    const luecke = zeichen.lastIndexOf(" ", bis - 1);
    bis = luecke >= ende ? luecke : Math.max(ende, bis);
  }
  return stuecke(zeichen, alle, von, bis);
}

/** The hits as [from, to) in code points, in order, those that meet as one. */
function bereiche(zeichen: readonly string[], worte: readonly string[]): Bereich[] {
  const roh = wortformen(zeichen).flatMap((formen) =>
    formen.flatMap((form) =>
      worte
        .filter((wort) => form.wort.startsWith(wort))
        .map((wort): Bereich => [form.von[0]!, mitZeichen(zeichen, form.bis[wort.length - 1]!)]),
    ),
  );
  roh.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const verbunden: Bereich[] = [];
  for (const [von, bis] of roh) {
    const letzter = verbunden.at(-1);
    if (letzter && von <= letzter[1])
      verbunden[verbunden.length - 1] = [letzter[0], Math.max(bis, letzter[1])];
    else verbunden.push([von, bis]);
  }
  return verbunden;
}

/** Takes along the marks that belong to the letter before. */
function mitZeichen(zeichen: readonly string[], bis: number): number {
  while (bis < zeichen.length && /\p{M}/u.test(zeichen[bis]!)) bis++;
  return bis;
}

/** The part [from, to) of a text in pieces; an ellipsis says what was left out. */
function stuecke(
  zeichen: readonly string[],
  alle: readonly Bereich[],
  von: number,
  bis: number,
): Stueck[] {
  const gefunden: Stueck[] = [];
  const nimm = (text: string, treffer: boolean): void => {
    const letztes = gefunden.at(-1);
    if (letztes?.treffer === treffer)
      gefunden[gefunden.length - 1] = { text: letztes.text + text, treffer };
    else if (text) gefunden.push({ text, treffer });
  };
  const teil = (a: number, b: number): string => zeichen.slice(a, b).join("");
  if (von) nimm("… ", false);
  let stelle = von;
  for (const [beginn, ende] of alle) {
    if (beginn >= bis || ende <= von) continue;
    nimm(teil(stelle, Math.max(beginn, stelle)), false);
    nimm(teil(Math.max(beginn, stelle), Math.min(ende, bis)), true);
    stelle = Math.min(ende, bis);
  }
  nimm(teil(stelle, bis), false);
  if (bis < zeichen.length) nimm(" …", false);
  return gefunden;
}
