/** One facet as columns: which rows have one of some codes, and how often each code occurs. */
import type { Pruefung } from "./pruefung";
import type { Zahlen } from "./spalten";
import type { Facette } from "./typen";

export class Spalte {
  private readonly codes: readonly string[];
  /** null: one value a row. */
  private readonly start: Zahlen | null;
  private readonly wert: Zahlen;
  private alle: Uint32Array | null = null;

  constructor(
    readonly name: string,
    facette: Facette,
    private readonly anzahl: number,
  ) {
    ({ codes: this.codes, start: this.start, wert: this.wert } = facette);
  }

  /** 1 for every row that has one of the codes. */
  hat(gewaehlt: readonly string[]): Uint8Array {
    const { anzahl, start, wert } = this;
    const gesucht = Uint8Array.from(this.codes, (code) => (gewaehlt.includes(code) ? 1 : 0));
    const passt = new Uint8Array(anzahl);
    if (!start) for (let zeile = 0; zeile < anzahl; zeile++) passt[zeile] = gesucht[wert[zeile]!]!;
    else
      for (let zeile = 0, i = 0; zeile < anzahl; zeile++)
        for (const ende = start[zeile + 1]!; i < ende; i++)
          if (gesucht[wert[i]!] === 1) passt[zeile] = 1;
    return passt;
  }

  /** How many of some rows have each code. */
  zaehle(zeilen: Uint32Array): Uint32Array {
    if (zeilen.length === this.anzahl) return this.gesamt();
    const anzahlen = new Uint32Array(this.codes.length);
    for (let i = 0; i < zeilen.length; i++) this.addiere(anzahlen, zeilen[i]!, 1);
    return anzahlen;
  }

  /**
   * Rows that pass everything, or everything but this facet: what choosing a code alone would give.
   * `nummer` is the facet's in the check if it is asked for; of few misses or few hits only those are looked at.
   */
  zaehleFrei(
    treffer: Uint32Array,
    { fehler, schuld }: Pruefung,
    nummer: number | null,
  ): Uint32Array {
    const { anzahl } = this;
    if (treffer.length === anzahl) return this.gesamt();
    if (nummer === null && treffer.length * 2 > anzahl) {
      const anzahlen = this.gesamt().slice();
      for (let zeile = 0; zeile < anzahl; zeile++)
        if (fehler[zeile] !== 0) this.addiere(anzahlen, zeile, -1);
      return anzahlen;
    }
    const anzahlen = this.zaehle(treffer);
    if (nummer !== null)
      for (let zeile = 0; zeile < anzahl; zeile++)
        if (fehler[zeile] === 1 && schuld[zeile] === nummer) this.addiere(anzahlen, zeile, 1);
    return anzahlen;
  }

  private addiere(anzahlen: Uint32Array, zeile: number, wieviel: number): void {
    const { start, wert } = this;
    if (!start) anzahlen[wert[zeile]!]! += wieviel;
    else
      for (let i = start[zeile]!, ende = start[zeile + 1]!; i < ende; i++)
        anzahlen[wert[i]!]! += wieviel;
  }

  private gesamt(): Uint32Array {
    if (this.alle) return this.alle;
    this.alle = new Uint32Array(this.codes.length);
    for (let i = 0; i < this.wert.length; i++) this.alle[this.wert[i]!]!++;
    return this.alle;
  }
}
