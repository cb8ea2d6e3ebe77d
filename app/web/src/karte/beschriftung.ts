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
/** How many places inside an area are tried. */
const KANDIDATEN = 90;

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
    const marken = markenkaesten(karte);
    const belegt: Kasten[] = [];
    for (const { schild, flaeche, abZoom } of this.namen) {
      const hatteFokus = schild === document.activeElement;
      const punkte = karte.getZoom() >= abZoom ? sichtbarePunkte(karte, flaeche) : [];
      schild.hidden = !punkte.length;
      const plaetze = punkte.map((punkt) => ({ punkt, kasten: kastenUm(punkt, schild) }));
      const ohneNamen = plaetze.filter(({ kasten }) => !verdeckt(kasten, belegt));
      // Better half under a symbol than not at all; never over another name.
      const platz = kleinstes(ohneNamen, ({ kasten }) => verdeckt(kasten, marken));
      schild.hidden = !platz;
      if (hatteFokus && !platz) karte.getContainer().focus({ preventScroll: true });
      if (!platz) continue;
      belegt.push(platz.kasten);
      L.DomUtil.setPosition(schild, L.point(platz.punkt).round());
    }
    rundgang(karte).ordne();
  }
}

function markenkaesten(karte: L.Map): Kasten[] {
  const marken = karte.getPane("markerPane")?.querySelectorAll<HTMLElement>("[data-marke]");
  return [...(marken ?? [])].map((marke) => kastenUm(L.DomUtil.getPosition(marke), marke));
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
