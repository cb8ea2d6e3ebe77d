/**
 * The state of the page. The URL is its only truth: every change goes through `setze`, which
 * writes the URL, asks the engine and tells everyone who shows something of it, in one pass.
 */
import { eingebettet } from "./dom";
import { Engine, type Ergebnis } from "./engine";
import { jeSpracheEineDatei, ladeBytes } from "./holen";
import { liesIndex, liesSuche } from "./index";
import { Messpunkte } from "./messpunkt";
import type { Ort } from "./ort";
import { Textladung } from "./textladung";
import { macheTexte, macheZahl, type Texte } from "./texte";
import type { Blatt } from "./typen";
import {
  einzelwert,
  formatAbfrage,
  mit,
  parseAbfrage,
  type Abfrage,
  type Verworfen,
} from "./zustand";

export interface Bild {
  readonly abfrage: Abfrage;
  readonly ergebnis: Ergebnis;
  readonly engine: Engine;
}

type Beobachter = (bild: Bild) => void;
type Ortsbeobachter = (ort: Ort | null) => void;
type Verlauf = "push" | "replace" | "bleibt";

/**
 * Shows a project on the map, with its short form as a popup if `alsPopup`; false where the map
 * cannot (the project has no location).
 */
export type Kartenanzeige = (zeile: number, alsPopup: boolean) => boolean;

export class Kern {
  readonly texte: Texte;
  readonly zahl: (zahl: number) => string;
  readonly messpunkte = new Messpunkte();
  readonly fundtexte: Textladung;
  /** Which row an entry of a list shows: to look its id up in the index would take far longer. */
  readonly zeilen = new WeakMap<Element, number>();
  abfrage: Abfrage;
  /** The state in which the server made the page. */
  readonly geliefert: Abfrage;
  /** What of the address was not understood; the service says it itself, a frozen copy cannot. */
  verworfen: readonly Verworfen[] = [];
  bild: Bild | null = null;
  kartenanzeige: Kartenanzeige | null = null;
  /** The map is on its way: what it will show is not shown elsewhere until then. */
  karteKommt = false;
  /** Gives the focus back to what opened the short form. */
  rueckkehr: (() => void) | null = null;
  /** The place whose projects are listed beside the map; it passes with the visit, no URL names it. */
  ort: Ort | null = null;
  private engine: Engine | null = null;
  private textladung: Promise<void> | null = null;
  private readonly beobachter = new Set<Beobachter>();
  private readonly ortsbeobachter = new Set<Ortsbeobachter>();
  private lauf = 0;

  constructor(readonly blatt: Blatt) {
    const sprachkennung = document.documentElement.lang || "de";
    this.texte = macheTexte(blatt.texte, sprachkennung);
    this.zahl = macheZahl(sprachkennung);
    this.fundtexte = new Textladung(blatt.urls.texte);
    this.abfrage = this.geliefert = this.liesAdresse();
  }

  async starte(): Promise<void> {
    const { sprache, codes, urls } = this.blatt;
    const index = liesIndex(await ladeBytes(urls.index));
    this.engine = new Engine(index, sprache === "de" ? {} : codes);
    window.addEventListener("popstate", () => {
      const neu = this.messpunkte.behalte(this.abfrage, this.liesAdresse(), this.blatt);
      void this.setze(neu, "bleibt");
    });
    await this.setze(this.abfrage, "bleibt");
  }

  /** Calls back now (if there is a result already) and after every change. */
  beobachte(beobachter: Beobachter): void {
    this.beobachter.add(beobachter);
    if (this.bild) beobachter(this.bild);
  }

  beobachteOrt(beobachter: Ortsbeobachter): void {
    this.ortsbeobachter.add(beobachter);
    beobachter(this.ort);
  }

  /** Opens a place, or closes the one that is open; focus is the caller's matter. */
  zeigeOrt(ort: Ort | null): void {
    this.ort = ort;
    for (const beobachter of this.ortsbeobachter) beobachter(ort);
  }

  async setze(abfrage: Abfrage, verlauf: Verlauf): Promise<void> {
    this.abfrage = abfrage;
    if (verlauf !== "bleibt") this.schreibeAdresse(abfrage, verlauf);
    const lauf = ++this.lauf;
    if (abfrage.has("q")) await this.ladeText();
    // While the words were loading the state may have moved on; the newest run shows it.
    if (!this.engine || lauf !== this.lauf) return;
    const bild = { abfrage, ergebnis: this.engine.abfragen(abfrage), engine: this.engine };
    this.bild = bild;
    for (const beobachter of this.beobachter) beobachter(bild);
  }

  /** The words of all Steckbriefe: fetched when the search field is first used. */
  async ladeText(): Promise<void> {
    if (!this.engine || this.engine.hatText) return;
    const engine = this.engine;
    this.textladung ??= ladeBytes(this.blatt.urls.suche).then((puffer) =>
      engine.setzeText(liesSuche(puffer)),
    );
    try {
      await this.textladung;
    } catch {
      this.textladung = null;
    }
  }

  /** The only way to an address of a state: what must stay private is not in it. */
  adresse(abfrage: Abfrage, pfad = location.pathname): string {
    const { auch, basis } = this.blatt;
    const suchteil = formatAbfrage(this.messpunkte.oeffentlich(this.benannt(abfrage), this.blatt));
    // How a frame shows the map stays with every address inside it, and of its assistant.
    if (!auch || !pfad.startsWith(basis)) return pfad + suchteil;
    return `${pfad}${suchteil}${suchteil ? "&" : "?"}${auch}`;
  }

  /** What "Link teilen" gives away; `mitStandort` only where the visitor was told so. */
  geteilteAdresse(mitStandort: boolean): string {
    const privat = this.messpunkte.von(this.abfrage)?.privat ?? false;
    const suchteil =
      privat && mitStandort
        ? formatAbfrage(this.benannt(this.abfrage))
        : formatAbfrage(this.messpunkte.oeffentlich(this.abfrage, this.blatt));
    // A frame's address is no page for people; the map page has the same states.
    const pfad = eingebettet() ? "/" : location.pathname;
    return new URL(pfad + suchteil + (privat ? "" : location.hash), location.href).href;
  }

  /** In a folder of frozen pages the language is the file, not a parameter. */
  private benannt(abfrage: Abfrage): Abfrage {
    return jeSpracheEineDatei() ? mit(abfrage, "sprache", [], this.blatt) : abfrage;
  }

  private liesAdresse(): Abfrage {
    const { abfrage, verworfen } = parseAbfrage(location.search, this.blatt);
    this.verworfen = verworfen;
    const punkt = einzelwert(abfrage, "nahe");
    const name = (history.state as { messpunkt?: unknown } | null)?.messpunkt;
    if (punkt !== undefined && typeof name === "string") this.messpunkte.benenne(punkt, name);
    return abfrage;
  }

  private schreibeAdresse(abfrage: Abfrage, verlauf: "push" | "replace"): void {
    const url = this.adresse(abfrage) + location.hash;
    // The name of a chosen place goes along in the history: Back and a reload still know it.
    const name = this.messpunkte.von(abfrage)?.name;
    const daten = name ? { messpunkt: name } : null;
    // A device's position changes no address; an entry that leads nowhere would break Back.
    const neu = url !== location.pathname + location.search + location.hash;
    if (verlauf === "push" && neu) history.pushState(daten, "", url);
    else history.replaceState(daten, "", url);
  }

  /** Called by karte.js once the map stands, or with null where it did not come. */
  setzeKartenanzeige(anzeige: Kartenanzeige | null): void {
    this.kartenanzeige = anzeige;
    this.karteKommt = false;
    if (this.bild) for (const beobachter of this.beobachter) beobachter(this.bild);
  }

  get offen(): string | undefined {
    return einzelwert(this.abfrage, "projekt");
  }

  oeffne(id: string, rueckkehr: (() => void) | null): void {
    this.rueckkehr = rueckkehr;
    void this.setze(mit(this.abfrage, "projekt", [id], this.blatt), "push");
  }

  /** Closes the short form. Replaces the entry, so that Back does not open it again. */
  schliesse(): void {
    if (this.offen === undefined) return;
    void this.setze(mit(this.abfrage, "projekt", [], this.blatt), "replace");
  }

  /** Gives the focus back once; called by whatever showed the short form. */
  gibFokusZurueck(): void {
    const rueckkehr = this.rueckkehr;
    this.rueckkehr = null;
    rueckkehr?.();
  }
}
