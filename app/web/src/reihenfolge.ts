/** The orders of the list. An order of all rows is made once, a result is what is left of it. */
import type { Pruefung } from "./pruefung";
import type { Zahlen } from "./spalten";
import type { Index } from "./typen";

/** Boxes of a distance: more would cost more than they save. */
const HOECHSTENS_FAECHER = 1 << 20;
/** From so many in one box on the runtime's own sort is faster than inserting. */
const VIELE = 32;

export class Reihenfolgen {
  /** null: the order of the rows. */
  private readonly folgen = new Map<string, Uint32Array | null>();

  constructor(private readonly rang: Index["rang"]) {}

  /** The rows that pass in the order of a sort (`-` reverses); `treffer` are the same rows, ascending. */
  ordne(sort: string, treffer: Uint32Array, { fehler }: Pruefung): Uint32Array {
    let folge = this.folgen.get(sort);
    if (folge === undefined) {
      folge = this.macheFolge(sort);
      this.folgen.set(sort, folge);
    }
    if (!folge) return treffer;
    if (folge.length === treffer.length) return folge;
    const zeilen = new Uint32Array(treffer.length);
    for (let i = 0, n = 0; n < zeilen.length; i++) {
      const zeile = folge[i]!;
      if (fehler[zeile] === 0) zeilen[n++] = zeile;
    }
    return zeilen;
  }

  private macheFolge(sort: string): Uint32Array | null {
    const raenge = this.rang[sort.replace(/^-/, "")];
    if (!raenge?.length) return null;
    let groesster = 0;
    let steigt = true;
    for (let zeile = 0; zeile < raenge.length; zeile++) {
      if (raenge[zeile]! > groesster) groesster = raenge[zeile]!;
      else if (raenge[zeile]! < groesster) steigt = false;
    }
    const ab = sort.startsWith("-");
    if (steigt && !ab && raenge[0]) return null;
    // Rows without a value (0) stay last in both directions.
    const fach = (rang: number): number =>
      rang === 0 ? groesster : ab ? groesster - rang : rang - 1;
    return verteile(raenge, groesster + 1, fach);
  }
}

/** Positions by their box, stable. */
function verteile(
  werte: Zahlen | Float64Array,
  faecher: number,
  fach: (wert: number) => number,
): Uint32Array {
  const grenzen = new Uint32Array(faecher + 1);
  for (let i = 0; i < werte.length; i++) grenzen[fach(werte[i]!) + 1]!++;
  for (let f = 0; f < faecher; f++) grenzen[f + 1]! += grenzen[f]!;
  const folge = new Uint32Array(werte.length);
  for (let i = 0; i < werte.length; i++) folge[grenzen[fach(werte[i]!)]!++] = i;
  return folge;
}

/** Rows by their distance; equally far ones by row, those without a location last, both ways. */
export function nachEntfernung(zeilen: Uint32Array, meter: Float64Array, ab: boolean): Uint32Array {
  const weiten = new Float64Array(zeilen.length);
  let weiteste = 0;
  for (let i = 0; i < weiten.length; i++) {
    weiten[i] = meter[zeilen[i]!]!;
    if (weiten[i]! > weiteste) weiteste = weiten[i]!;
  }
  const faecher = Math.min(HOECHSTENS_FAECHER, Math.max(1, zeilen.length));
  const massstab = weiteste ? (faecher - 1) / weiteste : 0;
  const fach = (weite: number): number => {
    if (Number.isNaN(weite)) return faecher;
    const nummer = Math.floor(weite * massstab);
    return ab ? faecher - 1 - nummer : nummer;
  };
  const folge = verteile(weiten, faecher + 1, fach);
  for (let von = 0, bis = 0; von < folge.length; von = bis) {
    const dieses = fach(weiten[folge[von]!]!);
    while (bis < folge.length && fach(weiten[folge[bis]!]!) === dieses) bis++;
    if (dieses < faecher) ordneFach(folge.subarray(von, bis), weiten, ab ? -1 : 1);
  }
  return folge.map((stelle) => zeilen[stelle]!);
}

/** Puts the positions of one box in order: their distances differ by little. */
function ordneFach(stellen: Uint32Array, weiten: Float64Array, richtung: number): void {
  const vergleiche = (a: number, b: number): number =>
    richtung * (weiten[a]! - weiten[b]!) || a - b;
  if (stellen.length > VIELE) {
    stellen.sort(vergleiche);
    return;
  }
  for (let i = 1; i < stellen.length; i++) {
    const eine = stellen[i]!;
    let k = i;
    for (; k > 0 && vergleiche(stellen[k - 1]!, eine) > 0; k--) stellen[k] = stellen[k - 1]!;
    stellen[k] = eine;
  }
}
