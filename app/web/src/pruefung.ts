/** What each row misses of a query, and which rows miss nothing. */

/** Stands for "no facet": a row that fails here counts for no option of any facet. */
const KEINE_FACETTE = 255;

/** How many conditions each row misses, and the facet it misses if it is one alone. */
export class Pruefung {
  readonly fehler: Uint8Array;
  readonly schuld: Uint8Array;

  constructor(private readonly anzahl: number) {
    this.fehler = new Uint8Array(anzahl);
    this.schuld = new Uint8Array(anzahl);
  }

  /** One more condition; `passt` has 1 for every row that meets it. */
  verlange(passt: Uint8Array, facette = KEINE_FACETTE): void {
    const { anzahl, fehler, schuld } = this;
    for (let zeile = 0; zeile < anzahl; zeile++)
      if (passt[zeile] === 0) {
        fehler[zeile]!++;
        schuld[zeile] = facette;
      }
  }

  /** Rows that miss nothing, ascending. */
  treffer(): Uint32Array {
    const { anzahl, fehler } = this;
    const zeilen = new Uint32Array(anzahl);
    let n = 0;
    for (let zeile = 0; zeile < anzahl; zeile++) if (fehler[zeile] === 0) zeilen[n++] = zeile;
    return n < anzahl ? zeilen.slice(0, n) : zeilen;
  }

  zaehle(): number {
    const { anzahl, fehler } = this;
    let n = 0;
    for (let zeile = 0; zeile < anzahl; zeile++) if (fehler[zeile] === 0) n++;
    return n;
  }
}
