/**
 * No scroll trap: in an iframe and on touch screens the wheel zooms only with Ctrl or ⌘, one
 * finger scrolls the page and two fingers move the map. A hint says so when somebody tries.
 */
import type * as L from "leaflet";
import { eingebettet, element } from "../dom";
import type { Texte } from "../texte";

const HINWEIS_MS = 1600;
const GROB = window.matchMedia("(pointer: coarse)");

export function zaehmeGesten(map: L.Map, texte: Texte): void {
  const rahmen = map.getContainer();
  // Sighted visitors only: a screen reader or keyboard never triggers it.
  const hinweis = element("div", { class: "gestenhinweis", "aria-hidden": "true" });
  rahmen.append(hinweis);
  let uhr = 0;
  const zeige = (schluessel: string): void => {
    hinweis.textContent = texte(schluessel);
    hinweis.setAttribute("data-sichtbar", "");
    clearTimeout(uhr);
    uhr = window.setTimeout(() => hinweis.removeAttribute("data-sichtbar"), HINWEIS_MS);
  };

  // Capturing listeners on the container run before Leaflet's own.
  rahmen.addEventListener(
    "wheel",
    (ereignis) => {
      if (ereignis.ctrlKey || ereignis.metaKey || !(eingebettet() || GROB.matches)) return;
      ereignis.stopImmediatePropagation();
      zeige(/Mac|iP/.test(navigator.userAgent) ? "web.geste.rad_mac" : "web.geste.rad");
    },
    { capture: true, passive: true },
  );
  rahmen.addEventListener(
    "pointerdown",
    ({ pointerType }) => {
      if (pointerType === "touch") map.dragging.disable();
      else map.dragging.enable();
    },
    { capture: true },
  );
  rahmen.addEventListener(
    "touchmove",
    (ereignis) => {
      // Two fingers belong to the map: the browser must neither scroll nor zoom the page.
      if (ereignis.touches.length > 1) ereignis.preventDefault();
      else zeige("web.geste.finger");
    },
    { passive: false },
  );
}
