/** What the list shows of a hit: where it stands in the entry, and where else it was found. */
import { eintragszeile } from "./eintragszeile";
import {
  fundstellen,
  getroffen,
  markiere,
  type Fundstelle,
  type Stelle,
  type Stueck,
} from "./hervorheben";
import { labelsVon } from "./projekt";
import type { Texte } from "./texte";
import type { Blatt, Index } from "./typen";

const SPALTE: Readonly<Record<string, string>> = { stadtbezirk: "stadtbezirke" };

/** [field, text] of one project, in the order of the build. */
export type Rohtexte = readonly (readonly [feld: string, text: string])[];

/** The searched texts of a project: in the page's language first, then the German ones. */
export function stellen(index: Index, blatt: Blatt, zeile: number, roh: Rohtexte): Stelle[] {
  const fremd = blatt.sprache !== "de";
  const endungen = blatt.parameter.find(({ name }) => name === "sprache")?.werte ?? [];
  const endung = `_${blatt.sprache}`;
  const uebersetzt = roh
    .filter(([feld]) => feld.endsWith(endung))
    .map(([feld, text]) => ({ feld: feld.slice(0, -endung.length), text, fremd: false }));
  const labels = Object.keys(fremd ? index.facetten : {}).flatMap((name) => {
    const worte = name === "beteiligt" ? [] : labelsVon(index, blatt, name, zeile);
    const feld = SPALTE[name] ?? name;
    return worte.length ? [{ feld, text: worte.join("; "), fremd: false }] : [];
  });
  const deutsch = roh
    .filter(([feld]) => !endungen.some((code) => feld.endsWith(`_${code}`)))
    .map(([feld, text]) => ({ feld, text, fremd }));
  return [...uebersetzt, ...labels, ...deutsch];
}

/** The searched texts with the name before them: where a spelling is looked up. */
export function stellenMitName(index: Index, blatt: Blatt, zeile: number, roh: Rohtexte): Stelle[] {
  const name = { feld: "name", text: index.name.von(zeile), fremd: false };
  return [name, ...stellen(index, blatt, zeile, roh)];
}

/** A list entry in which the words of a query are marked. */
export interface Fund {
  readonly name: readonly Stueck[];
  readonly meta: readonly Stueck[];
  /** Words that neither name nor line show: their texts have to be quoted. */
  readonly offen: readonly string[];
}

/** Marks what stands in the name, the number, the Stadtbezirk or the status. */
export function fund(
  index: Index,
  blatt: Blatt,
  texte: Texte,
  zeile: number,
  worte: readonly string[],
): Fund {
  const name = index.name.von(zeile);
  const { nr, bezirke, status, rest } = eintragszeile(index, blatt, texte, zeile);
  // "Nr." itself was not searched: only what the number begins with is a hit in it.
  const zeilen: [string, string[]][] = [
    [nr, getroffen(index.nr.von(zeile), worte)],
    [bezirke, getroffen(bezirke, worte)],
    [status, getroffen(status, worte)],
    ...rest.map((text): [string, string[]] => [text, []]),
  ];
  const gezeigt = new Set([
    ...getroffen(name, worte),
    ...zeilen.flatMap(([, gefunden]) => gefunden),
  ]);
  return {
    name: markiere(name, worte),
    meta: zeilen
      .filter(([text]) => text)
      .flatMap(([text, gefunden], i) => [
        ...(i ? [{ text: " · ", treffer: false }] : []),
        ...markiere(text, gefunden),
      ]),
    offen: worte.filter((wort) => !gezeigt.has(wort)),
  };
}

/** Where the open words of a hit stand. */
export function fundstellenVon(
  index: Index,
  blatt: Blatt,
  zeile: number,
  roh: Rohtexte,
  worte: readonly string[],
  offen: readonly string[],
): Fundstelle[] {
  return fundstellen(stellen(index, blatt, zeile, roh), worte, offen);
}
