/** The result list: the server's entries are taken over, further ones cloned from its template. */
import { abschnitte, sortierung, titel, type Abschnitt } from "./abschnitte";
import { Abschnittsrahmen, OHNE_ORT } from "./abschnittsrahmen";
import { alle, element, finde, nachDemBild, setzeText, stelleKinder } from "./dom";
import { macheEintrag, schreibeEntfernung } from "./eintrag";
import { Funde } from "./funde";
import type { Bild, Kern } from "./kern";
import { einzelwert, formatAbfrage, type Abfrage } from "./zustand";

/** As many entries a part shows at first, and with every "more": as many as the server's page. */
const STUECK = 250;
/** No entry is lower: so many pixels of a window are one entry that is painted with it. */
const NIEDRIGSTER_PX = 60;
/** The rest of a piece follows when the window is painted, so many with every picture. */
const JE_BILD = 100;
/** So many entries are kept for the next state. */
const GEMERKT = 2000;

/** The parts of a result, and of each the rows that are shown. */
interface Stueck {
  readonly teile: readonly Abschnitt[];
  readonly ganz: readonly Abschnitt[];
  readonly bild: Bild;
  /** So many of the rows say already what the state asks for. */
  geschrieben: number;
}

export class Liste {
  private readonly eintraege = new Map<string, HTMLElement>();
  /** By kind and key of the part. */
  private readonly rahmen = new Map<string, Abschnittsrahmen>();
  private readonly funde: Funde;
  private readonly hatKarte = finde("#karte") !== null;
  /** What the list shows; as long as that stays, its elements stay (and with them the focus). */
  private gezeigt = "";
  private gefragt = "";
  private stueck: Stueck | null = null;
  private fertig = true;
  /** Whether the beginning of the list is seen. */
  private oben = true;
  /** Asked in the middle of a change it would make the browser lay out the page. */
  private fensterhoehe = window.innerHeight;
  private grenzen = { ort: STUECK, "ohne-ort": STUECK };

  constructor(
    private readonly kern: Kern,
    private readonly liste: HTMLElement,
  ) {
    this.funde = new Funde(kern);
    for (const eintrag of alle("[data-id]", liste)) {
      this.eintraege.set(eintrag.dataset["id"]!, eintrag);
      this.funde.uebernimm(eintrag);
    }
    for (const knopf of alle("[data-zeigen]", liste)) knopf.hidden = !this.hatKarte;
    liste.addEventListener("click", (ereignis) => this.klick(ereignis));
    window.addEventListener("resize", () => (this.fensterhoehe = window.innerHeight));
    const satz = finde("#satz");
    if (satz)
      new IntersectionObserver((gesehen) => {
        this.oben = gesehen.at(-1)?.isIntersecting ?? false;
      }).observe(satz);
    finde("[data-sprung-ohne-ort]")?.addEventListener("click", (ereignis) => springe(ereignis));
  }

  zeige(bild: Bild): void {
    const { abfrage, engine, ergebnis } = bild;
    const frage = ohneProjekt(abfrage);
    if (frage !== this.gefragt) this.grenzen = { ort: STUECK, "ohne-ort": STUECK };
    this.gefragt = frage;
    const teile = abschnitte(engine.index, engine.mitOrt, abfrage, ergebnis.zeilen);
    this.baue(teile, bild);
    this.zeigeKopf(teile, bild);
    // The whole result stands here now; the server's pages of it are for browsers without script.
    finde("nav.blaettern")?.remove();
  }

  /** Shows other parts, unless they are the ones that are there. */
  private baue(teile: readonly Abschnitt[], bild: Bild): void {
    const ganz = this.begrenzt(teile);
    const ids = ganz.map(({ art, schluessel, zeilen }) => `${art} ${schluessel} ${zeilen.join()}`);
    const neu = `${sortierung(bild.abfrage)} ${ids.join(";")} ${teile.map((t) => t.zeilen.length)}`;
    const stueck = { teile, ganz, bild, geschrieben: 0 };
    const erstes = this.gezeigt === "";
    // What is hidden below the window comes after the window is painted; nobody must lose their place, though.
    if (neu !== this.gezeigt || !this.fertig)
      this.fuelle(
        stueck,
        erstes || !this.oben ? Infinity : Math.ceil(this.fensterhoehe / NIEDRIGSTER_PX),
      );
    else for (const { zeilen } of ganz) for (const zeile of zeilen) this.schreibe(zeile, bild);
    this.gezeigt = neu;
  }

  /** Puts the first entries of a piece into the list; entries that stay are not touched. */
  private fuelle(stueck: Stueck, wieviele: number): void {
    const { teile, ganz, bild } = stueck;
    this.stueck = stueck;
    this.fertig = wieviele >= ganz.reduce((summe, { zeilen }) => summe + zeilen.length, 0);
    let nummer = 1;
    let davor = 0;
    const knoten = ganz.flatMap((teil, i) => {
      const sichtbar = { ...teil, zeilen: teil.zeilen.subarray(0, Math.max(0, wieviele - davor)) };
      const geschrieben = Math.max(0, stueck.geschrieben - davor);
      for (const zeile of sichtbar.zeilen.subarray(geschrieben)) this.schreibe(zeile, bild);
      davor += teil.zeilen.length;
      const abschnitt = this.abschnitt(sichtbar, teile[i]!, i, nummer, bild);
      nummer += teile[i]!.zeilen.length;
      return abschnitt;
    });
    stueck.geschrieben = wieviele;
    stelleKinder(this.liste, knoten);
    if (!this.fertig) return this.fuelleSpaeter(stueck, wieviele + JE_BILD);
    this.zeigeMehr(teile, ganz);
    this.vergiss();
  }

  private fuelleSpaeter(stueck: Stueck, wieviele: number): void {
    nachDemBild(() => {
      // Another state may have come.
      if (this.stueck === stueck) this.fuelle(stueck, wieviele);
    });
  }

  /** Entries that are not shown are kept for the next state, but not those of a whole long visit. */
  private vergiss(): void {
    if (this.eintraege.size <= GEMERKT) return;
    for (const [id, eintrag] of this.eintraege) if (!eintrag.isConnected) this.eintraege.delete(id);
  }

  /** The rows of every part that are shown, within the limits for both kinds of projects. */
  private begrenzt(teile: readonly Abschnitt[]): Abschnitt[] {
    let platz = this.grenzen.ort;
    return teile.map((teil) => {
      if (teil.art === "ohne-ort")
        return { ...teil, zeilen: teil.zeilen.subarray(0, this.grenzen["ohne-ort"]) };
      const zeilen = teil.zeilen.subarray(0, platz);
      platz -= zeilen.length;
      return { ...teil, zeilen };
    });
  }

  private abschnitt(
    sichtbar: Abschnitt,
    ganz: Abschnitt,
    i: number,
    start: number,
    bild: Bild,
  ): HTMLElement[] {
    if (!sichtbar.zeilen.length) return [];
    const { abfrage, engine } = bild;
    const { blatt, texte } = this.kern;
    const ueberschrift = titel(ganz, abfrage, blatt, texte);
    const eintraege = Array.from(sichtbar.zeilen, (zeile) =>
      this.eintrag(zeile, engine.index.id.von(zeile)),
    );
    const rahmen = this.rahmenVon(ganz);
    rahmen.zeige(ueberschrift, `abschnitt-${i + 1}`, start, eintraege);
    return [rahmen.knoten];
  }

  private rahmenVon({ art, schluessel }: Abschnitt): Abschnittsrahmen {
    const name = `${art} ${schluessel}`;
    const vorhanden = this.rahmen.get(name);
    if (vorhanden) return vorhanden;
    const { texte } = this.kern;
    const hilfe = art === "ohne-ort" ? texte("ergebnis.ohne_ort.satz") : "";
    const rahmen = new Abschnittsrahmen(art, texte("liste.titel"), hilfe);
    this.rahmen.set(name, rahmen);
    return rahmen;
  }

  /** Below each kind of projects the button for its next ones. */
  private zeigeMehr(ganz: readonly Abschnitt[], sichtbar: readonly Abschnitt[]): void {
    for (const art of ["ort", "ohne-ort"] as const) {
      const eigene = (teile: readonly Abschnitt[]): number =>
        teile
          .filter((teil) => (teil.art === "ohne-ort") === (art === "ohne-ort"))
          .reduce((summe, { zeilen }) => summe + zeilen.length, 0);
      const [anzahl, gezeigt] = [eigene(ganz), eigene(sichtbar)];
      if (gezeigt >= anzahl) continue;
      const { texte } = this.kern;
      const n = Math.min(STUECK, anzahl - gezeigt);
      const mehr = element(
        "p",
        { class: "mehr" },
        element(
          "button",
          { type: "button", class: "knopf knopf-leise", "data-mehr": art },
          texte("ergebnis.mehr", { n }, n),
        ),
        " ",
        element("span", { class: "hilfe" }, texte("ergebnis.gezeigt", { gezeigt, anzahl })),
      );
      const danach = art === "ort" ? finde(`#${OHNE_ORT}`, this.liste) : null;
      this.liste.insertBefore(mehr, danach);
    }
  }

  private eintrag(zeile: number, id: string): HTMLElement {
    const vorhanden = this.eintraege.get(id);
    if (vorhanden) return vorhanden;
    const neu = macheEintrag(this.kern, this.kern.bild!.engine.index, zeile);
    const zeigen = finde("[data-zeigen]", neu);
    if (zeigen) zeigen.hidden = !this.hatKarte;
    this.eintraege.set(id, neu);
    return neu;
  }

  private schreibe(zeile: number, { abfrage, engine, ergebnis }: Bild): void {
    const eintrag = this.eintrag(zeile, engine.index.id.von(zeile));
    this.kern.zeilen.set(eintrag, zeile);
    eintrag.toggleAttribute("data-offen", eintrag.dataset["id"] === einzelwert(abfrage, "projekt"));
    schreibeEntfernung(eintrag, engine.naehe(abfrage, ergebnis, zeile), this.kern.texte);
    this.funde.schreibe(eintrag, zeile, abfrage, engine.index);
  }

  private zeigeKopf(teile: readonly Abschnitt[], { abfrage, engine, ergebnis }: Bild): void {
    const link = finde("[data-sprung-ohne-ort]");
    const n =
      teile.length > 1 && teile.at(-1)!.art === "ohne-ort" ? teile.at(-1)!.zeilen.length : 0;
    if (link?.parentElement) {
      link.parentElement.hidden = n === 0;
      link.setAttribute("href", `#${OHNE_ORT}`);
      if (n) setzeText(link, this.kern.texte("ergebnis.ohne_ort.sprung", { n }, n));
    }
    const hinweis = finde("#mehrere-bezirke");
    const start = engine.index.facetten["stadtbezirk"]?.start;
    if (hinweis)
      hinweis.hidden = !(
        sortierung(abfrage).endsWith("stadtbezirk") &&
        start &&
        ergebnis.zeilen.some((zeile) => start[zeile + 1]! - start[zeile]! > 1)
      );
  }

  private klick(ereignis: Event): void {
    if (!(ereignis.target instanceof Element)) return;
    const mehr = ereignis.target.closest<HTMLElement>("[data-mehr]");
    if (mehr) return this.zeigeWeitere(mehr.dataset["mehr"] === "ohne-ort" ? "ohne-ort" : "ort");
    const knopf = ereignis.target.closest<HTMLElement>("[data-zeigen]");
    const id = knopf?.closest<HTMLElement>("[data-id]")?.dataset["id"];
    if (!knopf || !id) return;
    ereignis.preventDefault();
    document.dispatchEvent(new Event("nordwaerts:karte"));
    this.kern.oeffne(id, () => knopf.focus());
  }

  /** The button goes; whoever pressed it goes on with the first of the new entries. */
  private zeigeWeitere(art: "ort" | "ohne-ort"): void {
    const { bild } = this.kern;
    if (!bild) return;
    const eigene = '[data-abschnitt="ohne-ort"]';
    const rahmen = art === "ort" ? `.abschnitt:not(${eigene})` : eigene;
    const davor = alle(`${rahmen} [data-id]`, this.liste).length;
    this.grenzen[art] += STUECK;
    // All at once: the focus goes to the first of them.
    this.oben = false;
    this.zeige(bild);
    finde('[data-feld="name"]', alle(`${rahmen} [data-id]`, this.liste)[davor])?.focus();
  }
}

/** A state without the Steckbrief that is open: opening one changes nothing of the list. */
function ohneProjekt(abfrage: Abfrage): string {
  return formatAbfrage(new Map([...abfrage].filter(([name]) => name !== "projekt")));
}

/** The fragment of the address belongs to the map's view: the jump must not overwrite it. */
function springe(ereignis: MouseEvent): void {
  const ziel = finde(`#${OHNE_ORT}`);
  if (!ziel || ereignis.ctrlKey || ereignis.metaKey || ereignis.shiftKey) return;
  ereignis.preventDefault();
  ziel.scrollIntoView();
  ziel.focus({ preventScroll: true });
}
