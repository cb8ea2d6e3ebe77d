/** Shapes of what the server and the build hand over; docs/architecture.md is their contract. */
import type { Textspalte, Zahlen } from "./spalten";

export type Parameterart =
  "text" | "facette" | "jahr" | "wahl" | "bbox" | "punkt" | "meter" | "sortierung" | "id";

export interface Parameter {
  readonly name: string;
  readonly art: Parameterart;
  readonly werte?: readonly string[];
}

/** Who learns of the visitor when a base map comes from another host. */
export interface Fremdkarte {
  readonly empfaenger: string;
  readonly rechner: string;
  /** What the operator says about it, in German; may be empty, as may be the address. */
  readonly text: string;
  readonly url: string;
}

/** A base map that an operator set up (app/grundkarten). */
export interface Kachelkarte {
  readonly id: string;
  readonly name: string;
  readonly art: "xyz" | "wms" | "pmtiles";
  readonly url: string;
  readonly ebenen: string;
  readonly format: string;
  readonly version: string;
  readonly zoom_bis: number;
  readonly luftbild: boolean;
  readonly quelle: string;
  readonly quelle_url: string;
  readonly fremd: Fremdkarte | null;
}

/** What `#zustand` holds: the table of parameters and everything needed to put results into words. */
export interface Blatt {
  readonly sprache: string;
  readonly texte: Readonly<Record<string, string | readonly string[]>>;
  readonly parameter: readonly Parameter[];
  readonly facetten_texte: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the fields are called in which words are found. */
  readonly felder: Readonly<Record<string, string>>;
  readonly urls: {
    readonly index: string;
    readonly suche: string;
    /** The worker that groups the places of many projects. */
    readonly gruppierung: string;
    /** The searched texts, in the order of their rows. */
    readonly texte: readonly string[];
    /** The search for addresses and places. */
    readonly orte: string;
    readonly api_projekt: string;
    readonly projekt: string;
    readonly stadtbezirk: string;
    readonly platz: string;
    readonly brachflaeche: string;
  };
  readonly gesamt: number;
  readonly basis: string;
  /** What addresses of the page itself hold beside the state, encoded; empty but in a frame. */
  readonly auch: string;
  /** Base maps beside the districts: the first one shown, and where kacheln.js is. */
  /** Where the map draws tiles: too many projects for an index. Then the server filters. */
  readonly kacheln: {
    readonly url: string;
    /** Address of kacheln.js. */
    readonly skript: string;
    readonly zoom: number;
    /** The tiles hold all projects although the state has filters. */
    readonly alle: boolean;
  } | null;
  readonly grund: {
    readonly erste: string;
    readonly kacheln: string;
    readonly karten: readonly Kachelkarte[];
  } | null;
}

export interface Facette {
  readonly codes: readonly string[];
  readonly labels: readonly string[];
  /** null: one value a row; otherwise row i has wert[start[i]] … wert[start[i + 1] - 1]. */
  readonly start: Zahlen | null;
  readonly wert: Zahlen;
}

/** The columns of `index.bin`; rows are sorted by name. In years and ranks 0 stands for no value. */
export interface Index {
  readonly stand: string;
  readonly anzahl: number;
  readonly id: Textspalte;
  readonly nr: Textspalte;
  readonly name: Textspalte;
  readonly beginn: Zahlen;
  readonly ende: Zahlen;
  readonly standjahr: Zahlen;
  readonly facetten: Readonly<Record<string, Facette>>;
  readonly standorte: {
    /** Never falls: the locations of a project stand together. */
    readonly projekt: Zahlen;
    readonly lon: Zahlen;
    readonly lat: Zahlen;
    readonly genauigkeit: Zahlen;
    readonly bezeichnung: Textspalte;
    readonly genauigkeiten: readonly string[];
  };
  readonly rang: Readonly<Record<string, Zahlen>>;
  /** Rows in one file of searched texts. */
  readonly je_textdatei: number;
}

export interface Suche {
  readonly worte: Textspalte;
  readonly start: Zahlen;
  readonly zeilen: Zahlen;
}

export interface Textdatei {
  readonly felder: readonly string[];
  readonly projekte: readonly (readonly (readonly [feld: number, text: string])[])[];
}
