/** Names of areas: placed inside what is visible of them, never over one another. */
import * as L from "leaflet";
import { groessterRing, schriftpunkte, type XY } from "./geometrie";
import { rundgang } from "./rundgang";

export interface Name {
  readonly schild: HTMLElement;
  readonly flaeche: L.Polygon;
  readonly abZoom: number;
  /** Smaller numbers are placed first. */
  readonly rang: number;
}

interface Kasten {
  readonly links: number;
  readonly oben: number;
  readonly rechts: number;
  readonly unten: number;
}

/** Names that only repeat what the lists say; read aloud over the map they would be noise. */
const STUMM = "namen";
/** Names that can be pressed. */
const KNOEPFE = "bezirksnamen";
const LUFT_PX = 4;
/** A name of which more than this is covered cannot be read: it comes when there is room. */
const LESBAR = 0.25;
/** Half the side of the square that covers as much as a circle does: √π / 4. */
const RUND = 0.44;
/** As good as endless, in pixels. */
const WEIT = 1e5;
/** How many places inside an area are tried. */
const KANDIDATEN = 160;

/** Square pixels of a box that others cover. */
function verdeckt(kasten: Kasten, andere: readonly Kasten[]): number {
  return andere.reduce((summe, { links, oben, rechts, unten }) => {
    const breite = Math.min(kasten.rechts, rechts) - Math.max(kasten.links, links);
    const hoehe = Math.min(kasten.unten, unten) - Math.max(kasten.oben, oben);
    return breite > 0 && hoehe > 0 ? summe + breite * hoehe : summe;
  }, 0);
}

/** The first of the best; nothing is better than none. */
function kleinstes<T>(aus: readonly T[], mass: (eines: T) => number): T | undefined {
  let bestes: T | undefined;
  let kleinster = Infinity;
  for (const eines of aus) {
    const wert = mass(eines);
    if (wert < kleinster) [kleinster, bestes] = [wert, eines];
    if (kleinster === 0) break;
  }
  return bestes;
}

export class Beschriftung extends L.Layer {
  private namen: readonly Name[] = [];
  private karte: L.Map | null = null;

  constructor(namen: readonly Name[]) {
    super();
    this.ergaenze(namen);
  }

  ergaenze(namen: readonly Name[]): void {
    this.namen = [...this.namen, ...namen].sort((a, b) => a.rang - b.rang);
    if (this.karte) this.haengeAuf(this.karte);
  }

  override onAdd(map: L.Map): this {
    this.karte = map;
    map.on("moveend marken", this.ordne, this);
    map.on("zoomstart", this.verbirg, this);
    this.haengeAuf(map);
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("moveend marken", this.ordne, this);
    map.off("zoomstart", this.verbirg, this);
    for (const { schild } of this.namen) schild.remove();
    this.karte = null;
    return this;
  }

  private haengeAuf(map: L.Map): void {
    const stumm = map.getPane(STUMM) ?? map.createPane(STUMM);
    stumm.setAttribute("aria-hidden", "true");
    const knoepfe = map.getPane(KNOEPFE) ?? map.createPane(KNOEPFE);
    for (const { schild } of this.namen)
      if (!schild.isConnected)
        (schild instanceof HTMLButtonElement ? knoepfe : stumm).append(schild);
    if (map.getSize().y) this.ordne();
  }

  /** Names would jump while the map scales; they come back in their new places. */
  private verbirg(): void {
    this.blende(true);
  }

  private blende(aus: boolean): void {
    // Not `hidden`: the one that has the focus would lose it.
    for (const pane of [STUMM, KNOEPFE])
      this.karte?.getPane(pane)?.toggleAttribute("data-ausgeblendet", aus);
  }

  private ordne(): void {
    const { karte } = this;
    if (!karte) return;
    this.blende(false);
    const hindernisse = [...markenkaesten(karte), ...bedienkaesten(karte)];
    const belegt: Kasten[] = raender(karte);
    for (const { schild, flaeche, abZoom } of this.namen) {
      const hatteFokus = schild === document.activeElement;
      const punkte = karte.getZoom() >= abZoom ? sichtbarePunkte(karte, flaeche) : [];
      schild.hidden = !punkte.length;
      const platz = bester(schild, punkte, belegt, hindernisse);
      schild.hidden = !platz;
      if (hatteFokus && !platz) karte.getContainer().focus({ preventScroll: true });
      if (!platz) continue;
      belegt.push(platz.kasten);
      L.DomUtil.setPosition(schild, L.point(platz.punkt).round());
    }
    rundgang(karte).ordne();
  }
}

interface Platz {
  readonly punkt: XY;
  readonly kasten: Kasten;
  /** Square pixels under a symbol. */
  readonly unter: number;
}

/** Where a name is covered least, on two lines if that helps; never over another name or cut off. */
function bester(
  schild: HTMLElement,
  punkte: readonly XY[],
  belegt: readonly Kasten[],
  hindernisse: readonly Kasten[],
): Platz | undefined {
  const suche = (umbruch: boolean): Platz | undefined => {
    schild.toggleAttribute("data-umbruch", umbruch);
    const plaetze = punkte.map((punkt) => {
      const kasten = kastenUm(punkt, schild);
      return { punkt, kasten, unter: verdeckt(kasten, hindernisse) };
    });
    return kleinstes(
      plaetze.filter(({ kasten }) => !verdeckt(kasten, belegt)),
      ({ unter }) => unter,
    );
  };
  let platz = suche(false);
  if (platz?.unter !== 0 && schild.textContent.includes("-")) {
    const zweizeilig = suche(true);
    if (zweizeilig && zweizeilig.unter < (platz?.unter ?? Infinity)) platz = zweizeilig;
    else schild.removeAttribute("data-umbruch");
  }
  return platz && platz.unter <= LESBAR * flaeche(platz.kasten) ? platz : undefined;
}

function flaeche({ links, oben, rechts, unten }: Kasten): number {
  return (rechts - links) * (unten - oben);
}

/** What lies outside the map: a name must not be cut off there. */
function raender(karte: L.Map): Kasten[] {
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

function markenkaesten(karte: L.Map): Kasten[] {
  const marken = karte.getPane("markerPane")?.querySelectorAll<HTMLElement>("[data-marke]");
  // A round symbol leaves the corners of its box free.
  return [...(marken ?? [])].map((marke) => {
    const { x, y } = L.DomUtil.getPosition(marke);
    const r = marke.offsetWidth * RUND;
    return { links: x - r, rechts: x + r, oben: y - r, unten: y + r };
  });
}

/** Controls, the switch at the upper edge, and the point that is measured from with its name. */
const DARUEBER = ".leaflet-control, .ausschnitt label, .messpunkt-zeichen svg, .messpunkt-name";

/** What lies over the map and hides a name. */
function bedienkaesten(karte: L.Map): Kasten[] {
  const behaelter = karte.getContainer();
  const rahmen = behaelter.getBoundingClientRect();
  const nullpunkt = karte.containerPointToLayerPoint([0, 0]);
  const dx = nullpunkt.x - rahmen.left;
  const dy = nullpunkt.y - rahmen.top;
  // The switch stands before the map, not in it.
  const davor = behaelter.parentElement ?? behaelter;
  return [...davor.querySelectorAll(DARUEBER)].map((teil) => {
    const { left, top, right, bottom } = teil.getBoundingClientRect();
    return { links: left + dx, oben: top + dy, rechts: right + dx, unten: bottom + dy };
  });
}

/** Inside the visible part of the area, so that a large district keeps its name when zoomed in. */
function sichtbarePunkte(karte: L.Map, flaeche: L.Polygon): XY[] {
  if (!karte.getBounds().intersects(flaeche.getBounds())) return [];
  const ring = groessterRing(flaeche).map((ort) => karte.latLngToLayerPoint(ort));
  const ecke = karte.containerPointToLayerPoint([0, 0]);
  const rahmen = L.bounds(ecke, ecke.add(karte.getSize()));
  return schriftpunkte(L.PolyUtil.clipPolygon(ring, rahmen)).slice(0, KANDIDATEN);
}

function kastenUm({ x, y }: XY, inhalt: HTMLElement): Kasten {
  const breite = inhalt.offsetWidth / 2 + LUFT_PX;
  const hoehe = inhalt.offsetHeight / 2;
  return { links: x - breite, rechts: x + breite, oben: y - hoehe, unten: y + hoehe };
}
