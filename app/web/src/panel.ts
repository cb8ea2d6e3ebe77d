/**
 * One surface beside the map: the projects of a place, and short forms where no popup can show
 * them – on phones, and for projects that have no place on the map.
 */
import { alle, element, finde, schmal } from "./dom";
import type { Bild, Kartenanzeige, Kern } from "./kern";
import { kurzform } from "./kurzform";
import type { Ort } from "./ort";
import { Ortspanel } from "./ortspanel";

export class Panel {
  private readonly dialog: HTMLElement;
  private readonly inhalt = element("div", { class: "panel-inhalt" });
  private readonly ortspanel: Ortspanel;
  private gezeigt: string | undefined;
  private anzeige: Kartenanzeige | null = null;
  /** The short form, if it is this panel that shows it. */
  private kurzform: { readonly knoten: HTMLElement; readonly titelId: string } | null = null;

  constructor(private readonly kern: Kern) {
    const schliessen = element("button", {
      type: "button",
      class: "knopf-rund schliessen",
      "aria-label": kern.texte("web.schliessen"),
    });
    this.dialog = element("section", { class: "panel", role: "dialog" }, schliessen, this.inhalt);
    this.dialog.hidden = true;
    this.ortspanel = new Ortspanel(kern, () => kern.zeigeOrt(null));
    // Beside the list: from a place the next Tab leads on to the map.
    const ergebnis = finde("#ergebnis");
    if (ergebnis) ergebnis.after(this.dialog);
    else document.body.append(this.dialog);
    schliessen.addEventListener("click", () => this.schliesse());
    this.dialog.addEventListener("keydown", (ereignis) => {
      if (ereignis.key === "Escape") this.geheZurueck();
    });
    document.addEventListener("focusin", ({ target }) => this.weiche(target));
    // On a phone the list is another view; the places belong to the map.
    for (const knopf of alle('button[data-ansicht="liste"]'))
      knopf.addEventListener("click", () => kern.zeigeOrt(null));
    kern.beobachteOrt((ort) => this.wechsle(ort));
  }

  zeige(bild: Bild): void {
    const { kern } = this;
    const id = kern.offen;
    this.ortspanel.zeige(bild);
    if (id !== undefined && kern.karteKommt && !schmal.matches) return;
    if (id === this.gezeigt && this.anzeige === kern.kartenanzeige) return;
    this.gezeigt = id;
    this.anzeige = kern.kartenanzeige;
    const zeile = id === undefined ? -1 : bild.engine.index.id.stelle(id);
    const hatte = this.kurzform !== null;
    const hier = zeile >= 0 && !this.aufDerKarte(zeile);
    this.kurzform = hier ? kurzform(kern, bild.engine, zeile) : null;
    if (this.kurzform && kern.ort) this.kurzform.knoten.prepend(this.zurueck(kern.ort));
    this.stelleDar();
    if (this.kurzform) this.beginne(this.kurzform);
    else if (hatte && id === undefined) kern.gibFokusZurueck();
  }

  private aufDerKarte(zeile: number): boolean {
    const alsPopup = !schmal.matches;
    return (this.anzeige?.(zeile, alsPopup) ?? false) && alsPopup;
  }

  private beginne({ knoten, titelId }: { knoten: HTMLElement; titelId: string }): void {
    const titel = finde(`#${titelId}`, knoten);
    titel?.setAttribute("tabindex", "-1");
    this.dialog.scrollTop = 0;
    // A page that opens with a Steckbrief keeps the focus where the reader is.
    if (this.kern.rueckkehr) titel?.focus();
  }

  private wechsle(ort: Ort | null): void {
    const { kern } = this;
    if (ort && kern.bild) {
      this.ortspanel.setze(ort, kern.bild);
      // One thing is read at a time: the place takes over from the short form.
      if (kern.offen !== undefined) {
        kern.rueckkehr = null;
        this.kurzform = null;
        kern.schliesse();
      }
    }
    this.stelleDar();
    if (!ort) return;
    this.dialog.scrollTop = 0;
    this.ortspanel.fokussiere();
  }

  private stelleDar(): void {
    const { dialog, kurzform, ortspanel } = this;
    const zeigtOrt = this.kern.ort !== null;
    dialog.hidden = !kurzform && !zeigtOrt;
    dialog.toggleAttribute("data-ort", zeigtOrt);
    if (dialog.hidden) return;
    const knoten = kurzform?.knoten ?? ortspanel.knoten;
    if (this.inhalt.firstElementChild !== knoten) this.inhalt.replaceChildren(knoten);
    dialog.setAttribute("aria-labelledby", kurzform?.titelId ?? ortspanel.titelId);
  }

  private zurueck({ titel }: Ort): HTMLElement {
    const text = this.kern.texte("ortspanel.zurueck", { ort: titel });
    const knopf = element(
      "button",
      { type: "button", class: "knopf-text ortspanel-zurueck" },
      text,
    );
    knopf.addEventListener("click", () => this.geheZurueck());
    return knopf;
  }

  /** One step: from the short form to the place it was opened from, from there to the map. */
  private geheZurueck(): void {
    if (this.kurzform) this.kern.schliesse();
    else this.schliesse();
  }

  private schliesse(): void {
    const { kern } = this;
    const { ort } = kern;
    if (this.kurzform) {
      if (ort) kern.rueckkehr = null;
      kern.schliesse();
    }
    if (!ort) return;
    this.kurzform = null;
    kern.zeigeOrt(null);
    ort.rueckkehr();
  }

  /** The panel lies over the list, or over half a phone: what has the focus must not be below it. */
  private weiche(ziel: EventTarget | null): void {
    const { dialog, kern } = this;
    if (!kern.ort || !(ziel instanceof HTMLElement)) return;
    if (dialog.contains(ziel) || ziel.matches(".leaflet-container")) return;
    // The browser scrolls what is focused into view first.
    requestAnimationFrame(() => {
      if (kern.ort && document.activeElement === ziel && ueberdeckt(dialog, ziel))
        kern.zeigeOrt(null);
    });
  }
}

function ueberdeckt(oben: Element, unten: Element): boolean {
  const a = oben.getBoundingClientRect();
  const b = unten.getBoundingClientRect();
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
