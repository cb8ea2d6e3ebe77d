/** The districts as places: their names open a panel, chosen ones have a strong border. */
import * as L from "leaflet";
import { element, finde } from "../dom";
import type { Ergebnis } from "../engine";
import type { Bild, Kern } from "../kern";
import { STADTWEIT, zeilenMit, type Ort } from "../ort";
import type { Name } from "./beschriftung";
import { inFlaeche } from "./geometrie";
import type { Flaechen } from "./grundkarte";

const PANE = "auswahl";
/** A second click within this time zooms: the first one must not have opened anything. */
const DOPPELKLICK_MS = 260;
/** From here on a screen shows streets: a click on the ground means no district any more. */
const NAHER_ZOOM = 16;

export class Bezirke {
  private map: L.Map | null = null;
  private daten: Flaechen | null = null;
  private readonly wartende: (() => void)[] = [];
  private readonly umrisse = L.layerGroup();
  private readonly schilder = new Map<string, HTMLElement>();
  private gezeichnet = "";
  private gezaehlt: { readonly ergebnis: Ergebnis; readonly anzahlen: Uint32Array } | null = null;

  constructor(private readonly kern: Kern) {}

  /** Called once, when the areas of the base map stand. */
  verbinde(map: L.Map, daten: Flaechen): void {
    this.map = map;
    this.daten = daten;
    (map.getPane(PANE) ?? map.createPane(PANE)).setAttribute("aria-hidden", "true");
    this.umrisse.addTo(map);
    this.kern.beobachte(() => this.zeichne());
    this.kern.beobachteOrt((ort) => {
      for (const [code, schild] of this.schilder)
        schild.toggleAttribute("data-offen", code === ort?.bezirk);
      this.zeichne();
    });
    this.hoereAufKlicks(map);
    for (const weiter of this.wartende.splice(0)) weiter();
  }

  /** Calls back when the areas are there. */
  bereit(weiter: () => void): void {
    if (this.daten) weiter();
    else this.wartende.push(weiter);
  }

  /** The frame around districts; null where none of the codes has an area. */
  rahmen(codes: readonly string[]): L.LatLngBounds | null {
    const flaechen = this.flaechen(codes);
    return flaechen.length ? L.geoJSON(flaechen).getBounds() : null;
  }

  /** A name on the map that is a button; its number is shown while the layer of districts is on. */
  name(flaeche: L.Polygon): Name {
    const code = String(flaeche.feature?.id ?? "");
    const name = this.titel(code);
    const schild = element(
      "button",
      { type: "button", class: "name-bezirk", "data-bezirk": code, tabindex: "-1" },
      name,
    );
    this.schilder.set(code, schild);
    schild.addEventListener("click", (ereignis) => {
      // A click on the ground below would open the same district again.
      ereignis.stopPropagation();
      if (ereignis.detail > 0 && wurdeGezogen(this.map)) return;
      this.oeffne(code);
    });
    this.kern.beobachte((bild) => {
      const anzahl = this.anzahlIn(code, bild);
      // Drawn by the style sheet: it is no part of what the button is called.
      if (schild.dataset["zahl"] === String(anzahl)) return;
      schild.dataset["zahl"] = String(anzahl);
      const text = this.kern.texte("ortspanel.marke.bezirk", { ort: name, anzahl }, anzahl);
      schild.setAttribute("aria-label", text);
    });
    return { schild, flaeche, abZoom: 0, rang: 0 };
  }

  /** How many projects of the result a district has: counted once for all of their names. */
  private anzahlIn(code: string, { engine, ergebnis }: Bild): number {
    if (this.gezaehlt?.ergebnis !== ergebnis)
      this.gezaehlt = { ergebnis, anzahlen: engine.zaehle("stadtbezirk", ergebnis.treffer) };
    const nummer = engine.index.facetten["stadtbezirk"]?.codes.indexOf(code) ?? -1;
    return this.gezaehlt.anzahlen[nummer] ?? 0;
  }

  oeffne(code: string): void {
    const { kern } = this;
    const index = kern.bild?.engine.index;
    if (!index) {
      const { kacheln, urls } = kern.blatt;
      if (kacheln) location.assign(urls.stadtbezirk.replace("{code}", code));
      return;
    }
    kern.zeigeOrt(this.ort(code, zeilenMit(index, "stadtbezirk", code), this.stadtweite(code)));
  }

  private ort(code: string, zeilen: Uint32Array, stadtweit: Uint32Array): Ort {
    const { kern } = this;
    return {
      schluessel: `bezirk:${code}`,
      titel: this.titel(code),
      eigenname: false,
      angaben: [kern.texte("facette.stadtbezirk")],
      zeilen,
      stadtweit,
      seite: kern.blatt.urls.stadtbezirk.replace("{code}", encodeURIComponent(code)),
      bezirk: code,
      rueckkehr: () => {
        const schild = this.schilder.get(code);
        const ziel = schild?.hidden === false ? schild : this.map?.getContainer();
        ziel?.focus({ preventScroll: true });
      },
    };
  }

  /** Citywide projects concern the programme's districts; of the others nothing is documented. */
  private stadtweite(code: string): Uint32Array {
    const index = this.kern.bild?.engine.index;
    const [bezirk] = this.flaechen([code]);
    const gehoertDazu = (bezirk?.properties.projektgebiet ?? "nein") !== "nein";
    return index && gehoertDazu ? zeilenMit(index, "stadtbezirk", STADTWEIT) : new Uint32Array();
  }

  private titel(code: string): string {
    return this.kern.blatt.codes["stadtbezirk"]?.[code] ?? code;
  }

  private flaechen(codes: readonly string[]): Flaechen["features"] {
    return (this.daten?.features ?? []).filter(({ id }) => codes.includes(String(id)));
  }

  private zeichne(): void {
    const { abfrage, ort } = this.kern;
    const offen = ort?.bezirk === undefined ? [] : [ort.bezirk];
    const codes = [...new Set([...(abfrage.get("stadtbezirk") ?? []), ...offen])].sort();
    if (codes.join() === this.gezeichnet) return;
    this.gezeichnet = codes.join();
    this.umrisse.clearLayers();
    // A light line below the dark one: strong over every ground, and not by its colour.
    for (const klasse of ["auswahl-hof", "auswahl-linie"])
      this.umrisse.addLayer(
        L.geoJSON(this.flaechen(codes), {
          pane: PANE,
          interactive: false,
          style: { className: klasse, fill: false },
        }),
      );
  }

  private hoereAufKlicks(map: L.Map): void {
    let uhr = 0;
    let popupOffen = false;
    map.on("preclick", () => {
      popupOffen = finde(".leaflet-popup", map.getContainer()) !== null;
    });
    map.on("dblclick zoomstart dragstart", () => clearTimeout(uhr));
    map.on("click", ({ latlng, originalEvent }) => {
      clearTimeout(uhr);
      // A click beside a popup closes it and means nothing else.
      if (popupOffen || originalEvent.detail > 1 || map.getZoom() >= NAHER_ZOOM) return;
      const punkt = { x: latlng.lng, y: latlng.lat };
      const bezirk = this.daten?.features.find(({ geometry }) => inFlaeche(punkt, geometry));
      if (!bezirk) return;
      uhr = window.setTimeout(() => this.oeffne(String(bezirk.id)), DOPPELKLICK_MS);
    });
  }
}

/** Leaflet's types leave this method out. */
function wurdeGezogen(map: L.Map | null): boolean {
  return (map?.dragging as (L.Handler & { moved(): boolean }) | undefined)?.moved() ?? false;
}
