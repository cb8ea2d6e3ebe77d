/** The default base map: our own areas with names, no tiles, no third party. */
import * as L from "leaflet";
import type { Feature, FeatureCollection, Polygon } from "geojson";
import { ladeJson } from "../dom";
import type { Texte } from "../texte";
import { Beschriftung, type Name } from "./beschriftung";
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

function namen(flaechen: L.GeoJSON, vorgaben: Omit<Name, "text" | "flaeche">): Name[] {
  return flaechen.getLayers().flatMap((layer) => {
    if (!(layer instanceof L.Polygon)) return [];
    const { name } = (layer.feature?.properties ?? {}) as Partial<Flaecheneigenschaften>;
    return name ? [{ ...vorgaben, text: name, flaeche: layer }] : [];
  });
}

export class Grundkarte extends L.LayerGroup {
  private angefangen = false;
  private statistische: L.LayerGroup | null = null;

  constructor(
    private readonly optionen: GrundkartenOptionen,
    private readonly texte: Texte,
  ) {
    super();
  }

  override getAttribution = (): string => this.texte("web.karte.quelle");

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
    const bezirke = zeichne(
      await ladeFlaechen(this.optionen.stadtbezirke),
      ({ properties }) => `grund-bezirk grund-${properties.projektgebiet ?? "nein"}`,
      "grund",
    );
    this.addLayer(bezirke);
    const ersteNamen = namen(bezirke, { klasse: "name-bezirk", abZoom: 0, rang: 0 });
    let beschriftung = new Beschriftung(ersteNamen);
    this.addLayer(beschriftung);
    const statistische = zeichne(
      await ladeFlaechen(this.optionen.statistische),
      () => "grund-statistisch",
      "linien",
    );
    this.statistische = statistische;
    this.removeLayer(beschriftung);
    beschriftung = new Beschriftung([
      ...ersteNamen,
      ...namen(statistische, {
        klasse: "name-statistisch",
        abZoom: NAMEN_STATISTISCH_AB,
        rang: 1,
        // Some carry the name of their district: once is enough.
      }).filter(({ text }) => !ersteNamen.some((name) => name.text === text)),
    ]);
    this.addLayer(beschriftung);
    this.nachZoom();
  }

  private nachZoom(): void {
    if (!this.statistische || !this._map) return;
    const zeigen = this._map.getZoom() >= STATISTISCH_AB;
    if (zeigen && !this.hasLayer(this.statistische)) this.addLayer(this.statistische);
    if (!zeigen) this.removeLayer(this.statistische);
  }
}
