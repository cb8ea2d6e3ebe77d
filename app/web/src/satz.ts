/** The sentence above the list and the words on the chips; app/ renders the same in Python. */
import type { Texte } from "./texte";
import type { Blatt } from "./typen";
import { einzelwert, istFilter, type Abfrage } from "./zustand";

export interface Chip {
  readonly name: string;
  readonly wert: string;
  readonly text: string;
}

type Worte = Pick<Blatt, "codes" | "facetten_texte">;

function label(worte: Worte, name: string, code: string): string {
  return worte.codes[name]?.[code]?.label ?? code;
}

/** One filter that is no facet, in words. */
function inWorten(name: string, wert: string, texte: Texte): string {
  if (name === "lage") return texte(`satz.lage.${wert}`);
  if (name === "umkreis") return texte("satz.umkreis", { meter: Number(wert) });
  return texte(`satz.${name}`, { wert });
}

function teile(abfrage: Abfrage, worte: Worte, texte: Texte): string[] {
  const von = einzelwert(abfrage, "von");
  const bis = einzelwert(abfrage, "bis");
  const oder = ` ${texte("satz.oder")} `;
  return [...abfrage].flatMap(([name, werte]) => {
    if (!istFilter(name)) return [];
    const facette = worte.facetten_texte[name];
    if (facette !== undefined)
      return [`${facette} ${werte.map((code) => label(worte, name, code)).join(oder)}`];
    if (name === "von" && von && bis) return [texte("satz.vonbis", { von, bis })];
    if (name === "bis" && von && bis) return [];
    return [inWorten(name, werte[0]!, texte)];
  });
}

/** "12 von 93 Projekten: Handlungsfeld Flächenentwicklung, Stadtbezirk Huckarde" */
export function satz(
  abfrage: Abfrage,
  anzahl: number,
  gesamt: number,
  worte: Worte,
  texte: Texte,
): string {
  const filter = teile(abfrage, worte, texte);
  if (!filter.length) return texte("satz.alle", { gesamt }, gesamt);
  return `${texte("satz.anzahl", { anzahl, gesamt }, gesamt)}: ${filter.join(", ")}`;
}

export function chips(abfrage: Abfrage, worte: Worte, texte: Texte): Chip[] {
  return [...abfrage].flatMap(([name, werte]) => {
    if (!istFilter(name)) return [];
    const facette = worte.facetten_texte[name];
    return werte.map((wert) => ({
      name,
      wert,
      text:
        facette === undefined
          ? inWorten(name, wert, texte)
          : `${facette}: ${label(worte, name, wert)}`,
    }));
  });
}
