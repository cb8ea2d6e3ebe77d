/** The project layer out of tiles, for more projects than a browser can hold an index of. */
import * as L from "leaflet";
import { element } from "../dom";
import type { Kern } from "../kern";
import type { Blatt } from "../typen";
import type { Projektkacheln } from "../kacheln/projektkacheln";
import { FORMEN, OHNE_FORM } from "./symbole";

const NAEHER = 2;
/** Above the areas, below popups; clicks go on to what lies beneath. */
const SCHEIBE = "projektkacheln";
const HOEHE = "450";

export class Kachelebene extends L.LayerGroup {
  private inhalt: Promise<Projektkacheln> | null = null;

  constructor(
    private readonly kern: Kern,
    private readonly kacheln: NonNullable<Blatt["kacheln"]>,
  ) {
    super();
  }

  override onAdd(map: L.Map): this {
    if (!map.getPane(SCHEIBE)) {
      const scheibe = map.createPane(SCHEIBE);
      scheibe.style.zIndex = HOEHE;
      scheibe.style.pointerEvents = "none";
    }
    super.onAdd(map);
    this.inhalt ??= this.lade(map);
    return this;
  }

  private async lade(map: L.Map): Promise<Projektkacheln> {
    const { kern, kacheln } = this;
    if (kacheln.alle) this.sage(map, kern.texte("web.kacheln.alle"));
    try {
      const modul = (await import(kacheln.skript)) as typeof import("../kacheln/kacheln");
      const ebene = modul.projektkacheln({
        url: kacheln.url,
        zoom: kacheln.zoom,
        scheibe: SCHEIBE,
        felder: Object.keys(kern.blatt.codes["handlungsfeld"] ?? {}),
        formen: FORMEN,
        ohneForm: OHNE_FORM,
      });
      this.addLayer(ebene.ebene);
      map.on("click", ({ latlng }) => this.oeffne(map, ebene, latlng));
      return ebene;
    } catch (fehler) {
      this.inhalt = null;
      this.sage(map, kern.texte("web.kacheln.fehler"));
      throw fehler;
    }
  }

  private oeffne(map: L.Map, ebene: Projektkacheln, ort: L.LatLng): void {
    const treffer = map.hasLayer(this) ? ebene.bei(ort) : null;
    if (!treffer) return;
    if (treffer.anzahl > 1 && map.getZoom() < map.getMaxZoom())
      map.setView(ort, Math.min(map.getZoom() + NAEHER, map.getMaxZoom()));
    else location.assign(this.kern.blatt.urls.projekt.replace("{id}", treffer.id));
  }

  private sage(map: L.Map, satz: string): void {
    const hinweis = new L.Control({ position: "bottomleft" });
    hinweis.onAdd = () => element("p", { class: "karte-hinweis" }, satz);
    hinweis.addTo(map);
  }
}
