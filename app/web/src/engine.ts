/**
 * The filter engine of the browser. Same answers as app/query.py: one table of cases runs against
 * both. A query is a few linear passes over typed arrays; what many queries share (the orders, the
 * counts of everything, the last text and the last point) is made once.
 */
import { richtung, versatz } from "./entfernung";
import { Laufzeiten } from "./laufzeit";
import { imAusschnitt, imUmkreis, messe, type Messung } from "./messung";
import { istUngefaehr } from "./projekt";
import { Pruefung } from "./pruefung";
import { nachEntfernung, Reihenfolgen } from "./reihenfolge";
import { Spalte } from "./spalte";
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
  /** The same rows, ascending. */
  readonly treffer: Uint32Array;
  /** Per facet and code: the result's size if that code alone were chosen in its facet. */
  readonly anzahlen: ReadonlyMap<string, Uint32Array>;
  /** Metres per row (NaN = no location); only with `nahe`. */
  readonly entfernungen: Float64Array | null;
  /** Per row the position of its nearest location in `index.standorte`, -1 for none; only with `nahe`. */
  readonly naechste: Int32Array | null;
  /** Rows left out only because their Laufzeit is not documented. */
  readonly ohneLaufzeit: number;
}

interface Geprueft {
  readonly pruefung: Pruefung;
  readonly messung: Messung | null;
  readonly ohneLaufzeit: number;
}

/** Remembers the last answer to a question. */
function letzte<T>(rechne: (frage: string) => T): (frage: string) => T {
  let bekannt: { readonly frage: string; readonly antwort: T } | null = null;
  return (frage) => {
    if (bekannt?.frage !== frage) bekannt = { frage, antwort: rechne(frage) };
    return bekannt.antwort;
  };
}

export class Engine {
  readonly anzahl: number;
  /** 1 for every row with a location on the map. */
  readonly mitOrt: Uint8Array;
  /** The words of all Steckbriefe, once they are here. */
  text: Suche | null = null;
  private readonly spalten: readonly Spalte[];
  private readonly laufzeiten: Laufzeiten;
  private readonly reihenfolgen: Reihenfolgen;
  private readonly labelworte: readonly Labelwort[];

  /** `labels`: what the codes are called on a page in another language than German. */
  constructor(
    readonly index: Index,
    labels: Labels = {},
  ) {
    this.anzahl = index.anzahl;
    this.labelworte = labelworteVon(index, labels);
    this.spalten = Object.entries(index.facetten).map(
      ([name, facette]) => new Spalte(name, facette, index.anzahl),
    );
    this.laufzeiten = new Laufzeiten(index);
    this.reihenfolgen = new Reihenfolgen(index.rang);
    this.mitOrt = new Uint8Array(index.anzahl);
    const { projekt } = index.standorte;
    for (let i = 0; i < projekt.length; i++) this.mitOrt[projekt[i]!] = 1;
  }

  get hatText(): boolean {
    return this.text !== null;
  }

  setzeText(suche: Suche): void {
    this.text = suche;
  }

  abfragen(abfrage: Abfrage): Ergebnis {
    const { pruefung, messung, ohneLaufzeit } = this.pruefe(abfrage);
    const treffer = pruefung.treffer();
    return {
      zeilen: this.sortiere(treffer, abfrage, pruefung, messung),
      treffer,
      anzahlen: new Map(
        this.spalten.map((spalte, nummer) => [
          spalte.name,
          spalte.zaehleFrei(treffer, pruefung, abfrage.has(spalte.name) ? nummer : null),
        ]),
      ),
      entfernungen: messung?.meter ?? null,
      naechste: messung?.naechste ?? null,
      ohneLaufzeit,
    };
  }

  /** Only the rows of a result, ascending: for what needs neither order nor counts. */
  treffer(abfrage: Abfrage): Uint32Array {
    return this.pruefe(abfrage).pruefung.treffer();
  }

  /** How many of some rows have each code of a facet, in the order of its codes. */
  zaehle(name: string, zeilen: Uint32Array): Uint32Array {
    return this.spalte(name)?.zaehle(zeilen) ?? new Uint32Array();
  }

  private hat(name: string, codes: readonly string[]): Uint8Array {
    return this.spalte(name)?.hat(codes) ?? new Uint8Array(this.anzahl);
  }

  private spalte(name: string): Spalte | undefined {
    return this.spalten.find((spalte) => spalte.name === name);
  }

  /** How far and where a row lies from the point of a state; null without point or location. */
  naehe(abfrage: Abfrage, { entfernungen, naechste }: Ergebnis, zeile: number): Naehe | null {
    const punkt = entfernungen ? zahlenwerte(abfrage, "nahe") : undefined;
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

  private pruefe(abfrage: Abfrage): Geprueft {
    const pruefung = new Pruefung(this.anzahl);
    this.spalten.forEach((spalte, nummer) => {
      const gewaehlt = abfrage.get(spalte.name);
      if (gewaehlt) pruefung.verlange(spalte.hat(gewaehlt), nummer);
    });
    const q = einzelwert(abfrage, "q");
    if (q !== undefined && this.text) pruefung.verlange(this.finde(q));
    const nahe = einzelwert(abfrage, "nahe");
    const messung = nahe === undefined ? null : this.miss(nahe);
    this.pruefeOrt(abfrage, messung, pruefung);
    return { pruefung, messung, ohneLaufzeit: this.pruefeLaufzeit(abfrage, pruefung) };
  }

  private pruefeOrt(abfrage: Abfrage, messung: Messung | null, pruefung: Pruefung): void {
    const lage = einzelwert(abfrage, "lage");
    if (lage !== undefined)
      pruefung.verlange(lage === "mit" ? this.mitOrt : this.mitOrt.map((hat) => 1 - hat));
    const bbox = zahlenwerte(abfrage, "bbox");
    if (bbox) pruefung.verlange(imAusschnitt(this.index, bbox as [number, number, number, number]));
    const umkreis = einzelwert(abfrage, "umkreis");
    if (messung && umkreis !== undefined) pruefung.verlange(imUmkreis(messung, Number(umkreis)));
  }

  /** Has to run last: only then is it known whether the Laufzeit alone leaves a row out. */
  private pruefeLaufzeit(abfrage: Abfrage, pruefung: Pruefung): number {
    const von = einzelwert(abfrage, "von");
    const bis = einzelwert(abfrage, "bis");
    if (von === undefined && bis === undefined) return 0;
    const ohneLaufzeit = this.laufzeiten.unbekannte(pruefung.treffer());
    pruefung.verlange(
      this.laufzeiten.ueberlappt(Number(von ?? -Infinity), Number(bis ?? Infinity)),
    );
    return ohneLaufzeit;
  }

  private readonly finde = letzte((q: string) =>
    this.text
      ? texttreffer(this.text, q, this.anzahl, this.labelworte, (name, codes) =>
          this.hat(name, codes),
        )
      : new Uint8Array(),
  );

  private readonly miss = letzte((nahe: string) => {
    const [lat = NaN, lon = NaN] = nahe.split(",").map(Number);
    return messe(this.index, lat, lon);
  });

  private sortiere(
    treffer: Uint32Array,
    abfrage: Abfrage,
    pruefung: Pruefung,
    messung: Messung | null,
  ): Uint32Array {
    const sort = einzelwert(abfrage, "sort") ?? (messung ? "entfernung" : "name");
    if (messung && sort.endsWith("entfernung"))
      return nachEntfernung(treffer, messung.meter, sort.startsWith("-"));
    return this.reihenfolgen.ordne(sort, treffer, pruefung);
  }
}
