/** The project layer: the filtered projects as symbols, spots and clusters. */
import * as L from "leaflet";
import { element } from "../dom";
import type { Bild, Kern } from "../kern";
import { kurzform } from "../kurzform";
import { codeVon, OHNE_ANGABE, projektAdresse, standorteVon } from "../projekt";
import { liesBlick } from "./blick";
import { bewegt, Fenster } from "./fenster";
import { knopfMit, macheMarke } from "./marke";
import { rundgang } from "./rundgang";
import { anteile, Gruppierung, macheStellen, zeilenVon, type Gruppe, type Stelle } from "./stellen";
import { einzelsymbol, ringsymbol } from "./symbole";

const EINZELN_PX = 40;
const NAHER_ZOOM = 14;
const RING_PX = 44;
/** The same ring with the halo of an approximate place. */
const HOF_PX = 57;
const RAND = 0.08;
const LISTENTITEL = "stelle-titel";

export class Projektebene extends L.Layer {
  private karte!: L.Map;
  private fenster!: Fenster;
  private bild: Bild | null = null;
  private gruppierung = new Gruppierung([]);
  private readonly marken = new Map<string, L.Marker>();
  private schluessel = "";
  /** A hidden map has no size to fit anything into; it is done when it is shown. */
  private wartet = false;
  /** The spot whose marker was last opened: a project may have several. */
  private zuletzt: string | null = null;

  constructor(private readonly kern: Kern) {
    super();
  }

  override onAdd(map: L.Map): this {
    this.karte = map;
    this.fenster ??= new Fenster(map, this.kern.texte);
    map.on("moveend", this.zeichne, this);
    map.on("resize", this.holeNach, this);
    if (this.bild) this.zeichne();
    else {
      this.kern.beobachte((bild) => this.zeige(bild));
      this.kern.setzeKartenanzeige((zeile, alsPopup) => this.zeigeProjekt(zeile, alsPopup));
    }
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("moveend", this.zeichne, this);
    map.off("resize", this.holeNach, this);
    this.fenster.schliesse();
    for (const marke of this.marken.values()) marke.remove();
    this.marken.clear();
    return this;
  }

  private get aktiv(): boolean {
    return this.karte.hasLayer(this);
  }

  private zeige(bild: Bild): void {
    const erstes = this.bild === null;
    const schluessel = bild.ergebnis.zeilen.slice().sort().join();
    this.bild = bild;
    if (this.kern.offen === undefined) this.fenster.schliesse();
    // Opening a popup or sorting leaves the projects on the map as they are.
    if (schluessel === this.schluessel && !erstes) return;
    this.schluessel = schluessel;
    this.gruppierung = new Gruppierung(macheStellen(bild));
    this.passeBlickAn(erstes);
    this.zeichne();
  }

  /** First view: everything found. Later only where a change would leave the map empty. */
  private passeBlickAn(erstes: boolean): void {
    const punkte = this.gruppierung.stellen.map(({ lat, lon }) => L.latLng(lat, lon));
    if (!punkte.length || (erstes && liesBlick(location.hash))) return;
    this.wartet = !this.karte.getSize().y;
    if (this.wartet) return;
    const blick = this.karte.getBounds();
    if (!erstes && punkte.some((punkt) => blick.contains(punkt))) return;
    this.karte.fitBounds(L.latLngBounds(punkte).pad(RAND), { maxZoom: 15, animate: !erstes });
  }

  private holeNach(): void {
    if (this.wartet) this.passeBlickAn(true);
    this.zeichne();
  }

  private zeichne(): void {
    const { bild, karte } = this;
    if (!bild || !this.aktiv) return;
    const { y: hoehe } = karte.getSize();
    // A hidden map (phone, list in front) has no size; it draws when it is shown.
    if (!hoehe) return;
    const rahmen = karte.getBounds();
    const gruppen = this.gruppierung.imBlick(
      [rahmen.getWest(), rahmen.getSouth(), rahmen.getEast(), rahmen.getNorth()],
      karte.getZoom(),
    );
    const noetig = new Map(gruppen.map((gruppe) => [this.gruppenschluessel(gruppe), gruppe]));
    for (const [schluessel, marke] of this.marken) {
      if (noetig.has(schluessel)) continue;
      marke.remove();
      this.marken.delete(schluessel);
    }
    for (const [schluessel, gruppe] of noetig) {
      if (this.marken.has(schluessel)) continue;
      this.marken.set(schluessel, this.marke(schluessel, gruppe, bild).addTo(karte));
    }
    rundgang(karte).ordne();
    karte.fire("marken");
  }

  /** Names what a marker shows: the spot alone would keep the number of an older filter. */
  private gruppenschluessel(gruppe: Gruppe): string {
    const zeilen = zeilenVon(gruppe).join("-");
    return `${gruppe.cluster === null ? "s" : "c"}${gruppe.stellen[0]?.schluessel ?? ""}:${zeilen}`;
  }

  private marke(schluessel: string, gruppe: Gruppe, bild: Bild): L.Marker {
    const { texte } = this.kern;
    const { index } = bild.engine;
    const zeilen = zeilenVon(gruppe);
    const [stelle] = gruppe.stellen;
    const anzahl = zeilen.length;
    const ungefaehr = gruppe.cluster === null && (stelle?.ungefaehr ?? false);
    const gemeinsam = { schluessel, ort: L.latLng(gruppe.lat, gruppe.lon), anzahl, ungefaehr };
    if (gruppe.cluster !== null)
      return macheMarke({
        ...gemeinsam,
        name: texte("web.marke.cluster", { anzahl }, anzahl),
        klasse: "marke-cluster",
        bild: ringsymbol(anteile(bild, zeilen), anzahl, false),
        groesse: RING_PX,
        beiKlick: () => this.teileAuf(gruppe),
      });
    const zusatz = ungefaehr ? `, ${texte("web.marke.ungefaehr")}` : "";
    if (anzahl > 1)
      return macheMarke({
        ...gemeinsam,
        name: texte("web.marke.stelle", { anzahl }, anzahl) + zusatz,
        klasse: "marke-stelle",
        bild: ringsymbol(anteile(bild, zeilen), anzahl, ungefaehr),
        groesse: ungefaehr ? HOF_PX : RING_PX,
        beiKlick: () => stelle && this.zeigeStelle(stelle, true),
      });
    const zeile = zeilen[0]!;
    const code = codeVon(index, "handlungsfeld", zeile);
    const feld = this.kern.blatt.codes["handlungsfeld"]?.[code]?.label;
    const nummer =
      code === OHNE_ANGABE ? -1 : (index.facetten["handlungsfeld"]?.codes.indexOf(code) ?? -1);
    return macheMarke({
      ...gemeinsam,
      name: (feld ? `${index.name[zeile]}, ${feld}` : (index.name[zeile] ?? "")) + zusatz,
      klasse: "marke-einzeln",
      bild: einzelsymbol({ code, nummer, ungefaehr }),
      groesse: EINZELN_PX,
      beiKlick: () => {
        this.zuletzt = stelle?.schluessel ?? null;
        this.kern.oeffne(index.id[zeile] ?? "", () => this.fokus(schluessel));
      },
    });
  }

  private fokus(schluessel: string): void {
    (knopfMit(this.karte, schluessel) ?? this.karte.getContainer()).focus({ preventScroll: true });
  }

  private teileAuf(gruppe: Gruppe): void {
    if (gruppe.cluster === null) return;
    const zoom = Math.min(this.gruppierung.aufteilzoom(gruppe.cluster), this.karte.getMaxZoom());
    const mitFokus = this.karte.getContainer().contains(document.activeElement);
    // The cluster vanishes; whoever opened it goes on with the nearest of its parts.
    if (mitFokus)
      this.karte.once("moveend", () => queueMicrotask(() => this.fokussiereNahe(gruppe)));
    this.karte.setView([gruppe.lat, gruppe.lon], zoom, { animate: bewegt() });
  }

  private fokussiereNahe({ lat, lon }: Gruppe): void {
    let naechste: L.Marker | undefined;
    let kleinste = Infinity;
    for (const marke of this.marken.values()) {
      const weite = marke.getLatLng().distanceTo([lat, lon]);
      if (weite < kleinste) [kleinste, naechste] = [weite, marke];
    }
    naechste?.getElement()?.focus({ preventScroll: true });
  }

  /** Several projects at one spot: a list of links, each opens its short form. */
  private zeigeStelle(stelle: Stelle, fokus: boolean): void {
    const { kern } = this;
    const index = this.bild?.engine.index;
    if (!index) return;
    const anzahl = stelle.zeilen.length;
    const eintraege = stelle.zeilen.map((zeile) => {
      const id = index.id[zeile] ?? "";
      const code = codeVon(index, "handlungsfeld", zeile);
      const link = element(
        "a",
        { href: projektAdresse(kern.blatt, id), "data-projekt": id },
        element("span", { class: "symbol", "data-code": code, "aria-hidden": "true" }),
        element("span", {}, index.name[zeile] ?? ""),
      );
      link.addEventListener("click", (ereignis) => {
        if (ereignis.ctrlKey || ereignis.metaKey || ereignis.shiftKey) return;
        ereignis.preventDefault();
        this.zuletzt = stelle.schluessel;
        kern.oeffne(id, () => this.fokusAn(stelle));
      });
      return element("li", {}, link);
    });
    this.fenster.zeige({
      ort: [stelle.lat, stelle.lon],
      knoten: element(
        "div",
        { class: "stelle" },
        element("h2", { id: LISTENTITEL }, kern.texte("web.stelle.titel", { anzahl }, anzahl)),
        stelle.ungefaehr ? element("p", {}, kern.texte("web.stelle.ungefaehr")) : "",
        element("ul", {}, ...eintraege),
      ),
      titelId: LISTENTITEL,
      hoehe: RING_PX / 2,
      fokus,
      beimSchliessen: () => this.fokusAn(stelle),
    });
  }

  private fokusAn(stelle: Stelle): void {
    for (const [schluessel, marke] of this.marken)
      if (marke.getLatLng().equals([stelle.lat, stelle.lon])) return this.fokus(schluessel);
    this.karte.getContainer().focus({ preventScroll: true });
  }

  /** Shows a project where it lies; called for every way a short form is opened. */
  private zeigeProjekt(zeile: number, alsPopup: boolean): boolean {
    const { kern, bild } = this;
    if (!bild || !this.aktiv) return false;
    const { index } = bild.engine;
    const { lat, lon } = index.standorte;
    const orte = standorteVon(index, zeile);
    const i = orte.find((ort) => `${lat[ort]}/${lon[ort]}` === this.zuletzt) ?? orte[0];
    if (i === undefined) return false;
    const ort = L.latLng(lat[i]! / 1e6, lon[i]! / 1e6);
    if (!alsPopup) {
      this.rueckeUeberPanel(ort);
      return true;
    }
    if (!this.karte.getBounds().contains(ort))
      this.karte.setView(ort, undefined, { animate: false });
    const { knoten, titelId } = kurzform(kern, bild.engine, zeile);
    const stelle = this.gruppierung.stellen.find(
      (moegliche) => moegliche.zeilen.length > 1 && moegliche.schluessel === `${lat[i]}/${lon[i]}`,
    );
    if (stelle) knoten.prepend(this.zurueck(stelle));
    this.fenster.zeige({
      ort,
      knoten,
      titelId,
      hoehe: EINZELN_PX / 2,
      fokus: kern.rueckkehr !== null,
      beimSchliessen: () => {
        kern.schliesse();
        kern.gibFokusZurueck();
      },
    });
    return true;
  }

  /** On a phone the panel covers the lower half: the place moves into the upper one. */
  private rueckeUeberPanel(ort: L.LatLng): void {
    const { karte } = this;
    // The map may just have become visible; it has to know its size first.
    karte.invalidateSize({ animate: false });
    const zoom = Math.max(karte.getZoom(), NAHER_ZOOM);
    const mitte = karte.project(ort, zoom).add([0, karte.getSize().y / 4]);
    karte.setView(karte.unproject(mitte, zoom), zoom, { animate: false });
  }

  private zurueck(stelle: Stelle): HTMLElement {
    const anzahl = stelle.zeilen.length;
    const text = this.kern.texte("web.stelle.zurueck", { anzahl }, anzahl);
    const knopf = element("button", { type: "button", class: "knopf-text" }, text);
    knopf.addEventListener("click", () => {
      this.kern.rueckkehr = null;
      this.zeigeStelle(stelle, true);
      this.kern.schliesse();
      this.zeigeStelle(stelle, true);
    });
    return knopf;
  }
}
