/** What stands above the list: the sentence, the chips, what one should know about the result. */
import { alle, element, finde, nachDemBild, setzeText } from "./dom";
import type { Ergebnis } from "./engine";
import { archiviert, jeSpracheEineDatei } from "./holen";
import type { Bild, Kern } from "./kern";
import { zeigeExporte } from "./mitnehmen";
import { chips, satz } from "./satz";
import { mit, ohne, ungefiltert, type Abfrage } from "./zustand";

export class Kopf {
  /** Whether something was shown: the first time the notes of the server stay (bad values in the URL). */
  private begonnen = false;

  constructor(private readonly kern: Kern) {
    document.addEventListener("click", (ereignis) => this.klick(ereignis));
  }

  zeige({ abfrage, ergebnis }: Bild): void {
    const { blatt, texte } = this.kern;
    const anzahl = ergebnis.zeilen.length;
    const messpunkt = this.kern.messpunkte.von(abfrage);
    setzeText(finde("#satz"), satz(abfrage, anzahl, blatt.gesamt, blatt, texte, messpunkt));
    for (const ziel of alle("[data-treffer]"))
      setzeText(ziel, texte("web.anzeigen", { anzahl }, anzahl));
    const beginnt = !this.begonnen;
    this.begonnen = true;
    if (beginnt && archiviert()) return this.beginneImArchiv(abfrage, ergebnis);
    // Until somebody acts, and when the map has everything shown anew, the server's words stand.
    if (abfrage === this.kern.geliefert) {
      // What a chosen place is called only the browser knows.
      if (messpunkt?.name) this.zeigeChips(abfrage);
      zeigeExporte(this.kern, abfrage);
      return;
    }
    finde("#hinweise")?.replaceChildren();
    this.zeigeAlles(abfrage, ergebnis);
  }

  private zeigeAlles(abfrage: Abfrage, ergebnis: Ergebnis): void {
    this.zeigeChips(abfrage);
    this.zeigeOhneLaufzeit(ergebnis.ohneLaufzeit);
    // Addresses of some thirty links: nobody sees them, and none is followed before the picture is there.
    nachDemBild(() => {
      if (this.kern.bild?.abfrage === abfrage) this.zeigeLinks(abfrage);
    });
  }

  private zeigeLinks(abfrage: Abfrage): void {
    this.zeigeSprachen(abfrage);
    this.zeigeAuswahl(abfrage);
    zeigeExporte(this.kern, abfrage);
  }

  /** No server has read the address: what it says, and what is wrong with it, is shown here. */
  private beginneImArchiv(abfrage: Abfrage, ergebnis: Ergebnis): void {
    const { texte, verworfen } = this.kern;
    const saetze = verworfen.map((einer) =>
      element("li", {}, texte("archiv.verworfen", { ...einer })),
    );
    if (saetze.length)
      finde("#hinweise")?.append(
        element(
          "div",
          { class: "hinweis", role: "alert" },
          element("h2", {}, texte("hinweis.titel")),
          element("ul", {}, ...saetze),
        ),
      );
    this.zeigeAlles(abfrage, ergebnis);
  }

  private zeigeChips(abfrage: Abfrage): void {
    const { blatt, texte } = this.kern;
    const rahmen = finde("#chips");
    if (!rahmen) return;
    const hatteFokus = rahmen.contains(document.activeElement);
    const neu = chips(abfrage, blatt, texte, this.kern.messpunkte.von(abfrage)).map(
      ({ name, wert, text }) =>
        element(
          "a",
          {
            class: "chip",
            "data-entfernen": `${name}=${wert}`,
            href: this.kern.adresse(ohne(abfrage, name, wert, blatt)),
            target: "_self",
            "aria-label": texte("filter.entfernen", { filter: text }),
          },
          element("span", {}, text),
          " ",
          element("span", { "aria-hidden": "true" }, "×"),
        ),
    );
    if (neu.length) neu.push(this.zuruecksetzen(abfrage));
    rahmen.replaceChildren(...neu.map((link) => element("li", {}, link)));
    rahmen.hidden = !neu.length;
    // The chip that had the focus is gone: go on with a neighbour instead of the page's start.
    if (hatteFokus) (finde("#chips a") ?? finde("#ergebnis"))?.focus();
  }

  private zuruecksetzen(abfrage: Abfrage): HTMLAnchorElement {
    return element(
      "a",
      {
        class: "chip-alle",
        "data-zuruecksetzen": true,
        href: this.kern.adresse(ungefiltert(abfrage)),
        target: "_self",
      },
      this.kern.texte("filter.zuruecksetzen"),
    );
  }

  /** The links to the other languages keep the state. */
  private zeigeSprachen(abfrage: Abfrage): void {
    for (const link of alle("a[data-sprache]")) {
      if (jeSpracheEineDatei() && link instanceof HTMLAnchorElement) {
        link.setAttribute("href", this.kern.adresse(abfrage, link.pathname));
        continue;
      }
      const sprache = link.dataset["sprache"] ?? "";
      const andere = mit(abfrage, "sprache", [sprache], this.kern.blatt);
      link.setAttribute("href", this.kern.adresse(andere));
    }
  }

  /** What is new and the counts follow the selection; order and open project do not matter there. */
  private zeigeAuswahl(abfrage: Abfrage): void {
    const { blatt } = this.kern;
    const auswahl = mit(mit(abfrage, "projekt", [], blatt), "sort", [], blatt);
    for (const link of alle("a[data-neues], a[data-auswertung], a[data-auswahl]"))
      if (link instanceof HTMLAnchorElement)
        link.setAttribute("href", this.kern.adresse(auswahl, link.pathname));
  }

  private zeigeOhneLaufzeit(anzahl: number): void {
    const ziel = finde("#ohne-laufzeit");
    if (!ziel) return;
    ziel.hidden = anzahl === 0;
    setzeText(ziel, anzahl ? this.kern.texte("liste.ohne_laufzeit", { n: anzahl }, anzahl) : "");
  }

  private klick(ereignis: MouseEvent): void {
    const ziel = ereignis.target instanceof Element ? ereignis.target : null;
    const { kern } = this;
    // Somebody who opens a chip in a new tab gets the link.
    if (!kern.bild || ereignis.ctrlKey || ereignis.metaKey || ereignis.shiftKey) return;
    const chip = ziel?.closest<HTMLElement>("[data-entfernen]");
    if (chip) {
      ereignis.preventDefault();
      const [name = "", ...rest] = (chip.dataset["entfernen"] ?? "").split("=");
      void kern.setze(ohne(kern.abfrage, name, rest.join("="), kern.blatt), "push");
    } else if (ziel?.closest("[data-zuruecksetzen]")) {
      ereignis.preventDefault();
      void kern.setze(ungefiltert(kern.abfrage), "push");
    }
  }
}
