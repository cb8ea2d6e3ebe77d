/**
 * The state of the page. The URL is its only truth: every change goes through `setze`, which
 * writes the URL, asks the engine and tells everyone who shows something of it, in one pass.
 */
import { ladeJson } from "./dom";
import { Engine, type Ergebnis } from "./engine";
import { macheTexte, type Texte } from "./texte";
import type { Blatt, Index, Suche } from "./typen";
import { einzelwert, formatAbfrage, mit, parseAbfrage, type Abfrage } from "./zustand";

export interface Bild {
  readonly abfrage: Abfrage;
  readonly ergebnis: Ergebnis;
  readonly engine: Engine;
}

type Beobachter = (bild: Bild) => void;
type Verlauf = "push" | "replace" | "bleibt";

/**
 * Shows a project on the map, with its short form as a popup if `alsPopup`; false where the map
 * cannot (the project has no location).
 */
export type Kartenanzeige = (zeile: number, alsPopup: boolean) => boolean;

export class Kern {
  readonly texte: Texte;
  abfrage: Abfrage;
  bild: Bild | null = null;
  kartenanzeige: Kartenanzeige | null = null;
  /** Gives the focus back to what opened the short form. */
  rueckkehr: (() => void) | null = null;
  private engine: Engine | null = null;
  private textladung: Promise<void> | null = null;
  private readonly beobachter = new Set<Beobachter>();
  private lauf = 0;

  constructor(readonly blatt: Blatt) {
    this.texte = macheTexte(blatt.texte, document.documentElement.lang || "de");
    this.abfrage = parseAbfrage(location.search, blatt).abfrage;
  }

  async starte(): Promise<void> {
    this.engine = new Engine(await ladeJson<Index>(this.blatt.urls.index));
    window.addEventListener("popstate", () => {
      void this.setze(parseAbfrage(location.search, this.blatt).abfrage, "bleibt");
    });
    await this.setze(this.abfrage, "bleibt");
  }

  /** Calls back now (if there is a result already) and after every change. */
  beobachte(beobachter: Beobachter): void {
    this.beobachter.add(beobachter);
    if (this.bild) beobachter(this.bild);
  }

  async setze(abfrage: Abfrage, verlauf: Verlauf): Promise<void> {
    this.abfrage = abfrage;
    const url = this.adresse(abfrage) + location.hash;
    if (verlauf === "push") history.pushState(null, "", url);
    if (verlauf === "replace") history.replaceState(null, "", url);
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
    this.textladung ??= ladeJson<Suche>(this.blatt.urls.suche).then((suche) =>
      engine.setzeText(suche),
    );
    try {
      await this.textladung;
    } catch {
      this.textladung = null;
    }
  }

  adresse(abfrage: Abfrage): string {
    return location.pathname + formatAbfrage(abfrage);
  }

  /** Called by karte.js once the map stands; it may take over what a panel shows until then. */
  setzeKartenanzeige(anzeige: Kartenanzeige): void {
    this.kartenanzeige = anzeige;
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
