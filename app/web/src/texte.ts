/** The catalogue in the browser: texts by key, plurals by CLDR category, numbers by locale. */
import type { Blatt } from "./typen";

export type Werte = Readonly<Record<string, string | number>>;
export type Texte = (schluessel: string, werte?: Werte, anzahl?: number) => string;

const KATEGORIEN = ["zero", "one", "two", "few", "many", "other"];

/** How a language writes numbers. Arabic too is read with 0–9 here: as on the street signs and in the dates around it. */
export function macheZahl(sprachkennung: string): (zahl: number) => string {
  // Made when it is first needed: the first one of a page costs a phone a fifth of a second.
  let form: Intl.NumberFormat | null = null;
  return (zahl) => {
    // Up to here all languages write a number as the programming language does.
    if (Number.isInteger(zahl) && zahl >= 0 && zahl < 1000) return String(zahl);
    form ??= new Intl.NumberFormat(sprachkennung, { numberingSystem: "latn" });
    return form.format(zahl);
  };
}

/** `sprachkennung` is the page's `lang` (BCP 47), which differs from our own names ("leicht"). */
export function macheTexte(texte: Blatt["texte"], sprachkennung: string): Texte {
  const zahl = macheZahl(sprachkennung);
  const mehrzahl = new Intl.PluralRules(sprachkennung);
  const vorhandene: readonly string[] = mehrzahl.resolvedOptions().pluralCategories;
  const formen = KATEGORIEN.filter((kategorie) => vorhandene.includes(kategorie));
  return (schluessel, werte = {}, anzahl) => {
    const eintrag = texte[schluessel] ?? schluessel;
    const muster =
      typeof eintrag === "string"
        ? eintrag
        : (eintrag[formen.indexOf(mehrzahl.select(anzahl ?? 0))] ?? eintrag.at(-1) ?? schluessel);
    return muster.replace(/\{(\w+)\}/g, (platzhalter, name: string) => {
      const wert = werte[name] ?? platzhalter;
      return typeof wert === "number" ? zahl(wert) : wert;
    });
  };
}
