/** The project layer: the filtered projects as symbols, spots and clusters. */
import * as L from "leaflet";
import { element, schmal } from "../dom";
import type { Bild, Kern } from "../kern";
import { kurzform } from "../kurzform";
import { standorteVon } from "../projekt";
import { Ausschnitt, trefferOhneAusschnitt } from "./ausschnitt";
import { Auswahl } from "./auswahl";
import type { Bezirke } from "./bezirke";
import { Blickfolge } from "./blickfolge";
import { bewegt, Fenster } from "./fenster";
import { Gruppierer } from "./gruppierer";
import { aendereMarke, bildVon, knopfMit, macheMarke } from "./marke";
import { rueckeAusDemPanel, rueckeUeberPanel } from "./panelplatz";
import { EINZELN_PX, projektmarke, type Bezeichnet } from "./projektmarke";
import { rundgang } from "./rundgang";
import {
  alleUngefaehr,
  gemeinsamerName,
  gruppenAus,
  gruppenschluessel,
  liegtAn,
  stellenschluessel,
  zeilenAn,
  zeilenVon,
  type Gruppe,
} from "./stellen";
import { Verbindung } from "./verbindung";

interface Gezeichnet {
  readonly marke: L.Marker;
  readonly gruppe: Gruppe;
  readonly zeilen: Uint32Array;
}

export class Projektebene extends L.Layer {
  private karte!: L.Map;
  private fenster!: Fenster;
  private ausschnitt!: Ausschnitt;
  private blickfolge!: Blickfolge;
  private verbindung!: Verbindung;
  private bild: Bild | null = null;
  private auswahl: Auswahl | null = null;
  private gruppierer: Gruppierer | null = null;
  private readonly marken = new Map<string, Gezeichnet>();
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
      zeilenBei: (schluessel) => this.marken.get(schluessel)?.zeilen ?? new Uint32Array(),
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

  private zeige(bild: Bild): void {
    const { kern } = this;
    const { index } = bild.engine;
    // While the list follows the view, the map shows all of the result: nothing pops up at its edge.
    const treffer = this.ausschnitt.folgt(bild)
      ? trefferOhneAusschnitt(kern, bild)
      : bild.ergebnis.treffer;
    this.bild = bild;
    if (kern.offen === undefined) this.fenster.schliesse();
    // Opening a popup or sorting leaves the projects on the map as they are.
    const vorher = this.auswahl;
    const auswahl = vorher?.gilt(treffer) ? vorher : Auswahl.aus(index, treffer);
    const andere = auswahl !== vorher;
    this.auswahl = auswahl;
    if (andere) {
      this.gruppierer ??= new Gruppierer(
        index.standorte,
        this.karte.getMaxZoom(),
        kern.blatt.urls.gruppierung,
      );
      this.gruppierer.waehle(auswahl.orte);
    }
    this.blickfolge.folge(bild, auswahl);
    if (andere) this.zeichne();
  }

  private zeichne(): void {
    const { gruppierer, karte } = this;
    if (!gruppierer || !this.aktiv) return;
    const { y: hoehe } = karte.getSize();
    // A hidden map (phone, list in front) has no size; it draws when it is shown.
    if (!hoehe) return;
    const rahmen = karte.getBounds();
    gruppierer.imBlick(
      [rahmen.getWest(), rahmen.getSouth(), rahmen.getEast(), rahmen.getNorth()],
      karte.getZoom(),
      (gruppen) => this.stelleDar(gruppenAus(gruppen)),
    );
  }

  /** Puts the markers of some groups on the map; what is there already stays. */
  private stelleDar(gruppen: readonly Gruppe[]): void {
    const { bild, karte } = this;
    if (!bild || !this.aktiv) return;
    const { index } = bild.engine;
    const noetig = new Map(
      gruppen.map((gruppe) => {
        const zeilen = zeilenVon(index, gruppe.orte);
        return [gruppenschluessel(index, gruppe, zeilen), { gruppe, zeilen }];
      }),
    );
    let verwaist: Gezeichnet | null = null;
    const freie: L.Marker[] = [];
    for (const [schluessel, gezeichnet] of this.marken) {
      if (noetig.has(schluessel)) continue;
      this.marken.delete(schluessel);
      if (gezeichnet.marke.getElement() === document.activeElement) {
        verwaist = gezeichnet;
        gezeichnet.marke.remove();
      } else freie.push(gezeichnet.marke);
    }
    for (const [schluessel, { gruppe, zeilen }] of noetig) {
      if (this.marken.has(schluessel)) continue;
      const marke = this.stelle(freie.pop(), { schluessel, gruppe, zeilen }, bild);
      this.marken.set(schluessel, { marke, gruppe, zeilen });
    }
    for (const marke of freie) marke.remove();
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
      const orte = this.marken.get(schluessel)?.gruppe.orte;
      const ist =
        offen !== undefined &&
        (schluessel === offen || (orte !== undefined && this.haelt(orte, offen)));
      knopf.toggleAttribute("data-offen", ist);
    }
  }

  private haelt(orte: Uint32Array, stelle: string): boolean {
    return this.bild !== null && liegtAn(this.bild.engine.index, orte, stelle);
  }

  /** Puts a marker on the map, or one that is free to another use. */
  private stelle(freie: L.Marker | undefined, was: Bezeichnet, bild: Bild): L.Marker {
    const beiKlick = (knopf: HTMLElement): void => this.oeffne(was, knopf);
    const neu = projektmarke(this.kern, bild, was, beiKlick, freie && bildVon(freie));
    if (!freie) return macheMarke(neu).addTo(this.karte);
    aendereMarke(freie, neu);
    return freie;
  }

  private oeffne({ schluessel, gruppe, zeilen }: Bezeichnet, knopf: HTMLElement): void {
    const { aufteilzoom, orte } = gruppe;
    const index = this.bild?.engine.index;
    if (aufteilzoom !== null) this.teileAuf(gruppe, aufteilzoom, knopf);
    else if (zeilen.length > 1) this.zeigeStelle(orte);
    else if (index) {
      this.zuletzt = stellenschluessel(index, orte[0]!);
      this.kern.oeffne(index.id.von(zeilen[0]!), () => this.fokus(schluessel));
    }
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
  private zeigeStelle(orte: Uint32Array): void {
    const { kern } = this;
    const index = kern.bild?.engine.index;
    if (!index) return;
    const schluessel = stellenschluessel(index, orte[0]!);
    this.zuletzt = schluessel;
    const name = gemeinsamerName(index, orte);
    kern.zeigeOrt({
      schluessel,
      titel: name ?? kern.texte("ortspanel.dieser_ort"),
      eigenname: name !== undefined,
      angaben: alleUngefaehr(index, orte) ? [kern.texte("web.stelle.ungefaehr")] : [],
      zeilen: zeilenAn(index, orte),
      stadtweit: new Uint32Array(),
      rueckkehr: () => this.fokusAn(schluessel),
    });
  }

  private fokusAn(stelle: string): void {
    for (const [schluessel, { gruppe }] of this.marken)
      if (this.haelt(gruppe.orte, stelle)) return this.fokus(schluessel);
    this.karte.getContainer().focus({ preventScroll: true });
  }

  /** Shows a project where it lies; called for every way a short form is opened. */
  private zeigeProjekt(zeile: number, alsPopup: boolean): boolean {
    const { kern, bild } = this;
    if (!bild || !this.aktiv) return false;
    const { index } = bild.engine;
    const { lat, lon } = index.standorte;
    const orte = standorteVon(index, zeile);
    const i = orte.find((ort) => stellenschluessel(index, ort) === this.zuletzt) ?? orte[0];
    if (i === undefined) return false;
    const ort = L.latLng(lat[i]! / 1e6, lon[i]! / 1e6);
    if (!alsPopup) {
      rueckeUeberPanel(this.karte, ort);
      return true;
    }
    if (!this.karte.getBounds().contains(ort))
      this.karte.setView(ort, undefined, { animate: false });
    const { knoten, titelId } = kurzform(kern, bild.engine, zeile);
    const anzahl = this.auswahl?.anzahlAn(stellenschluessel(index, i)) ?? 0;
    // From a place the list stands beside the map already.
    if (anzahl > 1 && !kern.ort) knoten.prepend(this.zurueck(i, anzahl));
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

  private zurueck(ort: number, anzahl: number): HTMLElement {
    const text = this.kern.texte("web.stelle.zurueck", { anzahl }, anzahl);
    const knopf = element("button", { type: "button", class: "knopf-text" }, text);
    knopf.addEventListener("click", () => this.zeigeStelle(Uint32Array.of(ort)));
    return knopf;
  }
}
