/** Names of areas: placed inside what is visible of them, never over one another. */
import * as L from "leaflet";
import type { XY } from "./geometrie";
import { Bedienkaesten, flaeche, markenkaesten, raender, verdeckt, type Kasten } from "./kaesten";
import { rundgang } from "./rundgang";
import { Schriftmasse, type Mass } from "./schriftmass";
import { Schriftorte } from "./schriftorte";

export interface Name {
  readonly schild: HTMLElement;
  readonly flaeche: L.Polygon;
  readonly abZoom: number;
  /** Smaller numbers are placed first. */
  readonly rang: number;
}

/** Names that only repeat what the lists say; read aloud over the map they would be noise. */
const STUMM = "namen";
/** Names that can be pressed. */
const KNOEPFE = "bezirksnamen";
const LUFT_PX = 4;
/** A name of which more than this is covered cannot be read: it comes when there is room. */
const LESBAR = 0.25;
export class Beschriftung extends L.Layer {
  private namen: readonly Name[] = [];
  private karte: L.Map | null = null;
  private orte: Schriftorte | null = null;
  private bedienung: Bedienkaesten | null = null;
  private readonly masse = new Schriftmasse();

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
    this.orte = new Schriftorte(map);
    this.bedienung = new Bedienkaesten(map);
    map.on("moveend marken", this.ordne, this);
    map.on("resize", this.masse.vergiss, this.masse);
    map.on("zoomstart", this.verbirg, this);
    this.haengeAuf(map);
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("moveend marken", this.ordne, this);
    map.off("resize", this.masse.vergiss, this.masse);
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
    const { bedienung, karte, masse, orte } = this;
    if (!karte || !orte || !bedienung) return;
    this.blende(false);
    const zoom = karte.getZoom();
    const moegliche = this.namen.map((name) => ({
      schild: name.schild,
      punkte: zoom >= name.abZoom ? orte.in(name.flaeche) : [],
    }));
    masse.miss(
      moegliche.filter(({ punkte }) => punkte.length).map(({ schild }) => schild),
      karte.getContainer().hasAttribute("data-bezirkszahlen"),
    );
    const hindernisse = [...markenkaesten(karte), ...bedienung.kaesten()];
    const belegt: Kasten[] = raender(karte);
    for (const { schild, punkte } of moegliche) {
      const platz = this.bester(schild, punkte, belegt, hindernisse);
      if (platz) belegt.push(platz.kasten);
      haenge(schild, platz, karte);
    }
    rundgang(karte).ordne();
  }

  /** Where a name is covered least, on two lines if that helps; never over another name or cut off. */
  private bester(
    schild: HTMLElement,
    punkte: readonly XY[],
    belegt: readonly Kasten[],
    hindernisse: readonly Kasten[],
  ): Platz | undefined {
    const suche = (umbruch: boolean): Platz | undefined => {
      const mass = this.masse.von(schild, umbruch);
      return mass ? freiester({ mass, umbruch }, punkte, belegt, hindernisse) : undefined;
    };
    let platz = suche(false);
    if (platz?.unter !== 0) {
      const zweizeilig = suche(true);
      if (zweizeilig && zweizeilig.unter < (platz?.unter ?? Infinity)) platz = zweizeilig;
    }
    return platz && platz.unter <= LESBAR * flaeche(platz.kasten) ? platz : undefined;
  }
}

interface Platz {
  readonly punkt: XY;
  readonly kasten: Kasten;
  readonly umbruch: boolean;
  /** Square pixels under a symbol. */
  readonly unter: number;
}

/** The first of the places that are covered least. */
function freiester(
  { mass, umbruch }: { readonly mass: Mass; readonly umbruch: boolean },
  punkte: readonly XY[],
  belegt: readonly Kasten[],
  hindernisse: readonly Kasten[],
): Platz | undefined {
  let bester: Platz | undefined;
  for (const punkt of punkte) {
    const kasten = kastenUm(punkt, mass);
    if (verdeckt(kasten, belegt)) continue;
    const unter = verdeckt(kasten, hindernisse);
    if (!bester || unter < bester.unter) bester = { punkt, kasten, umbruch, unter };
    if (unter === 0) break;
  }
  return bester;
}

/** Changes only what changes: an attribute that is written is looked at again by every style. */
function haenge(schild: HTMLElement, platz: Platz | undefined, karte: L.Map): void {
  if (!platz) {
    const hatteFokus = schild === document.activeElement;
    if (!schild.hidden) schild.hidden = true;
    if (hatteFokus) karte.getContainer().focus({ preventScroll: true });
    return;
  }
  if (schild.hidden) schild.hidden = false;
  schild.toggleAttribute("data-umbruch", platz.umbruch);
  const punkt = L.point(platz.punkt).round();
  if (!punkt.equals(L.DomUtil.getPosition(schild))) L.DomUtil.setPosition(schild, punkt);
}

function kastenUm({ x, y }: XY, mass: Mass): Kasten {
  const breite = mass.breite / 2 + LUFT_PX;
  const hoehe = mass.hoehe / 2;
  return { links: x - breite, rechts: x + breite, oben: y - hoehe, unten: y + hoehe };
}
