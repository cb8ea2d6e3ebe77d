/** The search for places in a frozen copy: the list of all places instead of the service. */
import { suchworte, woerter } from "./falten";
import { ladeJson } from "./holen";
import { ANZAHL, type Antwort, type Ortsquelle, type Treffer } from "./ortssuche";

/** Which comes first among equally good ones, as the service orders them. */
const REIHENFOLGE = ["stadtbezirk", "statistischer-bezirk", "platz", "brachflaeche", "projekt"];

export interface Kandidat {
  readonly treffer: Treffer;
  readonly worte: readonly string[];
}

/**
 * How well a place answers the words: every word must begin one of its name. Less is better: a name
 * that is nothing but these words comes before one that only begins with them.
 */
export function abstand(gefragt: readonly string[], { worte }: Kandidat): number {
  if (!gefragt.every((wort) => worte.some((eigenes) => eigenes.startsWith(wort)))) return Infinity;
  const ganz = gefragt.filter((wort) => worte.includes(wort)).length;
  const vorn = worte[0]?.startsWith(gefragt[0] ?? "") ? 0 : 1;
  return vorn + (gefragt.length - ganz) + (worte.length - gefragt.length) / 10;
}

/** The best places for a text, the best first. */
export function besteOrte(text: string, kandidaten: readonly Kandidat[]): Treffer[] {
  const gefragt = suchworte(text);
  if (!gefragt.length) return [];
  return kandidaten
    .map((kandidat) => ({ treffer: kandidat.treffer, wert: abstand(gefragt, kandidat) }))
    .filter(({ wert }) => wert < Infinity)
    .sort(
      (a, b) =>
        a.wert - b.wert ||
        REIHENFOLGE.indexOf(a.treffer.art) - REIHENFOLGE.indexOf(b.treffer.art) ||
        a.treffer.name.localeCompare(b.treffer.name, "de"),
    )
    .slice(0, ANZAHL)
    .map(({ treffer }) => treffer);
}

export class Ortsliste implements Ortsquelle {
  private geladen: Promise<readonly Kandidat[]> | null = null;
  private lauf = 0;

  constructor(private readonly adresse: string) {}

  async frage(text: string): Promise<Antwort | null> {
    const lauf = ++this.lauf;
    this.geladen ??= ladeJson<Treffer[]>(this.adresse).then((orte) =>
      orte.map((treffer) => ({ treffer, worte: woerter(treffer.name) })),
    );
    // What could not be loaded is tried again with the next question.
    this.geladen.catch(() => (this.geladen = null));
    const treffer = besteOrte(text, await this.geladen);
    return lauf === this.lauf ? { adressen: false, treffer } : null;
  }

  brichAb(): void {
    this.lauf++;
  }
}
