/** Overlays that can be switched: districts, programme area, public squares, vacant land. */
import * as L from "leaflet";
import type { Feature, FeatureCollection, Point } from "geojson";
import { eingebettet, element, ladeJson, svg } from "../dom";
import type { Kern } from "../kern";
import { Fenster } from "./fenster";
import { ladeFlaechen } from "./grundkarte";
import { groessterRing, schriftpunkte } from "./geometrie";
import { knopfMit, macheMarke } from "./marke";
import type { FlaechenOptionen } from "./optionen";
import { rundgang } from "./rundgang";
import { ortssymbol } from "./symbole";

interface Ortseigenschaften {
  readonly id?: string;
  readonly name: string;
  readonly flaeche_ha?: number | null;
}

type Orte = FeatureCollection<Point | null, Ortseigenschaften>;

const MUSTER = "muster-teilweise";
const PUNKT_PX = 30;
const ZAHL_PX = 32;
const TITEL = "flaeche-titel";

export class Flaechenebene extends L.LayerGroup {
  private angefangen = false;
  private fenster: Fenster | null = null;

  constructor(
    private readonly optionen: FlaechenOptionen,
    private readonly kern: Kern,
  ) {
    super();
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    this.fenster ??= new Fenster(map, this.kern.texte);
    if (!this.angefangen) {
      this.angefangen = true;
      // A layer that could not be loaded may be tried again by switching it.
      this.lade(map).catch(() => (this.angefangen = false));
    }
    queueMicrotask(() => rundgang(map).ordne());
    return this;
  }

  override onRemove(map: L.Map): this {
    this.fenster?.schliesse();
    super.onRemove(map);
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

  /** Borders, and on every district a button with the number of projects it would give. */
  private async stadtbezirke(url: string): Promise<void> {
    const daten = await ladeFlaechen(url);
    this.addLayer(
      L.geoJSON(daten, { interactive: false, style: { className: "bezirksgrenze", fill: false } }),
    );
    for (const feature of daten.features) {
      const [flaeche] = L.geoJSON(feature).getLayers();
      if (!(flaeche instanceof L.Polygon)) continue;
      const ring = groessterRing(flaeche);
      const [punkt] = schriftpunkte(ring.map(({ lng, lat }) => ({ x: lng, y: lat })));
      if (!punkt) continue;
      const zahl = element("span", { class: "bezirkszahl" });
      const code = String(feature.id ?? "");
      const marke = this.bezirksmarke(code, feature.properties.name, [punkt.y, punkt.x], zahl);
      this.addLayer(marke);
    }
  }

  private bezirksmarke(
    code: string,
    name: string,
    ort: L.LatLngTuple,
    zahl: HTMLElement,
  ): L.Marker {
    const { kern } = this;
    const schluessel = `bezirk:${code}`;
    let anzahl = 0;
    const marke = macheMarke({
      schluessel,
      ort,
      name,
      klasse: "marke-bezirk",
      bild: zahl,
      groesse: ZAHL_PX,
      beiKlick: () =>
        this.zeige(
          schluessel,
          ort,
          name,
          this.kern.blatt.urls.stadtbezirk.replace("{code}", code),
          [kern.texte("web.bezirk.anzahl", { anzahl }, anzahl)],
        ),
    });
    kern.beobachte(({ ergebnis, engine }) => {
      const i = engine.index.facetten["stadtbezirk"]?.codes.indexOf(code) ?? -1;
      anzahl = ergebnis.anzahlen.get("stadtbezirk")?.[i] ?? 0;
      zahl.textContent = String(anzahl);
      const text = `${name}: ${kern.texte("web.bezirk.anzahl", { anzahl }, anzahl)}`;
      zahl.parentElement?.setAttribute("aria-label", text);
    });
    return marke;
  }

  private async punkte(art: "plaetze" | "brachflaechen", url: string): Promise<void> {
    const { features } = await ladeJson<Orte>(url);
    for (const feature of features) {
      const { geometry, properties } = feature;
      if (!geometry) continue;
      const [lon = 0, lat = 0] = geometry.coordinates;
      const id = kennung(feature);
      const schluessel = `${art}:${id}`;
      const marke = macheMarke({
        schluessel,
        ort: [lat, lon],
        name: `${properties.name}, ${this.kern.texte(`web.ort.${art}`)}`,
        klasse: `marke-ort marke-${art}`,
        bild: ortssymbol(art),
        groesse: PUNKT_PX,
        beiKlick: () =>
          this.zeige(
            schluessel,
            [lat, lon],
            properties.name,
            `/${art}/${encodeURIComponent(id)}`,
            this.angaben(art, properties),
          ),
      });
      // Below the projects, whatever the latitude says.
      marke.setZIndexOffset(-10_000);
      this.addLayer(marke);
    }
  }

  private angaben(art: "plaetze" | "brachflaechen", { flaeche_ha }: Ortseigenschaften): string[] {
    const zeilen = [this.kern.texte(`web.ort.${art}`)];
    if (typeof flaeche_ha === "number")
      zeilen.push(this.kern.texte("web.hektar", { wert: flaeche_ha }));
    return zeilen;
  }

  private zeige(
    schluessel: string,
    ort: L.LatLngTuple,
    name: string,
    adresse: string,
    zeilen: readonly string[],
  ): void {
    const ziel = eingebettet() ? { target: "_blank", rel: "noopener" } : {};
    const knoten = element(
      "div",
      { class: "kurzform" },
      element("h2", { id: TITEL }, name),
      ...zeilen.map((zeile) => element("p", { class: "kurzform-meta" }, zeile)),
      element(
        "p",
        { class: "kurzform-mehr" },
        element("a", { href: adresse, ...ziel }, this.kern.texte("web.ort.mehr")),
      ),
    );
    this.fenster?.zeige({
      ort,
      knoten,
      titelId: TITEL,
      hoehe: PUNKT_PX / 2,
      fokus: true,
      beimSchliessen: () => knopfMit(this._map, schluessel)?.focus({ preventScroll: true }),
    });
  }
}

function kennung({ id, properties }: Feature<Point | null, Ortseigenschaften>): string {
  return String(id ?? properties.id ?? "");
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
