/**
 * List and map as one: what is pointed at or focused in one of them stands out in the other. Only
 * attributes change, and only on markers and entries that can be seen, whatever the size of either.
 */
import { alle, finde } from "../dom";
import type { Kern } from "../kern";

export interface Markenquelle {
  /** Rows that a marker stands for; none if it stands for something else. */
  zeilenBei(schluessel: string): Uint32Array;
  /** Keys of the markers that hold a row: as many as it has places in view. */
  markenMit(zeile: number): readonly string[];
}

type Ziel =
  | { readonly art: "eintrag"; readonly zeile: number }
  | { readonly art: "marke"; readonly schluessel: string };

const MERKMAL = "data-hervor";
const EINTRAEGE = ".eintrag[data-id]";

function zielVon({ zeilen }: Kern, element: EventTarget | null): Ziel | null {
  if (!(element instanceof Element)) return null;
  const eintrag = element.closest(EINTRAEGE);
  const zeile = eintrag ? zeilen.get(eintrag) : undefined;
  if (zeile !== undefined) return { art: "eintrag", zeile };
  const schluessel = element.closest<HTMLElement>("[data-marke]")?.dataset["marke"];
  return schluessel === undefined ? null : { art: "marke", schluessel };
}

function gleich(a: Ziel | null, b: Ziel | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class Verbindung {
  private zeiger: Ziel | null = null;
  private fokus: Ziel | null = null;
  /** Rows of the marker that is pointed at. */
  private zeilen: Uint32Array = new Uint32Array();
  private bestellt = false;

  constructor(
    private readonly kern: Kern,
    private readonly rahmen: HTMLElement,
    private readonly quelle: Markenquelle,
  ) {
    document.addEventListener("pointerover", ({ target, pointerType }) => {
      // A finger points at nothing: it presses.
      this.aendere(pointerType === "touch" ? null : zielVon(kern, target), this.fokus);
    });
    document.documentElement.addEventListener("pointerleave", () => this.aendere(null, this.fokus));
    document.addEventListener("focusin", ({ target }) => this.fokussiert(target));
    document.addEventListener("focusout", () => this.aendere(this.zeiger, null));
    // Entries that scroll into view while a marker stands out belong to it too.
    document.addEventListener("scroll", () => this.bestelle(), { passive: true, capture: true });
    kern.beobachte(() => this.bestelle());
    kern.beobachteOrt(() => this.bestelle());
  }

  /** After markers or entries came or went. */
  bestelle(): void {
    if (this.bestellt || !(this.zeiger ?? this.fokus)) return;
    this.bestellt = true;
    requestAnimationFrame(() => {
      this.bestellt = false;
      this.zeige();
    });
  }

  private fokussiert(ziel: EventTarget | null): void {
    const neu = zielVon(this.kern, ziel);
    this.aendere(this.zeiger, neu);
    // The pointer finds its own way; only a keyboard's focus may move a list.
    if (neu?.art !== "marke" || !(ziel instanceof Element) || !ziel.matches(":focus-visible"))
      return;
    const [zeile] = this.zeilen;
    const index = this.kern.bild?.engine.index;
    if (zeile === undefined || !index) return;
    for (const liste of sichtbareListen()) rolleHin(liste, index.id.von(zeile));
  }

  private aendere(zeiger: Ziel | null, fokus: Ziel | null): void {
    const vorher = this.zeiger ?? this.fokus;
    [this.zeiger, this.fokus] = [zeiger, fokus];
    if (!gleich(vorher, zeiger ?? fokus)) this.zeige();
  }

  private zeige(): void {
    const { quelle, rahmen } = this;
    const ziel = this.zeiger ?? this.fokus;
    this.zeilen = ziel?.art === "marke" ? quelle.zeilenBei(ziel.schluessel) : new Uint32Array();
    const marken = ziel?.art === "eintrag" ? quelle.markenMit(ziel.zeile) : [];
    for (const marke of alle(`[${MERKMAL}]`, rahmen)) marke.removeAttribute(MERKMAL);
    for (const schluessel of marken)
      finde(`[data-marke="${CSS.escape(schluessel)}"]`, rahmen)?.setAttribute(MERKMAL, "");
    for (const eintrag of alle(`${EINTRAEGE}[${MERKMAL}]`))
      if (!this.gehoertDazu(eintrag)) eintrag.removeAttribute(MERKMAL);
    if (!this.zeilen.length) return;
    for (const liste of sichtbareListen())
      for (const eintrag of sichtbareEintraege(liste))
        eintrag.toggleAttribute(MERKMAL, this.gehoertDazu(eintrag));
  }

  private gehoertDazu(eintrag: Element): boolean {
    const zeile = this.kern.zeilen.get(eintrag);
    return zeile !== undefined && this.zeilen.includes(zeile);
  }
}

function sichtbareListen(): HTMLElement[] {
  return alle(".ergebnis .liste, .ortspanel .liste").filter((liste) => liste.offsetParent !== null);
}

/** Entries of a list between the upper and the lower edge of the window. */
function sichtbareEintraege(liste: HTMLElement): HTMLElement[] {
  const kinder = liste.children;
  let [von, bis] = [0, kinder.length];
  while (von < bis) {
    const mitte = (von + bis) >>> 1;
    if (kinder[mitte]!.getBoundingClientRect().bottom <= 0) von = mitte + 1;
    else bis = mitte;
  }
  const sichtbar: HTMLElement[] = [];
  for (let i = von; i < kinder.length; i++) {
    const kind = kinder[i]!;
    if (kind.getBoundingClientRect().top >= window.innerHeight) break;
    if (kind instanceof HTMLElement) sichtbar.push(kind);
  }
  return sichtbar;
}

/** Scrolls the column that holds the list, if it is one; never the page. */
function rolleHin(liste: HTMLElement, id: string): void {
  const eintrag = finde(`${EINTRAEGE}[data-id="${CSS.escape(id)}"]`, liste);
  const spalte = eintrag && rollbar(liste);
  if (!spalte) return;
  const innen = eintrag.getBoundingClientRect();
  const aussen = spalte.getBoundingClientRect();
  if (innen.top < aussen.top) spalte.scrollTop -= aussen.top - innen.top;
  else if (innen.bottom > aussen.bottom) spalte.scrollTop += innen.bottom - aussen.bottom;
}

function rollbar(liste: HTMLElement): HTMLElement | null {
  for (let knoten = liste.parentElement; knoten; knoten = knoten.parentElement) {
    if (knoten === document.body) return null;
    const rollt = /auto|scroll/.test(getComputedStyle(knoten).overflowY);
    if (rollt && knoten.scrollHeight > knoten.clientHeight) return knoten;
  }
  return null;
}
