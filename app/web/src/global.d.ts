import type * as Leaflet from "leaflet";
import type { Kern } from "./kern";
import type { FlaechenOptionen, GrundkartenOptionen } from "./karte/optionen";

declare global {
  /** What app.js leaves for karte.js, and karte.js for the script that folium generated. */
  interface Nordwaerts {
    kern?: Kern;
    grundkarte?: (optionen: GrundkartenOptionen) => Leaflet.Layer;
    flaechen?: (optionen: FlaechenOptionen) => Leaflet.Layer;
    projekte?: () => Leaflet.Layer;
  }

  interface Window {
    L?: typeof Leaflet;
    nordwaerts?: Nordwaerts;
    /** What the scripts of a frozen copy hand over, by their own address. */
    nordwaertsArchiv?: Readonly<Record<string, unknown>>;
  }
}
