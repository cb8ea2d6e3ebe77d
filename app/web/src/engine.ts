/**
 * The filter engine of the browser. Same answers as app/query.py: one table of cases runs against
 * both. Columns are typed arrays; a query is a few linear passes, 100 000 rows stay below a frame.
 */
import { richtung, versatz } from "./entfernung";
import { istUngefaehr } from "./projekt";
import type { Zahlen } from "./spalten";
import { labelworteVon, texttreffer, type Labels, type Labelwort } from "./suche";
import type { Index, Suche } from "./typen";
import { einzelwert, zahlenwerte, type Abfrage } from "./zustand";

/** How a project lies to the point that is measured from. */
export interface Naehe {
  readonly meter: number;
  /** Position in RICHTUNGEN, seen from that point. */
  readonly richtung: number;
  /** Its nearest location is only known to the Quartier or the Stadtbezirk. */
  readonly ungefaehr: boolean;
}

export interface Ergebnis {
  /** Rows of the result in the order asked for. */
  readonly zeilen: Uint32Array;
  /** Per facet and code: the result's size if that code alone were chosen in its facet. */
  readonly anzahlen: ReadonlyMap<string, Uint32Array>;
  /** Metres per row (NaN = no location); only with `nahe`. */
  readonly entfernungen: Float64Array | null;
  /** Per row the position of its nearest location in `index.standorte`, -1 for none; only with `nahe`. */
  readonly naechste: Int32Array | null;
  /** Rows left out only because their Laufzeit is not documented. */
  readonly ohneLaufzeit: number;
}

interface Spalte {
  readonly name: string;
  readonly codes: readonly string[];
  readonly start: Zahlen;
  readonly wert: Zahlen;
}

/** Stands for "no facet": a row that fails here counts for no option of any facet. */
const KEINE_FACETTE = 255;

export class Engine {
  readonly anzahl: number;
  private readonly spalten: readonly Spalte[];
  private readonly beginn: Float64Array;
  private readonly ende: Float64Array;
  /** 1 for every row with a location on the map. */
  readonly mitOrt: Uint8Array;
  /** The words of all Steckbriefe, once they are here. */
  text: Suche | null = null;

  private readonly labelworte: readonly Labelwort[];

  /** `labels`: what the codes are called on a page in another language than German. */
  constructor(
    readonly index: Index,
    labels: Labels = {},
  ) {
    this.labelworte = labelworteVon(index, labels);
    this.anzahl = index.anzahl;
    this.spalten = Object.entries(index.facetten).map(([name, facette]) => ({
      name,
      codes: facette.codes,
      start: facette.start ?? Uint32Array.from({ length: this.anzahl + 1 }, (_, zeile) => zeile),
      wert: facette.wert,
    }));
    this.beginn = jahre(index.beginn, index.ende, -Infinity);
    this.ende = jahre(index.ende, index.beginn, Infinity);
    this.mitOrt = new Uint8Array(this.anzahl);
    for (const zeile of index.standorte.projekt) this.mitOrt[zeile] = 1;
  }

  get hatText(): boolean {
    return this.text !== null;
  }

  setzeText(suche: Suche): void {
    this.text = suche;
  }

  abfragen(abfrage: Abfrage): Ergebnis {
    const pruefung = new Pruefung(this.anzahl);
    const [entfernungen, naechste] = this.entfernungen(abfrage);
    this.pruefeFacetten(abfrage, pruefung);
    this.pruefeText(abfrage, pruefung);
    this.pruefeOrt(abfrage, entfernungen, pruefung);
    const ohneLaufzeit = this.pruefeLaufzeit(abfrage, pruefung);
    return {
      zeilen: this.sortiere(pruefung.treffer(), abfrage, entfernungen),
      anzahlen: new Map(
        this.spalten.map((spalte, nummer) => [spalte.name, zaehle(spalte, nummer, pruefung)]),
      ),
      entfernungen,
      naechste,
      ohneLaufzeit,
    };
  }

  /** How far and where a row lies from the point of a state; null without point or location. */
  naehe(abfrage: Abfrage, { entfernungen, naechste }: Ergebnis, zeile: number): Naehe | null {
    const punkt = zahlenwerte(abfrage, "nahe");
    const ort = naechste?.[zeile] ?? -1;
    if (!punkt || !entfernungen || ort < 0) return null;
    const { lon, lat, genauigkeit, genauigkeiten } = this.index.standorte;
    const [lat0, lon0] = punkt as [number, number];
    return {
      meter: entfernungen[zeile]!,
      richtung: richtung(versatz(lat0, lon0, lat[ort]! / 1e6, lon[ort]! / 1e6)),
      ungefaehr: istUngefaehr(genauigkeiten[genauigkeit[ort] ?? -1] ?? ""),
    };
  }

  private pruefeFacetten(abfrage: Abfrage, pruefung: Pruefung): void {
    this.spalten.forEach(({ name, codes, start, wert }, nummer) => {
      const gewaehlt = abfrage.get(name);
      if (!gewaehlt) return;
      const maske = Uint8Array.from(codes, (code) => (gewaehlt.includes(code) ? 1 : 0));
      for (let zeile = 0; zeile < this.anzahl; zeile++) {
        let passt = 0;
        for (let i = start[zeile]!; i < start[zeile + 1]!; i++) passt |= maske[wert[i]!]!;
        if (!passt) pruefung.verfehlt(zeile, nummer);
      }
    });
  }

  private pruefeText(abfrage: Abfrage, pruefung: Pruefung): void {
    const q = einzelwert(abfrage, "q");
    if (q === undefined || this.text === null) return;
    const treffer = texttreffer(this.text, q, this.anzahl, this.labelworte);
    for (let zeile = 0; zeile < this.anzahl; zeile++)
      if (!treffer[zeile]) pruefung.verfehlt(zeile, KEINE_FACETTE);
  }

  private pruefeOrt(abfrage: Abfrage, meter: Float64Array | null, pruefung: Pruefung): void {
    const lage = einzelwert(abfrage, "lage");
    const umkreis = Number(einzelwert(abfrage, "umkreis") ?? Infinity);
    const innen = this.imAusschnitt(zahlenwerte(abfrage, "bbox"));
    for (let zeile = 0; zeile < this.anzahl; zeile++) {
      const verfehlt =
        (lage !== undefined && (lage === "mit") !== (this.mitOrt[zeile] === 1)) ||
        (innen !== null && !innen[zeile]) ||
        // Written so that NaN (no location) fails: it is in no radius.
        (meter !== null && umkreis !== Infinity && !(meter[zeile]! <= umkreis));
      if (verfehlt) pruefung.verfehlt(zeile, KEINE_FACETTE);
    }
  }

  /** Has to run last: only then is it known whether the Laufzeit alone leaves a row out. */
  private pruefeLaufzeit(abfrage: Abfrage, pruefung: Pruefung): number {
    const von = Number(einzelwert(abfrage, "von") ?? NaN);
    const bis = Number(einzelwert(abfrage, "bis") ?? NaN);
    if (Number.isNaN(von) && Number.isNaN(bis)) return 0;
    let ohneLaufzeit = 0;
    for (let zeile = 0; zeile < this.anzahl; zeile++) {
      const beginn = this.beginn[zeile]!;
      const ende = this.ende[zeile]!;
      const unbekannt = Number.isNaN(beginn);
      if (unbekannt && pruefung.fehler[zeile] === 0) ohneLaufzeit++;
      if (unbekannt || ende < von || beginn > bis) pruefung.verfehlt(zeile, KEINE_FACETTE);
    }
    return ohneLaufzeit;
  }

  private imAusschnitt(bbox: readonly number[] | undefined): Uint8Array | null {
    if (!bbox) return null;
    const [west, sued, ost, nord] = bbox as [number, number, number, number];
    const innen = new Uint8Array(this.anzahl);
    const { projekt, lon, lat } = this.index.standorte;
    projekt.forEach((zeile, i) => {
      const x = lon[i]! / 1e6;
      const y = lat[i]! / 1e6;
      if (x >= west && x <= ost && y >= sued && y <= nord) innen[zeile] = 1;
    });
    return innen;
  }

  private entfernungen(abfrage: Abfrage): [Float64Array, Int32Array] | [null, null] {
    const punkt = zahlenwerte(abfrage, "nahe");
    if (!punkt) return [null, null];
    const [lat0, lon0] = punkt as [number, number];
    const meter = new Float64Array(this.anzahl).fill(NaN);
    const naechste = new Int32Array(this.anzahl).fill(-1);
    const { projekt, lon, lat } = this.index.standorte;
    projekt.forEach((zeile, i) => {
      const { nord, ost } = versatz(lat0, lon0, lat[i]! / 1e6, lon[i]! / 1e6);
      const neu = Math.hypot(nord, ost);
      if (meter[zeile]! <= neu) return;
      meter[zeile] = neu;
      naechste[zeile] = i;
    });
    return [meter, naechste];
  }

  private sortiere(zeilen: Uint32Array, abfrage: Abfrage, meter: Float64Array | null): Uint32Array {
    const wunsch = einzelwert(abfrage, "sort") ?? (meter ? "entfernung" : "name");
    const richtung = wunsch.startsWith("-") ? -1 : 1;
    const name = wunsch.replace(/^-/, "");
    const spalte =
      name === "entfernung" ? meter : Float64Array.from(this.index.rang[name] ?? [], ohneNull);
    if (!spalte?.length) return zeilen;
    return zeilen.sort((a, b) => {
      const links = spalte[a]!;
      const rechts = spalte[b]!;
      if (links === rechts) return a - b;
      // Rows without a value stay last in both directions.
      if (Number.isNaN(links)) return Number.isNaN(rechts) ? a - b : 1;
      if (Number.isNaN(rechts)) return -1;
      return richtung * (links - rechts);
    });
  }
}

/** How many conditions each row misses, and the facet it misses if it is one alone. */
class Pruefung {
  readonly fehler: Uint8Array;
  readonly schuld: Uint8Array;

  constructor(private readonly anzahl: number) {
    this.fehler = new Uint8Array(anzahl);
    this.schuld = new Uint8Array(anzahl);
  }

  verfehlt(zeile: number, facette: number): void {
    this.fehler[zeile]!++;
    this.schuld[zeile] = facette;
  }

  treffer(): Uint32Array {
    const zeilen: number[] = [];
    for (let zeile = 0; zeile < this.anzahl; zeile++) if (!this.fehler[zeile]) zeilen.push(zeile);
    return Uint32Array.from(zeilen);
  }
}

/** Rows that pass everything, or everything but this facet, counted by its codes. */
function zaehle(spalte: Spalte, nummer: number, { fehler, schuld }: Pruefung): Uint32Array {
  const anzahlen = new Uint32Array(spalte.codes.length);
  for (let zeile = 0; zeile < fehler.length; zeile++) {
    if (fehler[zeile]! > 1 || (fehler[zeile] === 1 && schuld[zeile] !== nummer)) continue;
    for (let i = spalte.start[zeile]!; i < spalte.start[zeile + 1]!; i++)
      anzahlen[spalte.wert[i]!]!++;
  }
  return anzahlen;
}

/** Years with `offen` where only the other end is known, NaN where neither is. */
function jahre(eigene: Zahlen, andere: Zahlen, offen: number): Float64Array {
  return Float64Array.from(eigene, (jahr, zeile) => jahr || (andere[zeile] ? offen : NaN));
}

function ohneNull(rang: number): number {
  return rang || NaN;
}
