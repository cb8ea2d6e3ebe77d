/**
 * Entry of kacheln.js: draws vector tiles. A module of its own, fetched when somebody chooses a map
 * that needs it. It uses the page's Leaflet (the global `L`), as the library below it does.
 */
import type * as Leaflet from "leaflet";
import { PMTiles } from "pmtiles";
import { leafletLayer } from "protomaps-leaflet";
import { liesFarben } from "./farben";
import { malregeln } from "./malregeln";
import { schriftregeln, type Beschriftungswunsch } from "./schriftregeln";

export { projektkacheln } from "./projektkacheln";

export interface Kachelwunsch extends Beschriftungswunsch {
  /** Address of a PMTiles file. */
  readonly url: string;
  /** Attribution as HTML. */
  readonly quelle: string;
}

const dunkel = window.matchMedia("(prefers-color-scheme: dark)");
const GRAD = 1e-7;

/** The base map out of a PMTiles file; rejects where that cannot be read. */
export async function grundkarte(wunsch: Kachelwunsch): Promise<Leaflet.Layer> {
  const datei = new PMTiles(new URL(wunsch.url, location.href).href);
  const { maxZoom, minLat, minLon, maxLat, maxLon } = await datei.getHeader();
  const farben = liesFarben();
  const ebene = leafletLayer({
    url: datei,
    maxDataZoom: maxZoom,
    paintRules: malregeln(farben),
    labelRules: schriftregeln(farben, wunsch),
    backgroundColor: farben.land,
    attribution: wunsch.quelle,
    lang: document.documentElement.lang,
    // Nothing is asked for where the file has nothing; a hair wider than its own rounded border.
    bounds: [
      [minLat - GRAD, minLon - GRAD],
      [maxLat + GRAD, maxLon + GRAD],
    ],
  });
  const faerbe = (): void => {
    const neu = liesFarben();
    ebene.paintRules = malregeln(neu);
    ebene.labelRules = schriftregeln(neu, wunsch);
    ebene.backgroundColor = neu.land;
    ebene.clearLayout();
    ebene.rerenderTiles();
  };
  const karte = ebene as unknown as Leaflet.Layer;
  karte.on("add", () => {
    dunkel.addEventListener("change", faerbe);
  });
  karte.on("remove", () => dunkel.removeEventListener("change", faerbe));
  return karte;
}
