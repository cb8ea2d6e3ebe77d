/** Where in an area its name may stand, the best places first, in layer pixels. */
import * as L from "leaflet";
import { groessterRing, schriftpunkte, type XY } from "./geometrie";

/** How many places inside an area are tried. */
const KANDIDATEN = 160;

/**
 * Filters change which name fits where, not where the areas are: places are found once for an area
 * that is seen as a whole, and once a view for one that is cut off.
 */
export class Schriftorte {
  private readonly ganz = new WeakMap<L.Polygon, readonly XY[]>();
  private imBlick = new WeakMap<L.Polygon, readonly XY[]>();
  private blick = "";

  constructor(private readonly karte: L.Map) {}

  /** Inside the visible part of the area, so that a large district keeps its name when zoomed in. */
  in(flaeche: L.Polygon): readonly XY[] {
    const { karte } = this;
    if (!karte.getBounds().intersects(flaeche.getBounds())) return [];
    const ecke = karte.containerPointToLayerPoint([0, 0]);
    const rahmen = L.bounds(ecke, ecke.add(karte.getSize()));
    const blick = [karte.getZoom(), karte.getPixelOrigin(), rahmen.min, rahmen.max].join();
    if (blick !== this.blick) [this.blick, this.imBlick] = [blick, new WeakMap()];
    const bekannt = this.imBlick.get(flaeche);
    if (bekannt) return bekannt;
    const ring = groessterRing(flaeche);
    const punkte = ring.map((ort) => karte.latLngToLayerPoint(ort));
    const orte = punkte.every((punkt) => rahmen.contains(punkt))
      ? this.vomGanzen(flaeche, ring)
      : schriftpunkte(L.PolyUtil.clipPolygon(punkte, rahmen)).slice(0, KANDIDATEN);
    this.imBlick.set(flaeche, orte);
    return orte;
  }

  /** The places are the same at every zoom, only their distances grow. */
  private vomGanzen(flaeche: L.Polygon, ring: readonly L.LatLng[]): XY[] {
    const { karte } = this;
    let orte = this.ganz.get(flaeche);
    if (!orte) {
      orte = schriftpunkte(ring.map((ort) => karte.project(ort, 0))).slice(0, KANDIDATEN);
      this.ganz.set(flaeche, orte);
    }
    const massstab = karte.getZoomScale(karte.getZoom(), 0);
    const ursprung = karte.getPixelOrigin();
    return orte.map(({ x, y }) => ({
      x: x * massstab - ursprung.x,
      y: y * massstab - ursprung.y,
    }));
  }
}
