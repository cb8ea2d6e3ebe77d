/** The sentence above the list and the words on the chips; app/ renders the same in Python. */
import { streckentext } from "./entfernungstext";
import type { Messpunkt } from "./messpunkt";
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
  return worte.codes[name]?.[code] ?? code;
}

/** A point without a radius measures; it leaves nothing out. */
function misstNur(abfrage: Abfrage): boolean {
  return abfrage.has("nahe") && !abfrage.has("umkreis");
}

/** One filter that is no facet, in words. */
function inWorten(
  name: string,
  wert: string,
  texte: Texte,
  messpunkt: Messpunkt | null,
  misst: boolean,
): string {
  if (name === "lage") return texte(`satz.lage.${wert}`);
  if (name === "umkreis")
    return texte("satz.umkreis", { strecke: streckentext(Number(wert), texte) });
  if (name === "nahe") return gemessen(misst ? "satz.ab" : "satz.nahe", texte, messpunkt);
  return texte(`satz.${name}`, { wert });
}

function gemessen(schluessel: string, texte: Texte, messpunkt: Messpunkt | null): string {
  if (messpunkt?.privat) return texte(`${schluessel}.standort`);
  if (messpunkt?.name) return texte(`${schluessel}.ort`, { ort: messpunkt.name });
  return texte(schluessel);
}

/** Every filter of a state in words, the values of one parameter together. */
export function filterworte(
  abfrage: Abfrage,
  worte: Worte,
  texte: Texte,
  messpunkt: Messpunkt | null,
): string[] {
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
    return [inWorten(name, werte[0]!, texte, messpunkt, misstNur(abfrage))];
  });
}

/** "12 von 93 Projekten: Handlungsfeld Flächenentwicklung, Stadtbezirk Huckarde" */
export function satz(
  abfrage: Abfrage,
  anzahl: number,
  gesamt: number,
  worte: Worte,
  texte: Texte,
  messpunkt: Messpunkt | null = null,
): string {
  const filter = filterworte(abfrage, worte, texte, messpunkt);
  const trenner = texte("satz.trenner");
  if (filter.length === Number(misstNur(abfrage)))
    return [texte("satz.alle", { gesamt }, gesamt), ...filter].join(trenner);
  return `${texte("satz.anzahl", { anzahl, gesamt }, gesamt)}: ${filter.join(trenner)}`;
}

export function chips(
  abfrage: Abfrage,
  worte: Worte,
  texte: Texte,
  messpunkt: Messpunkt | null = null,
): Chip[] {
  return [...abfrage].flatMap(([name, werte]) => {
    if (!istFilter(name)) return [];
    const facette = worte.facetten_texte[name];
    return werte.map((wert) => ({
      name,
      wert,
      text:
        facette === undefined
          ? inWorten(name, wert, texte, messpunkt, misstNur(abfrage))
          : `${facette}: ${label(worte, name, wert)}`,
    }));
  });
}
