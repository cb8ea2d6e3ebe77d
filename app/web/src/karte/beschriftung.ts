/** Names of areas: placed inside what is visible of them, never over one another. */
import * as L from "leaflet";
import { element } from "../dom";
import { groessterRing, schriftpunkte, type XY } from "./geometrie";

export interface Name {
  readonly text: string;
  readonly flaeche: L.Polygon;
  readonly klasse: string;
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

const PANE = "namen";
const LUFT_PX = 4;
/** How many places inside an area are tried. */
const KANDIDATEN = 90;

function ueberlappt(a: Kasten, b: Kasten): boolean {
  return a.links < b.rechts && b.links < a.rechts && a.oben < b.unten && b.oben < a.unten;
}

export class Beschriftung extends L.Layer {
  private readonly schilder: readonly { readonly name: Name; readonly schild: HTMLElement }[];
  private karte!: L.Map;

  constructor(namen: readonly Name[]) {
    super();
    this.schilder = [...namen]
      .sort((a, b) => a.rang - b.rang)
      .map((name) => ({ name, schild: element("span", { class: name.klasse }, name.text) }));
  }

  override onAdd(map: L.Map): this {
    this.karte = map;
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    // The same names stand in the list of districts; read aloud over the map they would be noise.
    pane.setAttribute("aria-hidden", "true");
    pane.append(...this.schilder.map(({ schild }) => schild));
    map.on("moveend marken", this.ordne, this);
    map.on("zoomstart", this.verbirg, this);
    if (map.getSize().y) this.ordne();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("moveend marken", this.ordne, this);
    map.off("zoomstart", this.verbirg, this);
    for (const { schild } of this.schilder) schild.remove();
    return this;
  }

  /** Names would jump while the map scales; they come back in their new places. */
  private verbirg(): void {
    for (const { schild } of this.schilder) schild.hidden = true;
  }

  private ordne(): void {
    const marken = this.markenkaesten();
    const belegt: Kasten[] = [];
    const frei = (kasten: Kasten, andere: readonly Kasten[]): boolean =>
      !andere.some((anderer) => ueberlappt(kasten, anderer));
    for (const { name, schild } of this.schilder) {
      const punkte = this.karte.getZoom() >= name.abZoom ? this.punkte(name.flaeche) : [];
      schild.hidden = !punkte.length;
      const plaetze = punkte.map((punkt) => ({ punkt, kasten: kastenUm(punkt, schild) }));
      const ohneNamen = plaetze.filter(({ kasten }) => frei(kasten, belegt));
      // Better half under a symbol than not at all; never over another name.
      const platz = ohneNamen.find(({ kasten }) => frei(kasten, marken)) ?? ohneNamen[0];
      schild.hidden = !platz;
      if (!platz) continue;
      belegt.push(platz.kasten);
      L.DomUtil.setPosition(schild, L.point(platz.punkt).round());
    }
  }

  private markenkaesten(): Kasten[] {
    const marken = this.karte.getPane("markerPane")?.querySelectorAll<HTMLElement>("[data-marke]");
    return [...(marken ?? [])].map((marke) => kastenUm(L.DomUtil.getPosition(marke), marke));
  }

  /** Inside the visible part of the area, so that a large district keeps its name when zoomed in. */
  private punkte(flaeche: L.Polygon): XY[] {
    const { karte } = this;
    if (!karte.getBounds().intersects(flaeche.getBounds())) return [];
    const ring = groessterRing(flaeche).map((ort) => karte.latLngToLayerPoint(ort));
    const ecke = karte.containerPointToLayerPoint([0, 0]);
    const rahmen = L.bounds(ecke, ecke.add(karte.getSize()));
    return schriftpunkte(L.PolyUtil.clipPolygon(ring, rahmen)).slice(0, KANDIDATEN);
  }
}

function kastenUm({ x, y }: XY, inhalt: HTMLElement): Kasten {
  const breite = inhalt.offsetWidth / 2 + LUFT_PX;
  const hoehe = inhalt.offsetHeight / 2;
  return { links: x - breite, rechts: x + breite, oben: y - hoehe, unten: y + hoehe };
}
