/** Nothing found: other words, fewer filters, or a new start. */
import { element, finde, setzeText } from "./dom";
import { stellenMitName } from "./fundtexte";
import { archiviert } from "./holen";
import type { Bild, Kern } from "./kern";
import { lockerungen, type Lockerung } from "./lockern";
import { filterworte } from "./satz";
import { korrekturen, vorschlaege, zeilenVon, type Vorschlag } from "./vorschlag";
import { einzelwert, formatAbfrage, ungefiltert, type Abfrage } from "./zustand";

interface Ausweg {
  readonly text: string;
  readonly abfrage: Abfrage;
}

export class Leer {
  /** The state the page came with: what the server has written stands as long as it does. */
  private anfang: Abfrage | null = null;

  constructor(
    private readonly kern: Kern,
    private readonly rahmen: HTMLElement,
  ) {}

  zeige(bild: Bild): void {
    const leer = bild.ergebnis.zeilen.length === 0;
    this.rahmen.hidden = !leer;
    // No server has written anything into a frozen page.
    if (!archiviert()) this.anfang ??= bild.abfrage;
    if (bild.abfrage === this.anfang) return;
    const ziel = finde("[data-zuruecksetzen]", this.rahmen);
    ziel?.setAttribute("href", this.kern.adresse(ungefiltert(bild.abfrage)));
    this.fuelle("#meinten", "", []);
    this.fuelle("#lockern", "", []);
    if (leer) void this.zeigeAuswege(bild);
  }

  private async zeigeAuswege(bild: Bild): Promise<void> {
    const { abfrage, engine } = bild;
    const { blatt, texte } = this.kern;
    const weniger = lockerungen(engine, abfrage, blatt);
    // To take away the only filter is what the link below offers anyway.
    const alles = formatAbfrage(ungefiltert(abfrage));
    const auswege = weniger
      .filter((lockerung) => formatAbfrage(lockerung.abfrage) !== alles)
      .map((lockerung) => ({
        text: this.ohne(abfrage, lockerung),
        abfrage: lockerung.abfrage,
      }));
    // Filters at once; how the words are written has to be fetched.
    this.fuelle("#lockern", texte("ergebnis.lockern"), auswege);
    const anders = await this.vorschlaege(bild);
    if (this.kern.bild !== bild) return;
    this.fuelle("#meinten", texte("ergebnis.meinten"), anders);
    if (!weniger.length && !anders.length)
      finde("#lockern", this.rahmen)?.append(element("p", {}, texte("ergebnis.lockern.keiner")));
  }

  /** What a loosening takes away, in the words of the sentence above the list. */
  private ohne(abfrage: Abfrage, { namen, anzahl: n }: Lockerung): string {
    const { blatt, texte, messpunkte } = this.kern;
    if (namen.includes("q"))
      return texte("ergebnis.ohne.q", { wert: einzelwert(abfrage, "q") ?? "", n }, n);
    const weg = new Map([...abfrage].filter(([name]) => namen.includes(name)));
    const worte = filterworte(weg, blatt, texte, messpunkte.von(abfrage));
    return texte("ergebnis.ohne", { filter: worte.join(texte("satz.trenner")), n }, n);
  }

  private async vorschlaege({ abfrage, engine }: Bild): Promise<Ausweg[]> {
    const { blatt, fundtexte, texte } = this.kern;
    const { index, text: suche } = engine;
    if (!suche) return [];
    const zeilen = zeilenVon(suche, korrekturen(suche, einzelwert(abfrage, "q") ?? ""));
    await fundtexte.lade(index, zeilen);
    const gefunden: Vorschlag[] = vorschlaege(engine, suche, abfrage, (zeile) =>
      stellenMitName(index, blatt, zeile, fundtexte.von(index, zeile) ?? []),
    );
    return gefunden.map(({ text, abfrage: neu, anzahl, allein }) => ({
      text: texte(`ergebnis.vorschlag${allein ? ".allein" : ""}`, { text, n: anzahl }, anzahl),
      abfrage: neu,
    }));
  }

  private fuelle(wahl: string, ueberschrift: string, auswege: readonly Ausweg[]): void {
    const ziel = finde(wahl, this.rahmen);
    if (!auswege.length) return setzeText(ziel, "");
    ziel?.replaceChildren(
      element("h2", {}, ueberschrift),
      element(
        "ul",
        { class: "auswege" },
        ...auswege.map((ausweg) => element("li", {}, this.link(ausweg))),
      ),
    );
  }

  private link({ text, abfrage }: Ausweg): HTMLAnchorElement {
    const { kern } = this;
    const href = kern.adresse(abfrage);
    const link = element("a", { class: "ausweg", href, target: "_self" }, text);
    link.addEventListener("click", (ereignis) => {
      if (ereignis.ctrlKey || ereignis.metaKey || ereignis.shiftKey) return;
      ereignis.preventDefault();
      void kern.setze(abfrage, "push");
      // The link is gone with the empty result.
      finde("#ergebnis")?.focus();
    });
    return link;
  }
}
