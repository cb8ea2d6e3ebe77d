/** The years of all projects: an open end reaches as far as one can ask. */
import type { Index } from "./typen";

const FRUEH = -32768;
const SPAET = 32767;

export class Laufzeiten {
  private readonly beginn: Int16Array;
  private readonly ende: Int16Array;

  constructor({ anzahl, beginn, ende }: Index) {
    this.beginn = new Int16Array(anzahl);
    this.ende = new Int16Array(anzahl);
    for (let zeile = 0; zeile < anzahl; zeile++) {
      const bekannt = beginn[zeile] || ende[zeile];
      // What has neither begins after every end and ends before every beginning: it overlaps nothing.
      this.beginn[zeile] = beginn[zeile] || (bekannt ? FRUEH : SPAET);
      this.ende[zeile] = ende[zeile] || (bekannt ? SPAET : FRUEH);
    }
  }

  /** 1 for every row whose Laufzeit overlaps the years; at least one of them is no infinity. */
  ueberlappt(von: number, bis: number): Uint8Array {
    const { beginn, ende } = this;
    const passt = new Uint8Array(beginn.length);
    for (let zeile = 0; zeile < passt.length; zeile++)
      passt[zeile] = ende[zeile]! >= von && beginn[zeile]! <= bis ? 1 : 0;
    return passt;
  }

  /** How many of some rows have no documented year. */
  unbekannte(zeilen: Uint32Array): number {
    let anzahl = 0;
    for (let i = 0; i < zeilen.length; i++)
      if (this.beginn[zeilen[i]!] === SPAET && this.ende[zeilen[i]!] === FRUEH) anzahl++;
    return anzahl;
  }
}
