/** Entry of karte.js: Leaflet and our layers, as globals for the script that folium generated. */
import * as L from "leaflet";
import { finde, wenigBewegung } from "../dom";
import type { Kern } from "../kern";
import { verbindeBlick } from "./blick";
import { Flaechenebene } from "./flaechen";
import { zaehmeGesten } from "./gesten";
import { Grundkarte } from "./grundkarte";
import { Projektebene } from "./projekte";
import { rundgang } from "./rundgang";

function setzeVorgaben({ texte }: Kern): void {
  L.Control.Zoom.mergeOptions({
    zoomInTitle: texte("web.karte.groesser"),
    zoomOutTitle: texte("web.karte.kleiner"),
  });
  L.Control.Scale.mergeOptions({ imperial: false });
  // Leaflet's own prefix links to another host.
  L.Control.Attribution.mergeOptions({ prefix: false });
  // Vector areas look good at any scale; half steps let a view fit its frame.
  L.Map.mergeOptions({ zoomSnap: 0.5 });
  if (wenigBewegung.matches)
    L.Map.mergeOptions({
      zoomAnimation: false,
      fadeAnimation: false,
      markerZoomAnimation: false,
      inertia: false,
    });
}

/** Runs for every map before folium's script goes on with its layers. */
function richteEin(map: L.Map, { texte }: Kern): void {
  const rahmen = map.getContainer();
  finde("[data-nur-ohne-script]", rahmen)?.remove();
  rahmen.setAttribute("role", "group");
  rahmen.setAttribute("aria-label", texte("web.karte.name"));
  rundgang(map);
  zaehmeGesten(map, texte);
  // folium fits its own bounds at the end of its script; the view of the URL comes after that.
  queueMicrotask(() => {
    verbindeBlick(map);
    richteEbenenwahlEin(rahmen, texte("web.karte.ebenen"));
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(rahmen);
}

/** Leaflet unfolds its layer control for the keyboard too, but never folds it again. */
function richteEbenenwahlEin(rahmen: HTMLElement, text: string): void {
  const wahl = finde(".leaflet-control-layers", rahmen);
  const schalter = finde(".leaflet-control-layers-toggle", rahmen);
  if (!wahl || !schalter) return;
  schalter.setAttribute("title", text);
  schalter.setAttribute("aria-label", text);
  const klappeZu = (): void => wahl.classList.remove("leaflet-control-layers-expanded");
  wahl.addEventListener("focusout", ({ relatedTarget }) => {
    // A click on a label takes the focus away without giving it to anything else.
    if (relatedTarget instanceof Node && !wahl.contains(relatedTarget)) klappeZu();
  });
  wahl.addEventListener("keydown", ({ key, target }) => {
    // Unfolding hides the button: the focus goes on to what it unfolded.
    if (key === "Enter" && target === schalter)
      finde(".leaflet-control-layers-overlays input", wahl)?.focus();
    if (key !== "Escape") return;
    klappeZu();
    schalter.focus();
  });
}

const kern = window.nordwaerts?.kern;
if (kern) {
  setzeVorgaben(kern);
  L.Map.addInitHook(function (this: L.Map) {
    richteEin(this, kern);
  });
  window.L = L;
  window.nordwaerts = {
    ...window.nordwaerts,
    grundkarte: (optionen) => new Grundkarte(optionen, kern.texte),
    flaechen: (optionen) => new Flaechenebene(optionen, kern),
    projekte: () => new Projektebene(kern),
  };
}
