/** A marker that is a real button with a name; Leaflet only places it. */
import * as L from "leaflet";
import { element } from "../dom";

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
  constructor(
    private readonly knopf: HTMLElement,
    groesse: number,
    versatz: number,
  ) {
    super({
      iconUrl: "",
      iconSize: [groesse, groesse],
      iconAnchor: [groesse / 2 - versatz, groesse / 2],
    });
  }

  override createIcon(): HTMLElement {
    const { knopf } = this;
    const [breite] = this.options.iconSize as [number, number];
    const [links, oben] = this.options.iconAnchor as [number, number];
    knopf.style.width = knopf.style.height = `${breite}px`;
    knopf.style.marginLeft = `${-links}px`;
    knopf.style.marginTop = `${-oben}px`;
    return knopf;
  }

  override createShadow(): HTMLElement {
    // Leaflet accepts null here; its types do not.
    return null as unknown as HTMLElement;
  }
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
  const punkt = L.marker(marke.ort, {
    icon: new Knopfbild(knopf, marke.groesse, marke.versatz ?? 0),
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
    marke.beiKlick(knopf);
  });
  punkt.on("click", ({ originalEvent }) => {
    if (originalEvent.detail !== 0) marke.beiKlick(knopf);
  });
  return punkt;
}

export function knopfMit(map: L.Map, schluessel: string): HTMLElement | null {
  const wahl = `[data-marke="${CSS.escape(schluessel)}"]`;
  return map.getContainer().querySelector<HTMLElement>(wahl);
}
