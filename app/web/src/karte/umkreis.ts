/** The point that distances are measured from, and the circle of the radius around it. */
import * as L from "leaflet";
import { element, svg } from "../dom";
import { streckentext } from "../entfernungstext";
import type { Bild, Kern } from "../kern";
import type { Messpunkt } from "../messpunkt";
import { einzelwert } from "../zustand";
import { liesBlick } from "./blick";
import { bewegt } from "./fenster";

const PANE = "messpunkt";
/** Without a radius the view holds the point and so many of its nearest projects. */
const NAECHSTE = 5;
const NAHER_ZOOM = 15;
const RAND_PX: L.PointTuple = [36, 36];

interface Gezeigt {
  readonly punkt: string;
  readonly umkreis: string;
  readonly privat: boolean;
  /** The page opened with it. */
  readonly erstes: boolean;
}

export class Umkreis {
  /** True while the view would tell where the device is: nobody may write it anywhere. */
  verschweigt = false;
  private readonly zeichen: L.LayerGroup;
  private gezeigt: Gezeigt | null = null;
  private begonnen = false;
  private vorher: { readonly mitte: L.LatLng; readonly zoom: number } | null = null;
  /** A hidden map (phone, list in front) has no size to fit anything into. */
  private wartet: (() => void) | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly kern: Kern,
  ) {
    this.zeichen = L.layerGroup().addTo(map);
    map.createPane(PANE);
    map.on("resize", () => {
      const nachgeholt = this.wartet;
      // The project layer also looks again when the map is shown; the circle has the last word.
      if (nachgeholt) queueMicrotask(nachgeholt);
    });
    map.whenReady(() => kern.beobachte((bild) => this.zeige(bild)));
  }

  private zeige(bild: Bild): void {
    const messpunkt = this.kern.messpunkte.von(bild.abfrage);
    const neu = messpunkt && {
      punkt: messpunkt.punkt,
      umkreis: einzelwert(bild.abfrage, "umkreis") ?? "",
      privat: messpunkt.privat,
      erstes: !this.begonnen,
    };
    this.begonnen = true;
    const gleich = neu?.punkt === this.gezeigt?.punkt && neu?.umkreis === this.gezeigt?.umkreis;
    if (gleich) return;
    this.gezeigt = neu;
    this.zeichen.clearLayers();
    if (messpunkt && neu) {
      if (messpunkt.privat) this.merkeBlick();
      const kreis = this.zeichne(messpunkt, Number(neu.umkreis));
      // Others fit the view to the result in the same pass.
      queueMicrotask(() => this.passeBlickAn(kreis, neu));
    } else queueMicrotask(() => this.gibBlickZurueck());
  }

  private zeichne({ punkt, name, privat }: Messpunkt, umkreis: number): L.Circle | L.LatLng {
    const { texte } = this.kern;
    const [lat = 0, lon = 0] = punkt.split(",").map(Number);
    const ort = L.latLng(lat, lon);
    const text = privat ? texte("naehe.ab.standort") : (name ?? texte("naehe.ab.punkt"));
    this.zeichen.addLayer(schild(ort, messpunktbild(text, name !== null), "messpunkt"));
    if (!umkreis) return ort;
    const kreis = L.circle(ort, { radius: umkreis, className: "umkreis", interactive: false });
    this.zeichen.addLayer(kreis);
    const oben = L.latLng(kreis.getBounds().getNorth(), lon);
    const weite = element(
      "span",
      {},
      element("span", { class: "nur-vorlesen" }, `${texte("naehe.umkreis")}: `),
      streckentext(umkreis, texte),
    );
    this.zeichen.addLayer(schild(oben, weite, "umkreis-schild"));
    return kreis;
  }

  private passeBlickAn(ziel: L.Circle | L.LatLng, gezeigt: Gezeigt): void {
    this.wartet = null;
    const { bild } = this.kern;
    if (!bild || gezeigt !== this.gezeigt) return;
    const { privat, erstes } = gezeigt;
    // A view that came with the address is meant; one that stood there before is over.
    if (liesBlick(location.hash)) {
      if (erstes) return;
      if (!privat) history.replaceState(history.state, "", location.pathname + location.search);
    }
    if (!this.map.getSize().y) {
      this.wartet = () => this.passeBlickAn(ziel, gezeigt);
      return;
    }
    const rahmen = ziel instanceof L.LatLng ? this.umNaechste(ziel, bild) : ziel.getBounds();
    this.map.fitBounds(rahmen, {
      padding: RAND_PX,
      maxZoom: NAHER_ZOOM,
      // A view half way to the device must not be what somebody stops at and passes on.
      animate: bewegt() && !erstes && !privat && !this.verschweigt,
    });
    this.verschweigt = privat;
  }

  private umNaechste(ort: L.LatLng, { ergebnis, engine }: Bild): L.LatLngBounds {
    const { naechste } = ergebnis;
    const { lat, lon } = engine.index.standorte;
    const nahe = naechsteZeilen(ergebnis).map((zeile) => naechste?.[zeile] ?? 0);
    const punkte = nahe.map((i) => L.latLng((lat[i] ?? 0) / 1e6, (lon[i] ?? 0) / 1e6));
    return L.latLngBounds([ort, ...punkte]);
  }

  private merkeBlick(): void {
    if (!this.verschweigt) this.vorher = { mitte: this.map.getCenter(), zoom: this.map.getZoom() };
    this.verschweigt = true;
  }

  /** When the device's position is given up, so is the view of it. */
  private gibBlickZurueck(): void {
    this.wartet = null;
    if (!this.verschweigt) return;
    this.map.stop();
    if (this.vorher) this.map.setView(this.vorher.mitte, this.vorher.zoom, { animate: false });
    this.vorher = null;
    this.verschweigt = false;
  }
}

/** Rows of a result that lie nearest, out of any number. */
function naechsteZeilen({ treffer, entfernungen }: Bild["ergebnis"]): number[] {
  const naechste: number[] = [];
  const meter = (zeile: number | undefined): number => entfernungen?.[zeile ?? -1] ?? NaN;
  for (let i = 0; i < treffer.length; i++) {
    const zeile = treffer[i]!;
    // NaN (no location) is nearer than nothing.
    if (!(meter(zeile) < (naechste.length < NAECHSTE ? Infinity : meter(naechste.at(-1)))))
      continue;
    const stelle = naechste.findIndex((andere) => meter(zeile) < meter(andere));
    naechste.splice(stelle < 0 ? naechste.length : stelle, 0, zeile);
    naechste.length = Math.min(naechste.length, NAECHSTE);
  }
  return naechste;
}

/** A mark that stands at a place and cannot be pressed. */
function schild(ort: L.LatLng, inhalt: HTMLElement, className: string): L.Marker {
  const icon = L.divIcon({ html: inhalt, className, iconSize: [0, 0] });
  return L.marker(ort, { icon, pane: PANE, interactive: false, keyboard: false });
}

/** A ring with a dot, unlike every project's symbol, and its name below. */
function messpunktbild(text: string, deutsch: boolean): HTMLElement {
  return element(
    "span",
    { class: "messpunkt-zeichen" },
    svg(
      "svg",
      { viewBox: "0 0 32 32", "aria-hidden": "true" },
      svg("circle", { cx: 16, cy: 16, r: 12.5, class: "messpunkt-ring" }),
      svg("circle", { cx: 16, cy: 16, r: 5.5, class: "messpunkt-kern" }),
      svg("path", { d: "M16 0v6M16 26v6M0 16h6M26 16h6", class: "messpunkt-kreuz" }),
    ),
    element("span", { class: "messpunkt-name", ...(deutsch ? { lang: "de" } : {}) }, text),
  );
}
