/** A marker that is a real button with a name; Leaflet only places it. */
import * as L from "leaflet";
import { element, setzeAttribut } from "../dom";

export interface Marke {
  /** Stays the same while the marker means the same, so that focus can be given back. */
  readonly schluessel: string;
  readonly ort: L.LatLngExpression;
  readonly name: string;
  readonly klasse: string;
  readonly bild: Element;
  readonly groesse: number;
  /** Pixels to the right of the place, where another marker stands already. */
  readonly versatz?: number;
  /** How many projects it stands for. */
  readonly anzahl?: number;
  readonly ungefaehr?: boolean;
  readonly beiKlick: (knopf: HTMLElement) => void;
}

class Knopfbild extends L.Icon<L.IconOptions> {
  constructor(private readonly knopf: HTMLElement) {
    super({ iconUrl: "" });
  }

  override createIcon(): HTMLElement {
    return this.knopf;
  }

  override createShadow(): HTMLElement {
    // Leaflet accepts null here; its types do not.
    return null as unknown as HTMLElement;
  }
}

/** What a marker shows now: it may come to mean something else. */
const gezeigt = new WeakMap<L.Marker, Marke>();

function setzeGroesse({ style }: HTMLElement, { groesse, versatz = 0 }: Marke): void {
  style.width = style.height = `${groesse}px`;
  style.marginLeft = `${versatz - groesse / 2}px`;
  style.marginTop = `${-groesse / 2}px`;
}

export function macheMarke(marke: Marke, pane?: string): L.Marker {
  const knopf = element(
    "button",
    {
      type: "button",
      class: `leaflet-marker-icon marke ${marke.klasse}`,
      "data-marke": marke.schluessel,
      "data-anzahl": marke.anzahl?.toString(),
      "data-ungefaehr": marke.ungefaehr,
      "aria-label": marke.name,
      tabindex: "-1",
    },
    marke.bild,
  );
  setzeGroesse(knopf, marke);
  const punkt = L.marker(marke.ort, {
    icon: new Knopfbild(knopf),
    // Our own roving focus (rundgang.ts) replaces Leaflet's tab stop per marker.
    keyboard: false,
    riseOnHover: true,
    ...(pane ? { pane } : {}),
  });
  // Leaflet swallows clicks after a drag of the map, also those of the keyboard: Enter counts always.
  knopf.addEventListener("click", (ereignis) => {
    if (ereignis.detail !== 0) return;
    // Seen by the map it would close the popup that it has just opened.
    ereignis.stopPropagation();
    gezeigt.get(punkt)?.beiKlick(knopf);
  });
  punkt.on("click", ({ originalEvent }) => {
    if (originalEvent.detail !== 0) gezeigt.get(punkt)?.beiKlick(knopf);
  });
  gezeigt.set(punkt, marke);
  return punkt;
}

/** The picture of a marker, for those that can be changed instead of being drawn anew. */
export function bildVon(punkt: L.Marker): Element | undefined {
  return gezeigt.get(punkt)?.bild;
}

/**
 * Makes a marker that stands on the map mean something else: much less work than a new one, and a
 * filter changes nearly all of them.
 */
export function aendereMarke(punkt: L.Marker, neu: Marke): void {
  const vorher = gezeigt.get(punkt);
  const knopf = punkt.getElement();
  if (!vorher || !knopf) return;
  gezeigt.set(punkt, neu);
  if (neu.klasse !== vorher.klasse) knopf.classList.replace(vorher.klasse, neu.klasse);
  setzeAttribut(knopf, "data-marke", neu.schluessel);
  setzeAttribut(knopf, "data-anzahl", neu.anzahl?.toString() ?? null);
  setzeAttribut(knopf, "data-ungefaehr", neu.ungefaehr ? "" : null);
  setzeAttribut(knopf, "aria-label", neu.name);
  if (neu.bild !== vorher.bild) knopf.replaceChildren(neu.bild);
  if (neu.groesse !== vorher.groesse) setzeGroesse(knopf, neu);
  punkt.setLatLng(neu.ort);
}

export function knopfMit(map: L.Map, schluessel: string): HTMLElement | null {
  const wahl = `[data-marke="${CSS.escape(schluessel)}"]`;
  return map.getContainer().querySelector<HTMLElement>(wahl);
}
