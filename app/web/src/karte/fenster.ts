/** Popups as labelled dialogs: focus goes in when a person opens one, Esc closes and gives it back. */
import * as L from "leaflet";
import { wenigBewegung } from "../dom";
import type { Texte } from "../texte";

export interface Fensterinhalt {
  readonly ort: L.LatLngExpression;
  readonly knoten: HTMLElement;
  readonly titelId: string;
  /** Distance from the place to the popup's tip, so that the symbol stays visible. */
  readonly hoehe: number;
  readonly fokus: boolean;
  readonly beimSchliessen: () => void;
}

/** What the controls along the upper edge of the map take. */
const KOPF_PX = 60;

export class Fenster {
  private offen: { readonly popup: L.Popup; readonly inhalt: Fensterinhalt } | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly texte: Texte,
  ) {
    map.on("popupclose", ({ popup }) => {
      if (this.offen?.popup !== popup) return;
      const { inhalt } = this.offen;
      this.offen = null;
      inhalt.beimSchliessen();
    });
  }

  zeige(inhalt: Fensterinhalt): void {
    const popup = L.popup({
      content: inhalt.knoten,
      offset: [0, -inhalt.hoehe + 8],
      minWidth: 250,
      maxWidth: 330,
      autoPanPaddingTopLeft: [16, KOPF_PX],
      autoPanPaddingBottomRight: [16, 16],
      autoPan: true,
      className: "fenster",
    }).setLatLng(inhalt.ort);
    // Opening closes the one before; that is a change of content, not a person closing it.
    const vorher = this.offen;
    this.offen = null;
    if (vorher) this.map.closePopup(vorher.popup);
    this.offen = { popup, inhalt };
    popup.openOn(this.map);
    this.mache(popup, inhalt);
  }

  /** Closes without telling: the state has changed already. */
  schliesse(): void {
    const vorher = this.offen;
    this.offen = null;
    if (vorher) this.map.closePopup(vorher.popup);
  }

  get istOffen(): boolean {
    return this.offen !== null;
  }

  private mache(popup: L.Popup, { titelId, fokus }: Fensterinhalt): void {
    const rahmen = popup.getElement();
    if (!rahmen) return;
    rahmen.setAttribute("role", "dialog");
    rahmen.setAttribute("aria-labelledby", titelId);
    const knopf = rahmen.querySelector<HTMLElement>(".leaflet-popup-close-button");
    knopf?.setAttribute("aria-label", this.texte("web.schliessen"));
    knopf?.setAttribute("title", this.texte("web.schliessen"));
    rahmen.addEventListener("keydown", (ereignis) => {
      // The map's own keys (arrows, plus, minus) must not act while somebody reads.
      ereignis.stopPropagation();
      if (ereignis.key === "Escape") this.map.closePopup(popup);
    });
    const titel = rahmen.querySelector<HTMLElement>(`#${titelId}`);
    titel?.setAttribute("tabindex", "-1");
    if (fokus) titel?.focus({ preventScroll: true });
    this.folgeGroesse(popup, rahmen);
  }

  /** The text arrives later and the popup grows upwards: keep its head in the frame. */
  private folgeGroesse(popup: L.Popup, rahmen: HTMLElement): void {
    const waechter = new ResizeObserver(() => {
      if (!popup.isOpen()) return waechter.disconnect();
      const oben = rahmen.getBoundingClientRect().top;
      const fehlt = oben - this.map.getContainer().getBoundingClientRect().top - KOPF_PX;
      if (fehlt < 0) this.map.stop().panBy([0, fehlt], { animate: false });
    });
    waechter.observe(rahmen);
  }
}

/** Leaflet's animations, unless the visitor asked for less motion. */
export function bewegt(): boolean {
  return !wenigBewegung.matches;
}
