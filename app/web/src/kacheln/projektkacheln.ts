/** Projects as symbols out of vector tiles: the shapes and colours of the other map. */
import type * as Leaflet from "leaflet";
import { GeomType, leafletLayer, type Feature, type PaintSymbolizer } from "protomaps-leaflet";

export interface Projektwunsch {
  readonly url: string;
  /** The pane of the map that they lie in. */
  readonly scheibe: string;
  /** The deepest zoom there are tiles of. */
  readonly zoom: number;
  /** Codes of the Handlungsfelder in their order. */
  readonly felder: readonly string[];
  /** Outlines in a box of 24, by Handlungsfeld, and the one for none. */
  readonly formen: readonly string[];
  readonly ohneForm: string;
}

export interface Treffer {
  readonly id: string;
  /** How many locations the symbol stands for. */
  readonly anzahl: number;
}

export interface Projektkacheln {
  readonly ebene: Leaflet.Layer;
  /** The symbol at a place, null where there is none. */
  readonly bei: (ort: Leaflet.LatLng) => Treffer | null;
}

const KASTEN = 24;
const KLEIN_PX = 12;
const GROSS_PX = 30;
const FINGER_PX = 16;
const dunkel = window.matchMedia("(prefers-color-scheme: dark)");

class Symbole implements PaintSymbolizer {
  private readonly formen: readonly Path2D[];
  private readonly ohne: Path2D;
  private farben: readonly string[] = [];
  private rand = "";

  constructor(private readonly wunsch: Projektwunsch) {
    this.formen = wunsch.formen.map((form) => new Path2D(form));
    this.ohne = new Path2D(wunsch.ohneForm);
    this.liesFarben();
  }

  liesFarben(): void {
    const stil = getComputedStyle(document.documentElement);
    const farbe = (name: string): string => stil.getPropertyValue(name).trim();
    this.farben = [0, 1, 2, 3, 4].map((nummer) => farbe(`--hf-${nummer}`));
    this.rand = farbe("--kachel-hof") || farbe("--kachel-land");
  }

  draw(
    stift: CanvasRenderingContext2D,
    orte: Parameters<PaintSymbolizer["draw"]>[1],
    _zoom: number,
    { props }: Feature,
  ): void {
    const nummer = this.wunsch.felder.indexOf(String(props["handlungsfeld"]));
    const anzahl = Number(props["anzahl"]);
    const groesse = Math.min(GROSS_PX, KLEIN_PX + 4 * Math.log2(anzahl));
    const form = this.formen[nummer] ?? this.ohne;
    const farbe = this.farben[form === this.ohne ? 0 : nummer + 1] ?? "";
    for (const [ort] of orte) {
      if (!ort) continue;
      stift.save();
      stift.translate(ort.x - groesse / 2, ort.y - groesse / 2);
      stift.scale(groesse / KASTEN, groesse / KASTEN);
      stift.lineWidth = 5;
      stift.strokeStyle = this.rand;
      stift.stroke(form);
      stift.fillStyle = props["ungefaehr"] ? this.rand : farbe;
      stift.fill(form);
      stift.lineWidth = 3;
      stift.strokeStyle = farbe;
      stift.stroke(form);
      stift.restore();
    }
  }
}

export function projektkacheln(wunsch: Projektwunsch): Projektkacheln {
  const symbole = new Symbole(wunsch);
  const kacheln = leafletLayer({
    url: wunsch.url,
    maxDataZoom: wunsch.zoom,
    paintRules: [
      {
        dataLayer: "projekte",
        symbolizer: symbole,
        filter: (_zoom, { geomType }) => geomType === GeomType.Point,
      },
    ],
    labelRules: [],
    // Ours, and said beside the map: the library would name others.
    attribution: "",
    pane: wunsch.scheibe,
  });
  const faerbe = (): void => {
    symbole.liesFarben();
    kacheln.rerenderTiles();
  };
  const ebene = kacheln as unknown as Leaflet.Layer;
  ebene.on("add", () => dunkel.addEventListener("change", faerbe));
  ebene.on("remove", () => dunkel.removeEventListener("change", faerbe));
  return {
    ebene,
    bei: ({ lng, lat }) => {
      const gefunden = kacheln.queryTileFeaturesDebug(lng, lat, FINGER_PX);
      const [erstes] = [...gefunden.values()].flat();
      if (!erstes) return null;
      const { props } = erstes.feature;
      return { id: String(props["id"]), anzahl: Number(props["anzahl"]) };
    },
  };
}
