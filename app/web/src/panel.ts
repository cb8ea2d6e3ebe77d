/** The short form as a panel: on phones, and for projects that have no place on the map. */
import { element, finde, schmal } from "./dom";
import type { Bild, Kartenanzeige, Kern } from "./kern";
import { kurzform } from "./kurzform";

export class Panel {
  private readonly dialog: HTMLElement;
  private readonly inhalt: HTMLElement;
  private gezeigt: string | undefined;
  private anzeige: Kartenanzeige | null = null;

  constructor(private readonly kern: Kern) {
    const schliessen = element("button", {
      type: "button",
      class: "knopf-rund schliessen",
      "aria-label": kern.texte("web.schliessen"),
    });
    this.inhalt = element("div");
    this.dialog = element("section", { class: "panel", role: "dialog" }, schliessen, this.inhalt);
    this.dialog.hidden = true;
    document.body.append(this.dialog);
    schliessen.addEventListener("click", () => kern.schliesse());
    this.dialog.addEventListener("keydown", (ereignis) => {
      if (ereignis.key === "Escape") kern.schliesse();
    });
  }

  zeige({ engine }: Bild): void {
    const id = this.kern.offen;
    if (id === this.gezeigt && this.anzeige === this.kern.kartenanzeige) return;
    this.anzeige = this.kern.kartenanzeige;
    const zeile = id === undefined ? -1 : engine.index.id.indexOf(id);
    if (zeile < 0 || this.aufDerKarte(zeile)) {
      this.verberge();
      this.gezeigt = id;
      return;
    }
    this.gezeigt = id;
    const { knoten, titelId } = kurzform(this.kern, engine, zeile);
    this.inhalt.replaceChildren(knoten);
    this.dialog.setAttribute("aria-labelledby", titelId);
    this.dialog.hidden = false;
    const titel = finde(`#${titelId}`, knoten);
    titel?.setAttribute("tabindex", "-1");
    // A page that opens with a Steckbrief keeps the focus where the reader is.
    if (this.kern.rueckkehr) titel?.focus();
  }

  private aufDerKarte(zeile: number): boolean {
    const alsPopup = !schmal.matches;
    return (this.anzeige?.(zeile, alsPopup) ?? false) && alsPopup;
  }

  private verberge(): void {
    if (this.dialog.hidden) return;
    this.dialog.hidden = true;
    if (this.kern.offen === undefined) this.kern.gibFokusZurueck();
  }
}
