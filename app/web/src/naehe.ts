/** "In meiner Nähe": a place or the device's position as the point that distances are measured from. */
import { finde, setzeText } from "./dom";
import type { Engine } from "./engine";
import { streckentext } from "./entfernungstext";
import { archiviert } from "./holen";
import type { Bild, Kern } from "./kern";
import { punktwert } from "./messpunkt";
import { richteBlattEin } from "./naeheblatt";
import { Ortsfeld } from "./ortsfeld";
import { Ortsliste } from "./ortsliste";
import { Ortssuche, type Treffer } from "./ortssuche";
import { ermittleStandort, type Standort } from "./standort";
import { einzelwert, mit, type Abfrage } from "./zustand";

/** A quarter of an hour on foot; where nothing is found, twice and five times as far. */
const UMKREISE = [1000, 2000, 5000] as const;
/** From here on a position is too rough for the distances to be taken at their word. */
const UNGENAU_M = 300;

export class Naehe {
  private readonly feld: Ortsfeld;
  /** Grows with every choice: an answer to an older wish comes too late. */
  private wahl = 0;

  constructor(
    private readonly kern: Kern,
    private readonly bereich: HTMLElement,
    eingabe: HTMLInputElement,
  ) {
    const { orte } = kern.blatt.urls;
    const suche = archiviert() ? new Ortsliste(orte) : new Ortssuche(orte);
    this.feld = new Ortsfeld(
      eingabe,
      suche,
      kern.texte,
      (treffer) => this.nimm(treffer),
      () => this.entferne(),
    );
    const standort = this.teil("[data-standort]");
    standort?.addEventListener("click", () => void this.nimmStandort(standort));
    this.teil("[data-ort-entfernen]")?.addEventListener("click", () => this.entferne());
    this.teil(".umkreis-wahl")?.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement) this.setzeUmkreis(target.value);
    });
    this.teil("[data-bezirksfilter]")?.addEventListener("click", ({ currentTarget }) =>
      this.nurBezirk((currentTarget as HTMLElement).dataset["bezirksfilter"] ?? ""),
    );
  }

  zeige({ abfrage }: Bild): void {
    const messpunkt = this.kern.messpunkte.von(abfrage);
    const { texte } = this.kern;
    this.bereich.toggleAttribute("data-gemessen", messpunkt !== null);
    finde("[data-naehe-schalter]")?.toggleAttribute("data-aktiv", messpunkt !== null);
    const umkreis = this.teil(".umkreis-wahl");
    if (umkreis instanceof HTMLFieldSetElement)
      umkreis.hidden = umkreis.disabled = messpunkt === null;
    const gewaehlt = einzelwert(abfrage, "umkreis") ?? "";
    for (const knopf of this.bereich.querySelectorAll<HTMLInputElement>('input[name="umkreis"]'))
      knopf.checked = knopf.value === gewaehlt;
    const zeile = this.teil("[data-gewaehlter-ort]");
    // A place with a name stands in the field, with a button to take it away.
    if (zeile) zeile.hidden = !messpunkt || messpunkt.name !== null;
    const name = texte(messpunkt?.privat ? "naehe.ab.standort" : "naehe.ab.punkt");
    setzeText(this.teil("[data-ortsname]"), name);
    this.feld.setze(messpunkt?.name ?? "");
    if (!messpunkt) this.bietebezirkAn(null);
    this.zeigeSortierung(messpunkt !== null);
  }

  private teil(wahl: string): HTMLElement | null {
    return finde(wahl, this.bereich);
  }

  private melde(text: string, warnung = false): void {
    const ziel = this.teil("#naehe-meldung");
    ziel?.toggleAttribute("data-warnung", warnung);
    setzeText(ziel, text);
  }

  private nimm(treffer: Treffer): void {
    const { art, name, id, lat, lon } = treffer;
    if (lat === undefined || lon === undefined) {
      // Only projects may be without a place: their Steckbrief says what is known.
      this.melde("");
      if (id) this.kern.oeffne(id, () => this.feld.feld.focus());
      return;
    }
    const punkt = punktwert(lat, lon);
    this.kern.messpunkte.benenne(punkt, name);
    const saetze = this.miss(punkt, treffer.umkreis ?? null);
    if (treffer.umkreis === null) saetze.unshift(this.kern.texte("naehe.mitte", { ort: name }));
    this.melde(saetze.join(" "));
    this.bietebezirkAn(art === "stadtbezirk" && id ? { code: id, name } : null);
  }

  private async nimmStandort(knopf: HTMLElement): Promise<void> {
    if (knopf.getAttribute("aria-busy") === "true") return;
    const wahl = ++this.wahl;
    knopf.setAttribute("aria-busy", "true");
    this.melde(this.kern.texte("naehe.standort.sucht"));
    const gefunden = await ermittleStandort();
    knopf.removeAttribute("aria-busy");
    if (wahl !== this.wahl) return;
    if (typeof gefunden === "string") {
      this.melde(this.kern.texte(`naehe.standort.${gefunden}`), true);
      this.feld.feld.focus();
    } else this.missAb(gefunden);
  }

  private missAb({ lat, lon, genauigkeit }: Standort): void {
    const { texte, messpunkte } = this.kern;
    this.feld.leere();
    this.bietebezirkAn(null);
    const saetze = this.miss(messpunkte.verschweige(lat, lon), UMKREISE[0]);
    saetze.unshift(texte("naehe.standort.gefunden"));
    if (genauigkeit > UNGENAU_M) {
      const strecke = streckentext(Math.ceil(genauigkeit / 100) * 100, texte);
      saetze.push(texte("naehe.standort.ungenau", { strecke }));
    }
    this.melde(saetze.join(" "));
  }

  /** Measures from a point; returns what should be said about the radius. */
  private miss(punkt: string, umkreis: number | null): string[] {
    this.wahl++;
    const { kern } = this;
    const { texte } = kern;
    const ohneRadius = mit(
      mit(kern.abfrage, "umkreis", [], kern.blatt),
      "nahe",
      [punkt],
      kern.blatt,
    );
    const eigener = einzelwert(kern.abfrage, "umkreis");
    // A radius that somebody set stands, as long as it finds anything.
    const wunsch = umkreis === null ? null : Number(eigener ?? umkreis);
    const engine = kern.bild?.engine;
    const passend = engine && wunsch !== null ? this.weite(engine, ohneRadius, wunsch) : wunsch;
    const werte = passend === null ? [] : [String(passend)];
    void kern.setze(mit(ohneRadius, "umkreis", werte, kern.blatt), "push");
    if (wunsch === null || passend === wunsch) return [];
    const von = streckentext(wunsch, texte);
    return passend === null
      ? [texte("naehe.erweitert.ohne", { von })]
      : [texte("naehe.erweitert", { von, bis: streckentext(passend, texte) })];
  }

  /** The wished radius, or the next one in which a project lies; null where none does. */
  private weite(engine: Engine, abfrage: Abfrage, wunsch: number): number | null {
    const weiten = [wunsch, ...UMKREISE.filter((weite) => weite > wunsch)];
    const { blatt } = this.kern;
    const findet = (weite: number): boolean =>
      engine.treffer(mit(abfrage, "umkreis", [String(weite)], blatt)).length > 0;
    return weiten.find(findet) ?? null;
  }

  private setzeUmkreis(wert: string): void {
    const { kern } = this;
    this.melde("");
    void kern.setze(mit(kern.abfrage, "umkreis", wert ? [wert] : [], kern.blatt), "push");
  }

  private entferne(): void {
    this.wahl++;
    const { kern } = this;
    this.melde("");
    this.feld.leere();
    void kern.setze(mit(kern.abfrage, "nahe", [], kern.blatt), "push");
    this.feld.feld.focus();
  }

  /** Who asks for a Stadtbezirk may mean what lies in it, not what is near its middle. */
  private bietebezirkAn(bezirk: { readonly code: string; readonly name: string } | null): void {
    const zeile = this.teil("[data-bezirksfilter]");
    if (!zeile) return;
    zeile.hidden = bezirk === null;
    if (!bezirk) return;
    zeile.dataset["bezirksfilter"] = bezirk.code;
    const text = this.kern.texte("naehe.nur_bezirk", { bezirk: bezirk.name });
    setzeText(finde("button", zeile), text);
  }

  private nurBezirk(code: string): void {
    const { kern } = this;
    this.melde("");
    this.feld.leere();
    const ohnePunkt = mit(kern.abfrage, "nahe", [], kern.blatt);
    void kern.setze(mit(ohnePunkt, "stadtbezirk", [code], kern.blatt), "push");
    this.feld.feld.focus();
  }

  /** Sorting by distance is offered only where there is one. */
  private zeigeSortierung(moeglich: boolean): void {
    for (const option of document.querySelectorAll<HTMLOptionElement>(
      '#filter-sort option[value="entfernung"]',
    ))
      option.hidden = option.disabled = !moeglich;
  }
}

export function richteNaeheEin(kern: Kern): void {
  const bereich = finde("#naehe");
  const eingabe = bereich && finde(".ortsfeld", bereich);
  if (!bereich || !(eingabe instanceof HTMLInputElement)) return;
  const naehe = new Naehe(kern, bereich, eingabe);
  kern.beobachte((bild) => naehe.zeige(bild));
  richteBlattEin(bereich);
}
