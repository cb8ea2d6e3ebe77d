/** A base map of tiles that an operator set up: pictures or vectors, from our host or another. */
import * as L from "leaflet";
import { element, finde } from "../dom";
import type { Kern } from "../kern";
import type { Kachelkarte } from "../typen";
import { ausfall, Bildherkunft, frage } from "./freigabe";

/** Districts are vectors and fit any scale; pictures are sharp at whole steps only. */
const GANZE_STUFEN = 1;
/** So many pictures may fail before the first one came. */
const HOECHSTENS_FEHLER = 4;

/**
 * Leaflet writes names and attributions as HTML: a text becomes one that means itself, in its own
 * direction.
 */
export function alsHtml(text: string, url = ""): string {
  const wort = element("bdi", {}, text);
  if (!url) return wort.outerHTML;
  return element("a", { href: url, rel: "external noopener", target: "_blank" }, wort).outerHTML;
}

export interface Umgebung {
  readonly kern: Kern;
  /** Address of kacheln.js. */
  readonly skript: string;
  /** Back to the districts. */
  readonly zurueck: (map: L.Map) => void;
}

export class Kachelgrund extends L.LayerGroup {
  /** The visitor's yes: in memory only, gone with the page. */
  private erlaubt: boolean;
  private inhalt: Promise<L.Layer> | null = null;
  private kasten: HTMLElement | null = null;
  private herkunft: L.Control | null = null;
  private stufen: number | undefined;

  constructor(
    readonly karte: Kachelkarte,
    private readonly um: Umgebung,
  ) {
    super();
    this.erlaubt = karte.fremd === null;
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    if (this.erlaubt) void this.zeige(map);
    else this.frage(map);
    return this;
  }

  override onRemove(map: L.Map): this {
    this.schliesse();
    this.herkunft?.remove();
    this.herkunft = null;
    map.getContainer().removeAttribute("data-grund");
    if (this.stufen !== undefined) map.options.zoomSnap = this.stufen;
    this.stufen = undefined;
    return super.onRemove(map);
  }

  private frage(map: L.Map): void {
    const { fremd } = this.karte;
    if (!fremd) return;
    const rahmen = map.getContainer();
    this.kasten = frage(fremd, this.um.kern.texte, {
      ja: () => {
        this.erlaubt = true;
        this.schliesse();
        void this.zeige(map);
        rahmen.focus({ preventScroll: true });
      },
      nein: () => this.gehZurueck(map),
    });
    rahmen.append(this.kasten);
    // Whoever chose it is led to the question, after Leaflet has given the focus to the map.
    const gewaehlt = rahmen.contains(document.activeElement);
    if (gewaehlt) requestAnimationFrame(() => finde("h2", this.kasten ?? rahmen)?.focus());
  }

  private schliesse(): void {
    this.kasten?.remove();
    this.kasten = null;
  }

  private gehZurueck(map: L.Map): void {
    this.um.zurueck(map);
    finde(".leaflet-control-layers-toggle", map.getContainer())?.focus();
  }

  private async zeige(map: L.Map): Promise<void> {
    const { fremd, luftbild } = this.karte;
    this.stufen ??= map.options.zoomSnap;
    map.options.zoomSnap = GANZE_STUFEN;
    map.setZoom(Math.floor(map.getZoom()), { animate: false });
    if (fremd && !this.herkunft) {
      const { texte } = this.um.kern;
      this.herkunft = new Bildherkunft(fremd.empfaenger, texte, () => {
        this.erlaubt = false;
        // A layer that stayed in the group would be drawn again before the next yes.
        this.inhalt = null;
        this.clearLayers();
        this.gehZurueck(map);
      });
      this.herkunft.addTo(map);
    }
    try {
      this.inhalt ??= this.lade(map);
      const ebene = await this.inhalt;
      // While it was loading another one may have been chosen.
      if (!map.hasLayer(this)) return;
      if (!this.hasLayer(ebene)) this.addLayer(ebene);
      map.getContainer().setAttribute("data-grund", luftbild ? "luftbild" : this.karte.art);
    } catch {
      this.inhalt = null;
      if (map.hasLayer(this)) this.falleAus(map);
    }
  }

  private falleAus(map: L.Map): void {
    this.inhalt = null;
    this.clearLayers();
    this.gehZurueck(map);
    const { texte } = this.um.kern;
    const kasten = ausfall(this.karte.name, texte, () => {
      kasten.remove();
      map.getContainer().focus({ preventScroll: true });
    });
    map.getContainer().append(kasten);
  }

  private async lade(map: L.Map): Promise<L.Layer> {
    const { art, url, quelle, quelle_url } = this.karte;
    const attribution = alsHtml(quelle, quelle_url);
    if (art !== "pmtiles") return this.bilder(map, attribution);
    const { blatt } = this.um.kern;
    const modul = (await import(this.um.skript)) as typeof import("../kacheln/kacheln");
    const ohne = new Set(Object.values(blatt.codes["stadtbezirk"] ?? {}));
    return modul.grundkarte({ url, quelle: attribution, sprache: blatt.sprache, ohne });
  }

  private bilder(map: L.Map, attribution: string): L.TileLayer {
    const { art, url, ebenen, format, version, zoom_bis } = this.karte;
    const gemeinsam = {
      attribution,
      maxZoom: map.getMaxZoom(),
      maxNativeZoom: zoom_bis,
      // The recipient needs no word about where somebody comes from.
      referrerPolicy: "no-referrer" as const,
      className: "kachelbilder",
    };
    const ebene =
      art === "wms"
        ? L.tileLayer.wms(url, { ...gemeinsam, layers: ebenen, format, version })
        : L.tileLayer(url, gemeinsam);
    let fehler = 0;
    ebene.once("tileload", () => (fehler = -Infinity));
    ebene.on("tileerror", () => {
      if (++fehler === HOECHSTENS_FEHLER && map.hasLayer(this)) this.falleAus(map);
    });
    return ebene;
  }
}
