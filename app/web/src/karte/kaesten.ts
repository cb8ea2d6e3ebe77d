/** What stands where on the map, in layer pixels: so that names stay clear of it. */
import * as L from "leaflet";

export interface Kasten {
  readonly links: number;
  readonly oben: number;
  readonly rechts: number;
  readonly unten: number;
}

/** Half the side of the square that covers as much as a circle does: √π / 4. */
const RUND = 0.44;
/** As good as endless, in pixels. */
const WEIT = 1e5;

/** Square pixels of a box that others cover. */
export function verdeckt(kasten: Kasten, andere: readonly Kasten[]): number {
  let summe = 0;
  for (const { links, oben, rechts, unten } of andere) {
    const breite = Math.min(kasten.rechts, rechts) - Math.max(kasten.links, links);
    const hoehe = Math.min(kasten.unten, unten) - Math.max(kasten.oben, oben);
    if (breite > 0 && hoehe > 0) summe += breite * hoehe;
  }
  return summe;
}

export function flaeche({ links, oben, rechts, unten }: Kasten): number {
  return (rechts - links) * (unten - oben);
}

/** What lies outside the map: a name must not be cut off there. */
export function raender(karte: L.Map): Kasten[] {
  const { x, y } = karte.containerPointToLayerPoint([0, 0]);
  const { x: breite, y: hoehe } = karte.getSize();
  const alles = { links: x - WEIT, oben: y - WEIT, rechts: x + WEIT, unten: y + WEIT };
  return [
    { ...alles, rechts: x },
    { ...alles, links: x + breite },
    { ...alles, unten: y },
    { ...alles, oben: y + hoehe },
  ];
}

export function markenkaesten(karte: L.Map): Kasten[] {
  const marken = karte.getPane("markerPane")?.querySelectorAll<HTMLElement>("[data-marke]");
  // A round symbol leaves the corners of its box free.
  return [...(marken ?? [])].map((marke) => {
    const { x, y } = L.DomUtil.getPosition(marke);
    // As marke.ts has set it: to measure it would make the browser lay out the whole page now.
    const r = parseFloat(marke.style.width) * RUND;
    return { links: x - r, rechts: x + r, oben: y - r, unten: y + r };
  });
}

/** Controls, and the switch at the upper edge: they stay where they are while the map moves. */
const BEDIENUNG = ".leaflet-control, .ausschnitt label";
/** The point that is measured from with its name: it lies at a place of the map. */
const MESSPUNKT = ".messpunkt-zeichen svg, .messpunkt-name";

/**
 * What lies over the map and hides a name. Controls are measured again only after one of them came,
 * went or changed its size: measured on every change of the filter they would make the browser lay
 * out the page twice.
 */
export class Bedienkaesten {
  private readonly behaelter: HTMLElement;
  private teile: readonly Element[] = [];
  /** In pixels from the map's corner. */
  private gemessen: readonly Kasten[] | null = null;
  private readonly waechter = new ResizeObserver(() => (this.gemessen = null));

  constructor(private readonly karte: L.Map) {
    this.behaelter = karte.getContainer();
  }

  kaesten(): Kasten[] {
    const { x, y } = this.karte.containerPointToLayerPoint([0, 0]);
    const punkte = [...this.behaelter.querySelectorAll(MESSPUNKT)];
    const alle = [...this.bedienung(), ...(punkte.length ? this.miss(punkte) : [])];
    return alle.map(({ links, oben, rechts, unten }) => ({
      links: links + x,
      oben: oben + y,
      rechts: rechts + x,
      unten: unten + y,
    }));
  }

  private bedienung(): readonly Kasten[] {
    // The switch stands before the map, not in it.
    const davor = this.behaelter.parentElement ?? this.behaelter;
    const teile = [...davor.querySelectorAll(BEDIENUNG)];
    const { teile: vorher } = this;
    if (teile.length !== vorher.length || teile.some((teil, i) => teil !== vorher[i])) {
      this.waechter.disconnect();
      for (const teil of [this.behaelter, ...teile]) this.waechter.observe(teil);
      this.teile = teile;
      this.gemessen = null;
    }
    this.gemessen ??= this.miss(teile);
    return this.gemessen;
  }

  private miss(teile: readonly Element[]): Kasten[] {
    const rahmen = this.behaelter.getBoundingClientRect();
    return teile.map((teil) => {
      const { left, top, right, bottom } = teil.getBoundingClientRect();
      return {
        links: left - rahmen.left,
        oben: top - rahmen.top,
        rechts: right - rahmen.left,
        unten: bottom - rahmen.top,
      };
    });
  }
}
