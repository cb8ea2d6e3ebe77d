/** One tab stop into all markers; arrow keys go to the nearest one in their direction. */
import type * as L from "leaflet";

const RICHTUNGEN: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const SCHRITT_PX = 160;

function mitte(knopf: Element): { x: number; y: number } {
  const { left, top, width, height } = knopf.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** Distance in a direction; sideways counts double, behind counts as unreachable. */
function abstand(von: Element, nach: Element, [rx, ry]: readonly [number, number]): number {
  const a = mitte(von);
  const b = mitte(nach);
  const vor = (b.x - a.x) * rx + (b.y - a.y) * ry;
  const quer = Math.abs((b.x - a.x) * ry) + Math.abs((b.y - a.y) * rx);
  return vor > 0 && quer <= vor * 2 ? vor + quer * 2 : Infinity;
}

export class Rundgang {
  private readonly rahmen: HTMLElement;

  constructor(private readonly map: L.Map) {
    this.rahmen = map.getContainer();
    this.rahmen.addEventListener("keydown", (ereignis) => this.taste(ereignis));
    this.rahmen.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLElement && target.matches("[data-marke]")) this.setzeHalt(target);
    });
  }

  /** After markers came or went: exactly one of them can be reached by Tab. */
  ordne(): void {
    const marken = this.marken();
    const halt = marken.find((marke) => marke.tabIndex === 0) ?? marken[0];
    if (halt) this.setzeHalt(halt);
  }

  private marken(): HTMLElement[] {
    return [...this.rahmen.querySelectorAll<HTMLElement>("[data-marke]")];
  }

  private setzeHalt(halt: HTMLElement): void {
    for (const marke of this.marken()) marke.tabIndex = marke === halt ? 0 : -1;
  }

  private taste(ereignis: KeyboardEvent): void {
    const von = ereignis.target;
    const richtung = RICHTUNGEN[ereignis.key];
    if (!richtung || !(von instanceof HTMLElement) || !von.matches("[data-marke]")) return;
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
}

const rundgaenge = new WeakMap<L.Map, Rundgang>();

export function rundgang(map: L.Map): Rundgang {
  const vorhanden = rundgaenge.get(map);
  if (vorhanden) return vorhanden;
  const neu = new Rundgang(map);
  rundgaenge.set(map, neu);
  return neu;
}
