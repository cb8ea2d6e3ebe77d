/** Entry of karte.js: Leaflet and our layers, as globals for the script that folium generated. */
import * as L from "leaflet";
import { alle, finde, wenigBewegung } from "../dom";
import type { Kern } from "../kern";
import { Bezirke } from "./bezirke";
import { verbindeBlick } from "./blick";
import { richteDruckEin } from "./druck";
import { Flaechenebene } from "./flaechen";
import { zaehmeGesten } from "./gesten";
import { Grundkarte } from "./grundkarte";
import { Grundwahl } from "./grundwahl";
import { Kachelebene } from "./kachelebene";
import { Projektebene } from "./projekte";
import { rundgang } from "./rundgang";
import { Umkreis } from "./umkreis";
import { Schieber } from "./schieben";
import { leertasteDrueckt } from "./tasten";

function setzeVorgaben({ texte }: Kern): void {
  L.Control.Zoom.mergeOptions({
    zoomInTitle: texte("web.karte.groesser"),
    zoomOutTitle: texte("web.karte.kleiner"),
  });
  L.Control.Scale.mergeOptions({ imperial: false });
  // Leaflet's own prefix links to another host.
  L.Control.Attribution.mergeOptions({ prefix: false });
  // Vector areas look good at any scale; quarter steps let a view fit its frame.
  L.Map.mergeOptions({ zoomSnap: 0.25 });
  if (wenigBewegung.matches) stelleBewegungAb();
}

/** Leaflet has no option for the animated pan that keys, popups and `setView` share. */
function stelleBewegungAb(): void {
  L.Map.mergeOptions({
    zoomAnimation: false,
    fadeAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
  });
  const { panBy } = L.Map.prototype;
  L.Map.include({
    panBy(this: L.Map, offset: L.PointExpression, optionen?: L.PanOptions): L.Map {
      return panBy.call(this, offset, { ...optionen, animate: false });
    },
  });
}

/** Runs for every map before folium's script goes on with its layers. */
function richteEin(map: L.Map, kern: Kern, grundwahl: Grundwahl): void {
  const { texte } = kern;
  const rahmen = map.getContainer();
  finde("[data-nur-ohne-script]", rahmen)?.remove();
  rahmen.setAttribute("role", "group");
  rahmen.setAttribute("aria-label", texte("web.karte.name"));
  rundgang(map);
  richteDruckEin(rahmen);
  zaehmeGesten(map, texte);
  const umkreis = new Umkreis(map, kern);
  // folium fits its own bounds at the end of its script; the view of the URL comes after that.
  queueMicrotask(() => {
    verbindeBlick(map, () => umkreis.verschweigt);
    leertasteDrueckt(rahmen);
    new Schieber(texte).addTo(map);
    richteEbenenwahlEin(rahmen, texte("web.karte.ebenen"));
    grundwahl.beginne(map);
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(rahmen);
}

/** Leaflet's types leave this form out. */
const hoereNichtMehr = L.DomEvent.off as (ziel: HTMLElement, arten: string) => unknown;

/** Leaflet unfolds its layer control for the keyboard too, but never folds it again. */
function richteEbenenwahlEin(rahmen: HTMLElement, text: string): void {
  const wahl = finde(".leaflet-control-layers", rahmen);
  const schalter = finde(".leaflet-control-layers-toggle", rahmen);
  if (!wahl || !schalter) return;
  // A finger does not hover: what a browser makes up for it would fold the list at once.
  if (window.matchMedia("(hover: none)").matches) hoereNichtMehr(wahl, "mouseenter mouseleave");
  schalter.setAttribute("title", text);
  schalter.setAttribute("aria-label", text);
  const klappeZu = (): void => wahl.classList.remove("leaflet-control-layers-expanded");
  wahl.addEventListener("focusout", ({ relatedTarget }) => {
    // A click on a label takes the focus away without giving it to anything else.
    if (relatedTarget instanceof Node && !wahl.contains(relatedTarget)) klappeZu();
  });
  wahl.addEventListener("keydown", ({ key, target }) => {
    // Unfolding hides the button: the focus goes on to what it unfolded.
    if ((key === "Enter" || key === " ") && target === schalter)
      alle("input", wahl)
        .find((eingabe) => eingabe.checkVisibility())
        ?.focus();
    if (key !== "Escape") return;
    klappeZu();
    schalter.focus();
  });
}

const kern = window.nordwaerts?.kern;
if (kern) {
  setzeVorgaben(kern);
  const grundwahl = new Grundwahl(kern);
  L.Map.addInitHook(function (this: L.Map) {
    richteEin(this, kern, grundwahl);
  });
  const bezirke = new Bezirke(kern);
  window.L = L;
  window.nordwaerts = {
    ...window.nordwaerts,
    grundkarte: (optionen) => grundwahl.mitBezirken(new Grundkarte(optionen, kern, bezirke)),
    flaechen: (optionen) => new Flaechenebene(optionen, kern),
    projekte: () =>
      kern.blatt.kacheln
        ? new Kachelebene(kern, kern.blatt.kacheln)
        : new Projektebene(kern, bezirke),
  };
}
