/** The default base map: our own areas with names, no tiles, no third party. */
import * as L from "leaflet";
import type { Feature, FeatureCollection, Polygon } from "geojson";
import { element, ladeJson } from "../dom";
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
  private angefangen = false;
  private statistische: L.LayerGroup | null = null;

  constructor(
    private readonly optionen: GrundkartenOptionen,
    private readonly kern: Kern,
    private readonly bezirke: Bezirke,
  ) {
    super();
  }

  override getAttribution = (): string => this.kern.texte("web.karte.quelle");

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    map.on("zoomend", this.nachZoom, this);
    if (!this.angefangen) {
      this.angefangen = true;
      void this.lade(map);
    }
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("zoomend", this.nachZoom, this);
    return super.onRemove(map);
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
    this.addLayer(bezirke);
    const erste = polygone(bezirke);
    const beschriftung = new Beschriftung(erste.map((flaeche) => this.bezirke.name(flaeche)));
    this.addLayer(beschriftung);
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
    this.nachZoom();
  }

  private nachZoom(): void {
    if (!this.statistische || !this._map) return;
    const zeigen = this._map.getZoom() >= STATISTISCH_AB;
    if (zeigen && !this.hasLayer(this.statistische)) this.addLayer(this.statistische);
    if (!zeigen) this.removeLayer(this.statistische);
  }
}
