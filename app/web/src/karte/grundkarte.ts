/**
 * The default base map: our own areas with names, no tiles, no third party. Borders and names stay
 * when another one is chosen: they are how districts are opened. The style sheet then takes the
 * ground away (`data-grund`).
 */
import * as L from "leaflet";
import type { Feature, FeatureCollection, Polygon } from "geojson";
import { element } from "../dom";
import { ladeJson } from "../holen";
import type { Kern } from "../kern";
import { Beschriftung, type Name } from "./beschriftung";
import type { Bezirke } from "./bezirke";
import type { GrundkartenOptionen } from "./optionen";

interface Flaecheneigenschaften {
  readonly name: string;
  readonly projektgebiet?: string;
}

export type Flaechen = FeatureCollection<Polygon, Flaecheneigenschaften>;

const STATISTISCH_AB = 13;
const NAMEN_STATISTISCH_AB = 14;
const geladen = new Map<string, Promise<Flaechen>>();

/** Areas are used by several layers; one request serves them all. */
export function ladeFlaechen(url: string): Promise<Flaechen> {
  const vorhanden = geladen.get(url);
  if (vorhanden) return vorhanden;
  const neu = ladeJson<Flaechen>(url);
  geladen.set(url, neu);
  neu.catch(() => geladen.delete(url));
  return neu;
}

function zeichne(
  daten: Flaechen,
  klasse: (feature: Feature<Polygon, Flaecheneigenschaften>) => string,
  pane: string,
): L.GeoJSON {
  return L.geoJSON(daten, {
    pane,
    interactive: false,
    // Colours come from the style sheet, so that light, dark and forced colours just work.
    style: (feature) => ({
      className: feature ? klasse(feature as Feature<Polygon, Flaecheneigenschaften>) : "",
      fill: true,
    }),
  });
}

function polygone(flaechen: L.GeoJSON): L.Polygon[] {
  return flaechen.getLayers().filter((layer) => layer instanceof L.Polygon);
}

function eigenname(flaeche: L.Polygon): string {
  return ((flaeche.feature?.properties ?? {}) as Partial<Flaecheneigenschaften>).name ?? "";
}

function stummerName(flaeche: L.Polygon): Name {
  const schild = element("span", { class: "name-statistisch" }, eigenname(flaeche));
  return { schild, flaeche, abZoom: NAMEN_STATISTISCH_AB, rang: 1 };
}

export class Grundkarte extends L.LayerGroup {
  /** Not a member of this group: it outlasts the choice. */
  private readonly inhalt: L.LayerGroup;
  private angefangen = false;
  private statistische: L.LayerGroup | null = null;

  constructor(
    private readonly optionen: GrundkartenOptionen,
    kern: Kern,
    private readonly bezirke: Bezirke,
  ) {
    super();
    this.inhalt = L.layerGroup([], { attribution: kern.texte("web.karte.quelle") });
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    if (!this.angefangen) {
      this.angefangen = true;
      this.inhalt.addTo(map);
      map.on("zoomend", () => this.nachZoom(map));
      void this.lade(map);
    }
    return this;
  }

  private async lade(map: L.Map): Promise<void> {
    // Fine borders lie above the programme area, which lies above the ground.
    for (const name of ["grund", "linien"])
      (map.getPane(name) ?? map.createPane(name)).setAttribute("aria-hidden", "true");
    const daten = await ladeFlaechen(this.optionen.stadtbezirke);
    const bezirke = zeichne(
      daten,
      ({ properties }) => `grund-bezirk grund-${properties.projektgebiet ?? "nein"}`,
      "grund",
    );
    this.inhalt.addLayer(bezirke);
    const erste = polygone(bezirke);
    const beschriftung = new Beschriftung(erste.map((flaeche) => this.bezirke.name(flaeche)));
    this.inhalt.addLayer(beschriftung);
    this.bezirke.verbinde(map, daten);
    const statistische = zeichne(
      await ladeFlaechen(this.optionen.statistische),
      () => "grund-statistisch",
      "linien",
    );
    this.statistische = statistische;
    // Some carry the name of their district: once is enough.
    const vergeben = new Set(erste.map(eigenname));
    const weitere = polygone(statistische).filter((flaeche) => !vergeben.has(eigenname(flaeche)));
    beschriftung.ergaenze(weitere.map(stummerName));
    this.nachZoom(map);
  }

  private nachZoom(map: L.Map): void {
    const { inhalt, statistische } = this;
    if (!statistische) return;
    const zeigen = map.getZoom() >= STATISTISCH_AB;
    if (zeigen && !inhalt.hasLayer(statistische)) inhalt.addLayer(statistische);
    if (!zeigen) inhalt.removeLayer(statistische);
  }
}
