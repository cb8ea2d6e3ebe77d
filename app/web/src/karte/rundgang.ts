/** One tab stop into the map; arrow keys go to the nearest marker in their direction. */
import type * as L from "leaflet";

const RICHTUNGEN: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ZOOM: Readonly<Record<string, number>> = { "+": 1, "=": 1, "-": -1, _: -1 };
/** Markers, and the districts by their names: areas themselves cannot take the focus. */
const HALTE = "[data-marke], [data-bezirk]";
const SCHRITT_PX = 160;
const DECKUNG_PX = 3;

function mitte(knopf: Element): { x: number; y: number } {
  const { left, top, width, height } = knopf.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** Added where a marker lies beside the quarter around a direction: better than none. */
const DANEBEN_PX = 1e5;

/**
 * Distance in a direction: steps along and across, within the quarter around it. With quarters and
 * this measure every step towards a marker brings it nearer, so that each can be reached from each.
 */
function abstand(von: Element, nach: Element, [rx, ry]: readonly [number, number]): number {
  const a = mitte(von);
  const b = mitte(nach);
  // Two at one point lie in no direction: forwards leads to the later one, backwards to the other.
  if (Math.hypot(b.x - a.x, b.y - a.y) < DECKUNG_PX) {
    const spaeter = von.compareDocumentPosition(nach) & Node.DOCUMENT_POSITION_FOLLOWING;
    return spaeter ? (rx + ry > 0 ? 0 : Infinity) : rx + ry < 0 ? 0 : Infinity;
  }
  const vor = (b.x - a.x) * rx + (b.y - a.y) * ry;
  const quer = Math.abs((b.x - a.x) * ry) + Math.abs((b.y - a.y) * rx);
  if (vor <= 0 || quer > vor * 2) return Infinity;
  return vor + quer + (quer > vor ? DANEBEN_PX : 0);
}

export class Rundgang {
  private readonly rahmen: HTMLElement;
  /** Where a person last was; Tab leads there again. */
  private besucht: HTMLElement | null = null;
  /** Where the focused marker was before the map began to move: it may be redrawn. */
  private vorBewegung: L.LatLng | null = null;

  constructor(private readonly map: L.Map) {
    this.rahmen = map.getContainer();
    this.rahmen.addEventListener("keydown", (ereignis) => this.taste(ereignis));
    this.rahmen.addEventListener("focusin", ({ target }) => {
      if (!(target instanceof HTMLElement) || !target.matches(HALTE)) return;
      this.besucht = target;
      this.setzeHalt(target);
    });
    map.on("movestart zoomstart", () => this.merkeFokus());
  }

  /**
   * After markers came or went: exactly one of them can be reached by Tab, and where there is
   * none, the map itself.
   */
  ordne(): void {
    const marken = this.marken();
    const halt = marken.find((marke) => marke === this.besucht) ?? marken[0];
    if (halt) this.setzeHalt(halt);
    setzeTabindex(this.rahmen, halt ? -1 : 0);
    this.haltFokus();
  }

  private merkeFokus(): void {
    const fokus = document.activeElement;
    const hat = fokus instanceof HTMLElement && fokus.matches(HALTE);
    if (hat && this.rahmen.contains(fokus)) this.vorBewegung = this.ort(fokus);
  }

  /** A marker that vanished while it had the focus (zooming splits it) hands it to the nearest. */
  private haltFokus(): void {
    const { vorBewegung } = this;
    this.vorBewegung = null;
    if (!vorBewegung || document.activeElement !== document.body) return;
    const weite = (marke: HTMLElement): number => vorBewegung.distanceTo(this.ort(marke));
    const [naechste] = this.marken().sort((a, b) => weite(a) - weite(b));
    (naechste ?? this.rahmen).focus({ preventScroll: true });
  }

  private ort(marke: Element): L.LatLng {
    const { left, top } = this.rahmen.getBoundingClientRect();
    const { x, y } = mitte(marke);
    return this.map.containerPointToLatLng([x - left, y - top]);
  }

  private marken(): HTMLElement[] {
    const alle = [...this.rahmen.querySelectorAll<HTMLElement>(HALTE)];
    return alle.filter((marke) => !marke.hidden);
  }

  private setzeHalt(halt: HTMLElement): void {
    for (const marke of this.marken()) setzeTabindex(marke, marke === halt ? 0 : -1);
  }

  private taste(ereignis: KeyboardEvent): void {
    const von = ereignis.target;
    if (!(von instanceof HTMLElement) || !von.matches(HALTE)) return;
    const richtung = RICHTUNGEN[ereignis.key];
    if (!richtung) return this.zoome(ereignis, von);
    // Leaflet would pan the map as well.
    ereignis.preventDefault();
    ereignis.stopPropagation();
    let naechste: HTMLElement | undefined;
    let kleinster = Infinity;
    for (const marke of this.marken()) {
      const weite = marke === von ? Infinity : abstand(von, marke, richtung);
      if (weite < kleinster) [kleinster, naechste] = [weite, marke];
    }
    // No marker that way: look further; the markers that come into view can then be reached.
    if (naechste) naechste.focus({ preventScroll: true });
    else this.map.panBy([richtung[0] * SCHRITT_PX, richtung[1] * SCHRITT_PX]);
  }

  /** Leaflet's own keys work only on the map itself; the marker stays where it is. */
  private zoome({ key, ctrlKey, metaKey }: KeyboardEvent, marke: Element): void {
    const stufe = ZOOM[key];
    if (stufe === undefined || ctrlKey || metaKey) return;
    this.map.setZoomAround(this.ort(marke), this.map.getZoom() + stufe);
  }
}

/** Writes only what changes: every attribute that is written is styled again. */
function setzeTabindex(element: HTMLElement, index: number): void {
  if (element.getAttribute("tabindex") !== String(index)) element.tabIndex = index;
}

const rundgaenge = new WeakMap<L.Map, Rundgang>();

export function rundgang(map: L.Map): Rundgang {
  const vorhanden = rundgaenge.get(map);
  if (vorhanden) return vorhanden;
  const neu = new Rundgang(map);
  rundgaenge.set(map, neu);
  return neu;
}
