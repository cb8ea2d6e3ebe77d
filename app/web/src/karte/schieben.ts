/**
 * Buttons that move the map: whoever cannot drag, or touch with two fingers, presses (WCAG 2.5.1,
 * 2.5.7). Folded into one button, since most people drag.
 */
import * as L from "leaflet";
import { element } from "../dom";
import type { Texte } from "../texte";

/** Which part of the map's size one press moves it. */
const ANTEIL = 0.4;
const RICHTUNGEN = [
  ["norden", 0, -1],
  ["westen", -1, 0],
  ["osten", 1, 0],
  ["sueden", 0, 1],
] as const;

export class Schieber extends L.Control {
  constructor(private readonly texte: Texte) {
    super({ position: "topleft" });
  }

  override onAdd(map: L.Map): HTMLElement {
    const { texte } = this;
    const kreuz = element("div", { class: "schieber-kreuz", role: "group" });
    kreuz.setAttribute("aria-label", texte("web.schieben"));
    kreuz.hidden = true;
    const schalter = knopf("schieber-schalter", texte("web.schieben"));
    schalter.setAttribute("aria-expanded", "false");
    const klappe = (offen: boolean): void => {
      kreuz.hidden = !offen;
      schalter.setAttribute("aria-expanded", String(offen));
    };
    schalter.addEventListener("click", () => klappe(kreuz.hidden !== false));
    for (const [name, x, y] of RICHTUNGEN) {
      const pfeil = knopf(`schieber-${name}`, texte(`web.schieben.${name}`));
      pfeil.addEventListener("click", () => {
        const { x: breite, y: hoehe } = map.getSize();
        map.panBy([x * breite * ANTEIL, y * hoehe * ANTEIL]);
      });
      kreuz.append(pfeil);
    }
    const rahmen = element("div", { class: "leaflet-bar schieber" }, schalter, kreuz);
    rahmen.addEventListener("keydown", (ereignis) => {
      if (ereignis.key !== "Escape" || kreuz.hidden) return;
      klappe(false);
      schalter.focus();
    });
    L.DomEvent.disableClickPropagation(rahmen);
    return rahmen;
  }
}

function knopf(klasse: string, text: string): HTMLButtonElement {
  return element("button", { type: "button", class: klasse, title: text, "aria-label": text });
}
