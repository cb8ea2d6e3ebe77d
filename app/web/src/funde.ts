/** Writes what was found into the entries of the list. */
import { alle, element, finde, fuelle, vorlage } from "./dom";
import { metaVon } from "./eintragszeile";
import { suchworte } from "./falten";
import { fund, fundstellenVon } from "./fundtexte";
import type { Fundstelle, Stueck } from "./hervorheben";
import type { Kern } from "./kern";
import type { Index } from "./typen";
import { einzelwert, type Abfrage } from "./zustand";

/** An entry whose texts are not here yet, and what has to be quoted from them. */
interface Wartend {
  readonly zeile: number;
  readonly worte: readonly string[];
  readonly offen: readonly string[];
  readonly index: Index;
}

export class Funde {
  /** Per entry the words that are marked in it. */
  private readonly markiert = new WeakMap<HTMLElement, string>();
  private readonly wartend = new Map<Element, Wartend>();
  private readonly waechter: IntersectionObserver;
  /** What the server has marked. */
  private readonly vomDienst: string;

  constructor(private readonly kern: Kern) {
    this.vomDienst = schluessel(suchworte(einzelwert(kern.abfrage, "q") ?? ""));
    this.waechter = new IntersectionObserver((gesehen) => void this.ladeFuer(gesehen), {
      rootMargin: "50% 0px",
    });
  }

  /** Takes over an entry that the server has written. */
  uebernimm(eintrag: HTMLElement): void {
    this.markiert.set(eintrag, this.vomDienst);
  }

  schreibe(eintrag: HTMLElement, zeile: number, abfrage: Abfrage, index: Index): void {
    const worte = suchworte(einzelwert(abfrage, "q") ?? "");
    const neu = schluessel(worte);
    if ((this.markiert.get(eintrag) ?? "") === neu) return;
    this.markiert.set(eintrag, neu);
    this.vergiss(eintrag);
    for (const alt of alle("[data-fund]", eintrag)) alt.remove();
    const { blatt, texte } = this.kern;
    if (!worte.length) {
      finde('[data-feld="name"]', eintrag)?.replaceChildren(index.name.von(zeile));
      finde('[data-feld="meta"]', eintrag)?.replaceChildren(metaVon(index, blatt, texte, zeile));
      return;
    }
    const { name, meta, offen } = fund(index, blatt, texte, zeile, worte);
    finde('[data-feld="name"]', eintrag)?.replaceChildren(...knoten(name));
    finde('[data-feld="meta"]', eintrag)?.replaceChildren(...knoten(meta));
    if (!offen.length) return;
    const wartend = { zeile, worte, offen, index };
    if (this.zitiere(eintrag, wartend)) return;
    this.wartend.set(eintrag, wartend);
    this.waechter.observe(eintrag);
  }

  /** Quotes the texts of an entry; false while they are not here. */
  private zitiere(eintrag: Element, { zeile, worte, offen, index }: Wartend): boolean {
    const { blatt, fundtexte } = this.kern;
    const roh = fundtexte.von(index, zeile);
    if (!roh) return false;
    const stellen = fundstellenVon(index, blatt, zeile, roh, worte, offen);
    finde(".eintrag-text", eintrag)?.append(...stellen.map((stelle) => this.zitat(stelle)));
    return true;
  }

  private zitat({ feld, stuecke, fremd }: Fundstelle): HTMLElement {
    const { blatt, texte } = this.kern;
    const zitat = vorlage("vorlage-fundstelle") ?? element("p");
    fuelle(zitat, { feld: texte("ergebnis.fund", { feld: blatt.felder[feld] ?? feld }) });
    const text = finde('[data-feld="text"]', zitat);
    if (fremd) {
      text?.setAttribute("lang", "de");
      text?.setAttribute("dir", "ltr");
    }
    text?.replaceChildren(...knoten(stuecke));
    return zitat;
  }

  /** Of a long result only the texts are fetched that somebody is about to see. */
  private async ladeFuer(gesehen: readonly IntersectionObserverEntry[]): Promise<void> {
    const sichtbar = gesehen.filter((eins) => eins.isIntersecting).map((eins) => eins.target);
    const faellig = sichtbar.flatMap((ziel) => {
      const wartend = this.wartend.get(ziel);
      return wartend ? [wartend] : [];
    });
    const [erster] = faellig;
    if (!erster) return;
    const zeilen = faellig.map(({ zeile }) => zeile);
    await this.kern.fundtexte.lade(erster.index, zeilen);
    // A file holds the texts of many: whoever waits for it, seen or not, needs no second turn.
    for (const [ziel, wartend] of this.wartend) if (this.zitiere(ziel, wartend)) this.vergiss(ziel);
  }

  private vergiss(eintrag: Element): void {
    if (this.wartend.delete(eintrag)) this.waechter.unobserve(eintrag);
  }
}

function schluessel(worte: readonly string[]): string {
  return worte.join(" ");
}

function knoten(stuecke: readonly Stueck[]): Node[] {
  return stuecke.map(({ text, treffer }) =>
    treffer ? element("mark", {}, text) : document.createTextNode(text),
  );
}
