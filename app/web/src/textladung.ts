/** The searched texts of the Steckbriefe, fetched in pieces: nothing typed leaves the browser. */

import type { Rohtexte } from "./fundtexte";
import { ladeJson } from "./holen";
import type { Index, Textdatei } from "./typen";

/** So few files are fetched together as soon as somebody turns to the search. */
const GLEICH_ALLE = 4;

export class Textladung {
  private readonly dateien = new Map<number, readonly Rohtexte[]>();
  private readonly laufend = new Map<number, Promise<void>>();

  constructor(private readonly urls: readonly string[]) {}

  /** The texts of a row; null while they are not here. */
  von(index: Index, zeile: number): Rohtexte | null {
    const je = index.je_textdatei;
    return this.dateien.get(Math.floor(zeile / je))?.[zeile % je] ?? null;
  }

  /** Fetches what some rows need; what fails is tried again when it is asked for again. */
  async lade(index: Index, zeilen: Iterable<number>): Promise<void> {
    const nummern = new Set(Array.from(zeilen, (zeile) => Math.floor(zeile / index.je_textdatei)));
    await Promise.all([...nummern].map((nummer) => this.ladeDatei(nummer)));
  }

  async ladeVoraus(): Promise<void> {
    if (this.urls.length > GLEICH_ALLE) return;
    await Promise.all(this.urls.map((_, nummer) => this.ladeDatei(nummer)));
  }

  private ladeDatei(nummer: number): Promise<void> {
    const url = this.urls[nummer];
    if (url === undefined || this.dateien.has(nummer)) return Promise.resolve();
    let laufend = this.laufend.get(nummer);
    if (!laufend) {
      laufend = ladeJson<Textdatei>(url)
        .then(({ felder, projekte }) => {
          const texte = projekte.map((stellen) =>
            stellen.map(([feld, text]) => [felder[feld] ?? "", text] as const),
          );
          this.dateien.set(nummer, texte);
        })
        // The list stands without the snippets.
        .catch(() => undefined)
        .finally(() => this.laufend.delete(nummer));
      this.laufend.set(nummer, laufend);
    }
    return laufend;
  }
}
