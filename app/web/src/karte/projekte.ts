/** The project layer: the filtered projects as symbols, spots and clusters. */
import * as L from "leaflet";
import { element, schmal } from "../dom";
import type { Bild, Kern } from "../kern";
import { kurzform } from "../kurzform";
import { standorteVon } from "../projekt";
import { Ausschnitt, ohneAusschnitt } from "./ausschnitt";
import type { Bezirke } from "./bezirke";
import { Blickfolge } from "./blickfolge";
import { bewegt, Fenster } from "./fenster";
import { knopfMit } from "./marke";
import { rueckeAusDemPanel, rueckeUeberPanel } from "./panelplatz";
import { EINZELN_PX, projektmarke } from "./projektmarke";
import { rundgang } from "./rundgang";
import {
  gemeinsamerName,
  Gruppierung,
  macheStellen,
  zeilenAn,
  zeilenVon,
  type Gruppe,
  type Stelle,
} from "./stellen";
import { Verbindung } from "./verbindung";

interface Gezeichnet {
  readonly marke: L.Marker;
  readonly gruppe: Gruppe;
  readonly zeilen: readonly number[];
}

export class Projektebene extends L.Layer {
  private karte!: L.Map;
  private fenster!: Fenster;
  private ausschnitt!: Ausschnitt;
  private blickfolge!: Blickfolge;
  private verbindung!: Verbindung;
  private bild: Bild | null = null;
  private gruppierung = new Gruppierung([], 0);
  private readonly marken = new Map<string, Gezeichnet>();
  private schluessel = "";
  /** The spot whose marker was last opened: a project may have several. */
  private zuletzt: string | null = null;

  constructor(
    private readonly kern: Kern,
    private readonly bezirke: Bezirke,
  ) {
    super();
  }

  override onAdd(map: L.Map): this {
    this.karte = map;
    map.on("moveend resize", this.zeichne, this);
    if (this.bild) this.zeichne();
    else this.beginne(map);
    return this;
  }

  private beginne(map: L.Map): void {
    const { kern } = this;
    this.fenster = new Fenster(map, kern.texte);
    this.ausschnitt = new Ausschnitt(kern, map);
    this.blickfolge = new Blickfolge(map, this.ausschnitt, this.bezirke);
    this.verbindung = new Verbindung(kern, map.getContainer(), {
      zeilenBei: (schluessel) => this.marken.get(schluessel)?.zeilen ?? [],
      markenMit: (zeile) =>
        [...this.marken].flatMap(([schluessel, { zeilen }]) =>
          zeilen.includes(zeile) ? [schluessel] : [],
        ),
    });
    kern.beobachte((bild) => this.zeige(bild));
    kern.beobachteOrt((ort) => {
      this.markiereOrt();
      if (ort && schmal.matches) requestAnimationFrame(() => rueckeAusDemPanel(map));
    });
    kern.setzeKartenanzeige((zeile, alsPopup) => this.zeigeProjekt(zeile, alsPopup));
  }

  override onRemove(map: L.Map): this {
    map.off("moveend resize", this.zeichne, this);
    this.fenster.schliesse();
    for (const { marke } of this.marken.values()) marke.remove();
    this.marken.clear();
    return this;
  }

  private get aktiv(): boolean {
    return this.karte.hasLayer(this);
  }

  private zeige(neu: Bild): void {
    const { kern } = this;
    // While the list follows the view, the map shows all of the result: nothing pops up at its edge.
    const bild = this.ausschnitt.folgt(neu) ? ohneAusschnitt(kern, neu) : neu;
    const erstes = this.bild === null;
    const schluessel = bild.ergebnis.zeilen.slice().sort().join();
    this.bild = bild;
    if (kern.offen === undefined) this.fenster.schliesse();
    const andere = erstes || schluessel !== this.schluessel;
    // Opening a popup or sorting leaves the projects on the map as they are.
    if (andere) {
      this.schluessel = schluessel;
      this.gruppierung = new Gruppierung(macheStellen(bild), this.karte.getMaxZoom());
    }
    const punkte = this.gruppierung.stellen.map(({ lat, lon }) => L.latLng(lat, lon));
    this.blickfolge.folge(neu, punkte);
    if (andere) this.zeichne();
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
    let verwaist: Gezeichnet | null = null;
    for (const [schluessel, gezeichnet] of this.marken) {
      if (noetig.has(schluessel)) continue;
      if (gezeichnet.marke.getElement() === document.activeElement) verwaist = gezeichnet;
      gezeichnet.marke.remove();
      this.marken.delete(schluessel);
    }
    for (const [schluessel, gruppe] of noetig) {
      if (this.marken.has(schluessel)) continue;
      const zeilen = zeilenVon(gruppe);
      const marke = this.marke(schluessel, gruppe, zeilen, bild).addTo(karte);
      this.marken.set(schluessel, { marke, gruppe, zeilen });
    }
    if (verwaist) this.fokussiereTeil(verwaist);
    this.markiereOrt();
    rundgang(karte).ordne();
    karte.fire("marken");
    this.verbindung.bestelle();
  }

  /** A marker that had the focus is gone: go on with the nearest one that holds its projects. */
  private fokussiereTeil({ gruppe, zeilen }: Gezeichnet): void {
    const gesucht = new Set(zeilen);
    let naechste: HTMLElement | undefined;
    let kleinste = Infinity;
    for (const { marke, zeilen: eigene } of this.marken.values()) {
      const weite = marke.getLatLng().distanceTo([gruppe.lat, gruppe.lon]);
      if (weite >= kleinste || !eigene.some((zeile) => gesucht.has(zeile))) continue;
      [kleinste, naechste] = [weite, marke.getElement()];
    }
    (naechste ?? this.karte.getContainer()).focus({ preventScroll: true });
  }

  /** The marker of the place whose projects are listed, or the cluster that holds it. */
  private markiereOrt(): void {
    const offen = this.kern.ort?.schluessel;
    for (const knopf of this.karte.getContainer().querySelectorAll<HTMLElement>("[data-marke]")) {
      const schluessel = knopf.dataset["marke"] ?? "";
      const stellen = this.marken.get(schluessel)?.gruppe.stellen ?? [];
      const ist = schluessel === offen || stellen.some((stelle) => stelle.schluessel === offen);
      knopf.toggleAttribute("data-offen", ist);
    }
  }

  /** Names what a marker shows: the spot alone would keep the number of an older filter. */
  private gruppenschluessel(gruppe: Gruppe): string {
    const zeilen = zeilenVon(gruppe).join("-");
    return `${gruppe.cluster ? "c" : "s"}${gruppe.stellen[0]?.schluessel ?? ""}:${zeilen}`;
  }

  private marke(
    schluessel: string,
    gruppe: Gruppe,
    zeilen: readonly number[],
    bild: Bild,
  ): L.Marker {
    const { aufteilzoom, stellen } = gruppe;
    const [stelle] = stellen;
    const [zeile] = zeilen;
    return projektmarke(this.kern, bild, { schluessel, gruppe, zeilen }, (knopf) => {
      if (aufteilzoom !== null) this.teileAuf(gruppe, aufteilzoom, knopf);
      else if (zeilen.length > 1) this.zeigeStelle(stellen);
      else {
        this.zuletzt = stelle?.schluessel ?? null;
        const id = bild.engine.index.id.von(zeile ?? -1);
        this.kern.oeffne(id, () => this.fokus(schluessel));
      }
    });
  }

  private fokus(schluessel: string): void {
    (knopfMit(this.karte, schluessel) ?? this.karte.getContainer()).focus({ preventScroll: true });
  }

  private teileAuf({ lat, lon }: Gruppe, aufteilzoom: number, knopf: HTMLElement): void {
    // The cluster vanishes; whoever opened it goes on with the first of its parts (zeichne).
    knopf.focus({ preventScroll: true });
    this.karte.setView([lat, lon], aufteilzoom, { animate: bewegt() });
  }

  /** Several projects where no zoom separates them. */
  private zeigeStelle(stellen: readonly Stelle[]): void {
    const { kern } = this;
    const index = kern.bild?.engine.index;
    const [stelle] = stellen;
    if (!index || !stelle) return;
    this.zuletzt = stelle.schluessel;
    const name = gemeinsamerName(index, stellen);
    const ungefaehr = stellen.every((eine) => eine.ungefaehr);
    kern.zeigeOrt({
      schluessel: stelle.schluessel,
      titel: name ?? kern.texte("ortspanel.dieser_ort"),
      eigenname: name !== undefined,
      angaben: ungefaehr ? [kern.texte("web.stelle.ungefaehr")] : [],
      zeilen: zeilenAn(index, stellen),
      stadtweit: [],
      rueckkehr: () => this.fokusAn(stelle),
    });
  }

  private fokusAn(stelle: Stelle): void {
    for (const [schluessel, { gruppe }] of this.marken)
      if (gruppe.stellen.some((eine) => eine.schluessel === stelle.schluessel))
        return this.fokus(schluessel);
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
      rueckeUeberPanel(this.karte, ort);
      return true;
    }
    if (!this.karte.getBounds().contains(ort))
      this.karte.setView(ort, undefined, { animate: false });
    const { knoten, titelId } = kurzform(kern, bild.engine, zeile);
    const stelle = this.gruppierung.stellen.find(
      (moegliche) => moegliche.zeilen.length > 1 && moegliche.schluessel === `${lat[i]}/${lon[i]}`,
    );
    // From a place the list stands beside the map already.
    if (stelle && !kern.ort) knoten.prepend(this.zurueck(stelle));
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

  private zurueck(stelle: Stelle): HTMLElement {
    const anzahl = stelle.zeilen.length;
    const text = this.kern.texte("web.stelle.zurueck", { anzahl }, anzahl);
    const knopf = element("button", { type: "button", class: "knopf-text" }, text);
    knopf.addEventListener("click", () => this.zeigeStelle([stelle]));
    return knopf;
  }
}
