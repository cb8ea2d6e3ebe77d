/** What lies at a place: its name, how many projects of the current result, and their list. */
import { eingebettet, element, finde, setzeText } from "./dom";
import { macheEintrag, schreibeEntfernung } from "./eintrag";
import type { Bild, Kern } from "./kern";
import { hierVon, type Ort } from "./ort";
import { mit, ungefiltert } from "./zustand";

const TITEL = "ortspanel-titel";
/** As many entries the list of a place shows at first, and with every "more". */
const STUECK = 100;

export class Ortspanel {
  readonly titelId = TITEL;
  readonly knoten = element("div", { class: "ortspanel" });
  private readonly eintraege = new Map<string, HTMLElement>();
  private readonly titel = element("h2", { id: TITEL, tabindex: "-1" });
  private readonly angaben = element("div", { class: "ortspanel-angaben" });
  private readonly anzahl = element("p", { class: "ortspanel-anzahl", role: "status" });
  private readonly alles = element("button", { type: "button", class: "knopf-text" });
  private readonly nurHier = element("button", { type: "button", class: "knopf" });
  private readonly mehr = element("a");
  private readonly tun: HTMLElement;
  private readonly liste = element("ol", { class: "liste", "aria-labelledby": TITEL });
  private readonly stadtweit = element("ol", { class: "liste" });
  private readonly stadtweitTitel = element("summary");
  private readonly stadtweitRahmen: HTMLElement;
  private readonly weitere = element("button", { type: "button", class: "knopf-text" });
  private grenze = STUECK;
  private ort: Ort | null = null;

  constructor(
    private readonly kern: Kern,
    private readonly verlasse: () => void,
  ) {
    const { texte } = kern;
    this.alles.textContent = texte("ortspanel.alles");
    this.mehr.textContent = texte("ortspanel.mehr");
    if (eingebettet()) {
      this.mehr.target = "_blank";
      this.mehr.rel = "noopener";
    }
    this.stadtweitRahmen = element(
      "details",
      { class: "ortspanel-stadtweit" },
      this.stadtweitTitel,
      element("p", { class: "hilfe" }, texte("ortspanel.stadtweit.hilfe")),
      this.stadtweit,
    );
    this.tun = element("p", { class: "ortspanel-tun" }, this.nurHier, this.mehr);
    this.knoten.append(
      element("header", {}, this.titel, this.angaben, this.anzahl, this.alles),
      this.tun,
      this.liste,
      this.weitere,
      this.stadtweitRahmen,
    );
    this.alles.addEventListener("click", () => {
      void kern.setze(ungefiltert(kern.abfrage), "push");
      this.fokussiere();
    });
    this.weitere.addEventListener("click", () => this.zeigeWeitere());
    this.nurHier.addEventListener("click", () => this.filtere());
    this.knoten.addEventListener("click", (ereignis) => this.oeffne(ereignis));
  }

  setze(ort: Ort, bild: Bild): void {
    this.ort = ort;
    this.grenze = STUECK;
    const { blatt, texte } = this.kern;
    this.titel.textContent = ort.titel;
    if (ort.eigenname && blatt.sprache !== "de") {
      this.titel.lang = "de";
      this.titel.dir = "ltr";
    } else {
      this.titel.removeAttribute("lang");
      this.titel.removeAttribute("dir");
    }
    this.angaben.replaceChildren(...ort.angaben.map((angabe) => element("p", {}, angabe)));
    this.nurHier.textContent = texte("ortspanel.nur", { ort: ort.titel });
    this.mehr.hidden = ort.seite === undefined;
    if (ort.seite !== undefined) this.mehr.href = ort.seite;
    this.zeige(bild);
  }

  /** Follows the filters while the place stays open. */
  zeige(bild: Bild): void {
    const { ort, kern } = this;
    if (!ort || kern.ort !== ort) return;
    const { hier, weitere } = hierVon(ort.zeilen, bild.ergebnis.zeilen);
    const { hier: stadtweit } = hierVon(ort.stadtweit, bild.ergebnis.zeilen);
    setzeText(this.anzahl, this.anzahlInWorten(hier.length, weitere));
    this.alles.hidden = weitere === 0;
    const gewaehlt = bild.abfrage.get("stadtbezirk") ?? [];
    this.nurHier.hidden = ort.bezirk === undefined || gewaehlt.join() === ort.bezirk;
    this.tun.hidden = this.nurHier.hidden && this.mehr.hidden;
    this.liste.hidden = !hier.length;
    this.fuelle(this.liste, hier.subarray(0, this.grenze), bild);
    const n = Math.min(STUECK, hier.length - this.grenze);
    this.weitere.hidden = n <= 0;
    if (n > 0) setzeText(this.weitere, kern.texte("ergebnis.mehr", { n }, n));
    this.stadtweitRahmen.hidden = !stadtweit.length;
    const anzahl = stadtweit.length;
    setzeText(this.stadtweitTitel, kern.texte("ortspanel.stadtweit", { anzahl }, anzahl));
    this.fuelle(this.stadtweit, stadtweit.subarray(0, STUECK), bild);
  }

  fokussiere(id?: string): void {
    const eintrag = id === undefined ? undefined : this.eintraege.get(id);
    const link = eintrag && finde('[data-feld="name"]', eintrag);
    (link?.isConnected ? link : this.titel).focus();
  }

  private zeigeWeitere(): void {
    const { bild } = this.kern;
    const erster = this.liste.childElementCount;
    this.grenze += STUECK;
    if (bild) this.zeige(bild);
    const neu = this.liste.children[erster];
    if (neu) finde('[data-feld="name"]', neu)?.focus();
  }

  private anzahlInWorten(hier: number, weitere: number): string {
    const { texte } = this.kern;
    if (!hier && !weitere) return texte("ortspanel.keine");
    const teile = [texte("ortspanel.hier", { anzahl: hier }, hier)];
    if (weitere) teile.push(texte("ortspanel.weitere", { anzahl: weitere }, weitere));
    return teile.join(texte("satz.trenner"));
  }

  private fuelle(liste: HTMLElement, zeilen: Uint32Array, bild: Bild): void {
    const { abfrage, engine, ergebnis } = bild;
    const neu = Array.from(zeilen, (zeile) => {
      const eintrag = this.eintrag(zeile, bild);
      schreibeEntfernung(eintrag, engine.naehe(abfrage, ergebnis, zeile), this.kern.texte);
      return eintrag;
    });
    for (const eintrag of neu)
      eintrag.toggleAttribute("data-offen", eintrag.dataset["id"] === this.kern.offen);
    const gleich =
      neu.length === liste.childElementCount && neu.every((li, i) => li === liste.children[i]);
    if (gleich) return;
    const fokus = document.activeElement;
    const hatteFokus = liste.contains(fokus);
    liste.replaceChildren(...neu);
    // Moving an element takes its focus away; a project that left the list gives it to the title.
    if (hatteFokus && fokus instanceof HTMLElement)
      (fokus.isConnected ? fokus : this.titel).focus();
  }

  private eintrag(zeile: number, { engine: { index } }: Bild): HTMLElement {
    const id = index.id.von(zeile);
    const vorhanden = this.eintraege.get(id);
    if (vorhanden) return vorhanden;
    const neu = macheEintrag(this.kern, index, zeile);
    // The name itself opens the short form here, and the map shows the place already.
    finde("[data-zeigen]", neu)?.remove();
    this.eintraege.set(id, neu);
    return neu;
  }

  private oeffne(ereignis: MouseEvent): void {
    if (!(ereignis.target instanceof Element)) return;
    if (ereignis.ctrlKey || ereignis.metaKey || ereignis.shiftKey) return;
    const link = ereignis.target.closest('[data-feld="name"]');
    const id = link?.closest<HTMLElement>("[data-id]")?.dataset["id"];
    if (id === undefined) return;
    ereignis.preventDefault();
    this.kern.oeffne(id, () => this.fokussiere(id));
  }

  private filtere(): void {
    const { kern, ort } = this;
    if (ort?.bezirk === undefined) return;
    this.verlasse();
    void kern.setze(mit(kern.abfrage, "stadtbezirk", [ort.bezirk], kern.blatt), "push");
    finde("#ergebnis")?.focus();
  }
}
