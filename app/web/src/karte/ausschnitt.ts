/**
 * "The list follows the map": while it does, the visible section stands as `bbox` in the URL. A
 * section that came with the URL is shown as it is, until a person moves the map.
 */
import * as L from "leaflet";
import { element } from "../dom";
import type { Bild, Kern } from "../kern";
import { einzelwert, mit, zahlenwerte } from "../zustand";

const PAUSE_MS = 250;
const STELLEN = 5;
const GENAU_GRAD = 5e-5;
const HILFE = "ausschnitt-hilfe";

/** The canonical value of `bbox` for a view: west, south, east, north in degrees. */
export function alsBbox(grenzen: L.LatLngBounds): string {
  return [grenzen.getWest(), grenzen.getSouth(), grenzen.getEast(), grenzen.getNorth()]
    .map((grad) => Number(grad.toFixed(STELLEN)))
    .join();
}

function alsGrenzen(abfrage: Bild["abfrage"]): L.LatLngBounds | null {
  const zahlen = zahlenwerte(abfrage, "bbox");
  if (!zahlen) return null;
  const [west, sued, ost, nord] = zahlen as [number, number, number, number];
  return L.latLngBounds([sued, west], [nord, ost]);
}

export class Ausschnitt {
  private readonly kasten = element("input", {
    type: "checkbox",
    "aria-describedby": HILFE,
    autocomplete: "off",
  });
  private readonly rahmen = L.layerGroup();
  /** The section that we wrote ourselves: whatever else the URL says came from outside. */
  private eigener: string | undefined;
  private erkannt = false;
  private vonHand = false;
  private uhr = 0;

  constructor(
    private readonly kern: Kern,
    private readonly map: L.Map,
  ) {
    const { texte } = kern;
    map
      .getContainer()
      .before(
        element(
          "div",
          { class: "ausschnitt" },
          element("label", {}, this.kasten, element("span", {}, texte("ortspanel.ausschnitt"))),
          element("span", { id: HILFE, hidden: true }, texte("ortspanel.ausschnitt.hilfe")),
        ),
      );
    this.rahmen.addTo(map);
    this.kasten.addEventListener("change", () => this.schalte());
    const rahmen = map.getContainer();
    for (const art of ["pointerdown", "wheel", "keydown"])
      rahmen.addEventListener(art, () => (this.vonHand = true), { passive: true });
    // A popup that makes room for itself is nobody's wish for another section.
    map.on("autopanstart", () => (this.vonHand = false));
    map.on("moveend", () => this.bewegt());
    kern.beobachte((bild) => this.zeige(bild));
  }

  /** Whether the list follows the view now; then the view must not follow the list. */
  folgt({ abfrage }: Bild): boolean {
    return this.eigener !== undefined && einzelwert(abfrage, "bbox") === this.eigener;
  }

  /** The section that the URL asks for, if it is not the one that is seen anyway. */
  verlangt(bild: Bild): L.LatLngBounds | null {
    return this.folgt(bild) ? null : alsGrenzen(bild.abfrage);
  }

  private zeige(bild: Bild): void {
    this.erkenne(bild);
    const verlangt = this.verlangt(bild);
    this.kasten.checked = bild.abfrage.has("bbox");
    if (!this.folgt(bild)) {
      clearTimeout(this.uhr);
      this.eigener = undefined;
      this.vonHand = false;
    }
    this.rahmen.clearLayers();
    if (verlangt)
      this.rahmen.addLayer(
        L.rectangle(verlangt, { className: "ausschnitt-rahmen", interactive: false, fill: false }),
      );
  }

  /** After a reload the view (from the hash) and the section are still one. */
  private erkenne({ abfrage }: Bild): void {
    const verlangt = this.erkannt ? null : alsGrenzen(abfrage);
    this.erkannt = true;
    if (verlangt && this.map.getSize().y && verlangt.equals(this.map.getBounds(), GENAU_GRAD))
      this.eigener = einzelwert(abfrage, "bbox");
  }

  private schalte(): void {
    clearTimeout(this.uhr);
    if (this.kasten.checked) this.schreibe("push");
    else {
      this.eigener = undefined;
      void this.kern.setze(mit(this.kern.abfrage, "bbox", [], this.kern.blatt), "push");
    }
  }

  private bewegt(): void {
    const { bild } = this.kern;
    if (!bild?.abfrage.has("bbox") || !(this.vonHand || this.folgt(bild))) return;
    clearTimeout(this.uhr);
    this.uhr = window.setTimeout(() => this.schreibe("replace"), PAUSE_MS);
  }

  private schreibe(verlauf: "push" | "replace"): void {
    const { kern, map } = this;
    // A map that is hidden (phone, list in front) shows no section.
    if (!map.getSize().y) return;
    const bbox = alsBbox(map.getBounds());
    if (bbox === einzelwert(kern.abfrage, "bbox")) return;
    this.eigener = bbox;
    void kern.setze(mit(kern.abfrage, "bbox", [bbox], kern.blatt), verlauf);
  }
}

/** The rows of a state without its section: what the map shows while the list follows it. */
export function trefferOhneAusschnitt(kern: Kern, { abfrage, engine }: Bild): Uint32Array {
  return engine.treffer(mit(abfrage, "bbox", [], kern.blatt));
}
