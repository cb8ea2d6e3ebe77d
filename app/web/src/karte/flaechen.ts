/** Overlays that can be switched: districts, programme area, public squares, vacant land. */
import * as L from "leaflet";
import type { Feature, FeatureCollection, Point } from "geojson";
import { svg } from "../dom";
import { ladeJson } from "../holen";
import type { Kern } from "../kern";
import { zeilenVonIds } from "../ort";
import { ladeFlaechen } from "./grundkarte";
import { knopfMit, macheMarke } from "./marke";
import type { FlaechenOptionen } from "./optionen";
import { rundgang } from "./rundgang";
import { ortssymbol } from "./symbole";

interface Ortseigenschaften {
  readonly name: string;
  readonly flaeche_ha?: number | null;
  /** Ids of the projects there, as the build found them. */
  readonly projekte?: string | null;
}

type Ortsfeature = Feature<Point | null, Ortseigenschaften>;
type Orte = FeatureCollection<Point | null, Ortseigenschaften>;
type Ortsart = "plaetze" | "brachflaechen";

const MUSTER = "muster-teilweise";
const PUNKT_PX = 30;
/** Several places may share a point; each stands a little beside the one before. */
const VERSATZ_PX = 24;
/** How far around a square or vacant land the build looks for projects (layers/join.py). */
const UMKREIS_METER = 500;
const TRENNER = "|";

export class Flaechenebene extends L.LayerGroup {
  private angefangen = false;

  constructor(
    private readonly optionen: FlaechenOptionen,
    private readonly kern: Kern,
  ) {
    super();
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    if (this.optionen.art === "stadtbezirke") this.zeigeZahlen(map, true);
    if (!this.angefangen) {
      this.angefangen = true;
      // A layer that could not be loaded may be tried again by switching it.
      this.lade(map).catch(() => (this.angefangen = false));
    }
    queueMicrotask(() => rundgang(map).ordne());
    return this;
  }

  override onRemove(map: L.Map): this {
    super.onRemove(map);
    if (this.optionen.art === "stadtbezirke") this.zeigeZahlen(map, false);
    rundgang(map).ordne();
    return this;
  }

  private async lade(map: L.Map): Promise<void> {
    const { art, url } = this.optionen;
    if (art === "projektgebiet") this.addLayer(await this.projektgebiet(map, url));
    else if (art === "stadtbezirke") await this.stadtbezirke(url);
    else await this.punkte(art, url);
    rundgang(map).ordne();
  }

  private async projektgebiet(map: L.Map, url: string): Promise<L.Layer> {
    legeMusterAn(map);
    const pane = map.getPane("gebiet") ?? map.createPane("gebiet");
    pane.setAttribute("aria-hidden", "true");
    return L.geoJSON(await ladeFlaechen(url), {
      pane: "gebiet",
      interactive: false,
      style: (feature) => {
        const teilweise = (feature?.properties as { umfang?: string }).umfang === "teilweise";
        return {
          className: teilweise ? "gebiet gebiet-teilweise" : "gebiet",
          ...(teilweise ? { fillColor: `url(#${MUSTER})` } : {}),
        };
      },
    });
  }

  private async stadtbezirke(url: string): Promise<void> {
    const stil = { className: "bezirksgrenze", fill: false };
    this.addLayer(L.geoJSON(await ladeFlaechen(url), { interactive: false, style: stil }));
  }

  /** The names of the districts stand on the base map; here they get the number of projects. */
  private zeigeZahlen(map: L.Map, zeigen: boolean): void {
    map.getContainer().toggleAttribute("data-bezirkszahlen", zeigen);
    map.fire("marken");
  }

  private async punkte(art: Ortsart, url: string): Promise<void> {
    const { features } = await ladeJson<Orte>(url);
    const belegt = new Map<string, number>();
    for (const feature of features) {
      const { geometry, properties } = feature;
      if (!geometry) continue;
      const [lon = 0, lat = 0] = geometry.coordinates;
      const punkt = `${lat}/${lon}`;
      const vorher = belegt.get(punkt) ?? 0;
      belegt.set(punkt, vorher + 1);
      const { texte } = this.kern;
      const marke = macheMarke({
        schluessel: `${art}:${feature.id}`,
        ort: [lat, lon],
        name: [properties.name, texte(`web.ort.${art}`)].join(texte("satz.trenner")),
        klasse: `marke-ort marke-${art}`,
        bild: ortssymbol(art),
        groesse: PUNKT_PX,
        versatz: vorher * VERSATZ_PX,
        beiKlick: () => this.oeffne(art, feature),
      });
      // Below the projects, whatever the latitude says.
      marke.setZIndexOffset(-10_000);
      this.addLayer(marke);
    }
  }

  private oeffne(art: Ortsart, { id, properties }: Ortsfeature): void {
    const { blatt, texte, bild } = this.kern;
    const muster = art === "plaetze" ? blatt.urls.platz : blatt.urls.brachflaeche;
    if (!bild) {
      if (blatt.kacheln) location.assign(muster.replace("{id}", String(id)));
      return;
    }
    const { name, flaeche_ha, projekte } = properties;
    const schluessel = `${art}:${id}`;
    const was = [texte(`web.ort.${art}`)];
    if (typeof flaeche_ha === "number") was.push(texte("web.hektar", { wert: flaeche_ha }));
    this.kern.zeigeOrt({
      schluessel,
      titel: name,
      eigenname: true,
      angaben: [
        was.join(texte("satz.trenner")),
        texte("ortspanel.umkreis", { meter: UMKREIS_METER }),
      ],
      zeilen: zeilenVonIds(bild.engine.index, projekte?.split(TRENNER) ?? []),
      stadtweit: new Uint32Array(),
      seite: muster.replace("{id}", encodeURIComponent(String(id))),
      rueckkehr: () => {
        const knopf = this._map ? knopfMit(this._map, schluessel) : null;
        (knopf ?? this._map?.getContainer())?.focus({ preventScroll: true });
      },
    });
  }
}

/** Hatching for what belongs only in parts: which parts is not documented, so nothing is solid. */
function legeMusterAn(map: L.Map): void {
  if (document.getElementById(MUSTER)) return;
  const strich = svg("path", { d: "M0 10L10 0M-2 2L2 -2M8 12L12 8", class: "schraffur" });
  const muster = svg(
    "pattern",
    { id: MUSTER, width: 10, height: 10, patternUnits: "userSpaceOnUse" },
    strich,
  );
  map
    .getContainer()
    .append(
      svg(
        "svg",
        { width: 0, height: 0, class: "musterblatt", "aria-hidden": "true" },
        svg("defs", {}, muster),
      ),
    );
}
