/**
 * Columns in one binary file, used where they lie: no number is parsed or copied. layers/spalten.py
 * writes them and says what lies where.
 */

export type Zahlen = Uint8Array | Uint16Array | Uint32Array | Int32Array;

/** Texts by position; each is decoded when it is asked for. */
export interface Textspalte {
  readonly length: number;
  /** Empty where there is none. */
  von(stelle: number): string;
  /** Position of the first text that is equal, -1 for none. */
  stelle(text: string): number;
}

type Abschnitt = readonly [typ: keyof typeof TYPEN, ab: number, anzahl: number, steigend?: 1];

const KENNUNG = "nwSPALT1";
const KOPF_AB = 16;
const TYPEN = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };

export class Spaltendatei<Kopf> {
  readonly kopf: Kopf;
  private readonly verzeichnis: Readonly<Record<string, Abschnitt>>;
  private readonly rumpf: number;

  constructor(private readonly puffer: ArrayBuffer) {
    const lies = new TextDecoder();
    if (lies.decode(new Uint8Array(puffer, 0, KENNUNG.length)) !== KENNUNG)
      throw new Error("kein Spaltenformat");
    const laenge = new DataView(puffer).getUint32(KENNUNG.length, true);
    const { spalten, ...kopf } = JSON.parse(
      lies.decode(new Uint8Array(puffer, KOPF_AB, laenge)),
    ) as { spalten: Record<string, Abschnitt> };
    this.kopf = kopf as Kopf;
    this.verzeichnis = spalten;
    this.rumpf = KOPF_AB + laenge;
  }

  hat(name: string): boolean {
    return name in this.verzeichnis;
  }

  /** A view of the file; numbers that are kept as differences are added up into a copy. */
  zahlen(name: string): Zahlen {
    const abschnitt = this.verzeichnis[name];
    if (!abschnitt) throw new Error(`${name} fehlt`);
    const [typ, ab, anzahl, steigend] = abschnitt;
    const spalte = new TYPEN[typ](this.puffer, this.rumpf + ab, anzahl);
    return steigend ? summen(spalte) : spalte;
  }

  texte(name: string): Textspalte {
    return new Texte(this.zahlen(`${name}.utf8`) as Uint8Array, this.zahlen(`${name}.laenge`));
  }
}

function summen(differenzen: Zahlen, ab = 0): Uint32Array {
  const ergebnis = new Uint32Array(differenzen.length);
  let summe = ab;
  for (let i = 0; i < differenzen.length; i++) ergebnis[i] = summe += differenzen[i]!;
  return ergebnis;
}

class Texte implements Textspalte {
  private readonly ende: Uint32Array;
  private readonly decoder = new TextDecoder();

  constructor(
    private readonly roh: Uint8Array,
    laengen: Zahlen,
  ) {
    this.ende = summen(laengen);
  }

  get length(): number {
    return this.ende.length;
  }

  von(stelle: number): string {
    const ende = this.ende[stelle];
    if (ende === undefined) return "";
    return this.decoder.decode(this.roh.subarray(this.ende[stelle - 1] ?? 0, ende));
  }

  stelle(text: string): number {
    const gesucht = new TextEncoder().encode(text);
    for (let i = 0, ab = 0; i < this.ende.length; ab = this.ende[i]!, i++) {
      if (this.ende[i]! - ab !== gesucht.length) continue;
      let k = 0;
      while (k < gesucht.length && this.roh[ab + k] === gesucht[k]) k++;
      if (k === gesucht.length) return i;
    }
    return -1;
  }
}
