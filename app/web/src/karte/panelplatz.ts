/** On a phone the panel covers the lower half of the map: what it is about moves into the upper one. */
import type * as L from "leaflet";
import { finde } from "../dom";
import { bewegt } from "./fenster";

const NAHER_ZOOM = 14;
const LUFT_PX = 24;
/** With less than this above the panel the page scrolls its own head away. */
const FREI_PX = 180;

/** A project whose short form opens, from wherever. */
export function rueckeUeberPanel(karte: L.Map, ort: L.LatLng): void {
  // The map may just have become visible; it has to know its size first.
  karte.invalidateSize({ animate: false });
  const zoom = Math.max(karte.getZoom(), NAHER_ZOOM);
  const mitte = karte.project(ort, zoom).add([0, karte.getSize().y / 4]);
  karte.setView(karte.unproject(mitte, zoom), zoom, { animate: false });
}

/** A place that was pressed on the map: it moves only if the panel came over it. */
export function rueckeAusDemPanel(karte: L.Map): void {
  const rahmen = karte.getContainer();
  const panel = finde(".panel[data-ort]")?.getBoundingClientRect();
  if (!panel) return;
  const oben = rahmen.getBoundingClientRect().top;
  if (panel.top - oben < FREI_PX) scrollBy(0, oben - (finde(".leiste")?.offsetHeight ?? 0));
  const marke = finde("[data-offen]", rahmen)?.getBoundingClientRect();
  if (!marke || marke.bottom + LUFT_PX < panel.top) return;
  const { left, top, width } = rahmen.getBoundingClientRect();
  const x = marke.left + marke.width / 2 - (left + width / 2);
  const y = marke.top + marke.height / 2 - (top + panel.top) / 2;
  karte.panBy([x, y], { animate: bewegt() });
}
