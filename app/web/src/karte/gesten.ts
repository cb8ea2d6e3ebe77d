/**
 * No scroll trap: in an iframe and on touch screens the wheel zooms only with Ctrl or ⌘, one
 * finger scrolls the page and two fingers move the map. A hint says so when somebody tries.
 */
import type * as L from "leaflet";
import { eingebettet, element } from "../dom";
import type { Texte } from "../texte";

const HINWEIS_MS = 1600;
const GROB = window.matchMedia("(pointer: coarse)");
/** What lies above the map and scrolls by itself. */
const EIGENES = ".leaflet-popup, .leaflet-control";

export function zaehmeGesten(map: L.Map, texte: Texte): void {
  const rahmen = map.getContainer();
  const zeige = richteHinweisEin(rahmen);

  // Capturing listeners on the container run before Leaflet's own.
  rahmen.addEventListener(
    "wheel",
    (ereignis) => {
      if (ereignis.ctrlKey || ereignis.metaKey || !(eingebettet() || GROB.matches)) return;
      ereignis.stopImmediatePropagation();
      if (gehoertDerKarte(ereignis))
        zeige(texte(/Mac|iP/.test(navigator.userAgent) ? "web.geste.rad_mac" : "web.geste.rad"));
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
      else if (gehoertDerKarte(ereignis)) zeige(texte("web.geste.finger"));
    },
    { passive: false },
  );
}

function gehoertDerKarte({ target }: Event): boolean {
  return target instanceof Element && !target.closest(EIGENES);
}

/** The hint over the map; the function that shows it for a moment. */
function richteHinweisEin(rahmen: HTMLElement): (text: string) => void {
  // Sighted visitors only: a screen reader or keyboard never triggers it.
  const hinweis = element("div", { class: "gestenhinweis", "aria-hidden": "true" });
  rahmen.append(hinweis);
  let uhr = 0;
  return (text) => {
    hinweis.textContent = text;
    hinweis.setAttribute("data-sichtbar", "");
    clearTimeout(uhr);
    uhr = window.setTimeout(() => hinweis.removeAttribute("data-sichtbar"), HINWEIS_MS);
  };
}
