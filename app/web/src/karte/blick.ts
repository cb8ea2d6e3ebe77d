/** The view in `#karte=z/lat/lon`: shareable, never sent to a server. */
import type * as L from "leaflet";

interface Blick {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

const MUSTER = /^#karte=(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;

export function liesBlick(hash: string): Blick | null {
  const treffer = MUSTER.exec(hash);
  if (!treffer) return null;
  const [zoom = NaN, lat = NaN, lon = NaN] = treffer.slice(1).map(Number);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { zoom, lat, lon } : null;
}

export function schreibeBlick({ zoom, lat, lon }: Blick): string {
  return `#karte=${Math.round(zoom * 100) / 100}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}

/** Keeps hash and view together, once the first view stands, unless the view must stay secret. */
export function verbindeBlick(map: L.Map, verschweigt: () => boolean): void {
  const springe = (): void => {
    const blick = liesBlick(location.hash);
    if (blick) map.setView([blick.lat, blick.lon], blick.zoom, { animate: false });
  };
  springe();
  let bewegt = false;
  // Only a person's own moves are worth an address; the first fit is what everybody sees.
  const vonHand = (): void => {
    bewegt = true;
  };
  const rahmen = map.getContainer();
  for (const art of ["pointerdown", "wheel", "keydown"])
    // Before every other listener: without animation the map has moved when those are done.
    rahmen.addEventListener(art, vonHand, { passive: true, capture: true });
  map.on("moveend", () => {
    if (!bewegt || verschweigt()) return;
    const { lat, lng: lon } = map.getCenter();
    const hash = schreibeBlick({ zoom: map.getZoom(), lat, lon });
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  });
  window.addEventListener("hashchange", springe);
}
