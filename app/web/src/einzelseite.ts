/**
 * In the copy of one file a page opens above the map. The fragment says which, so that Back works:
 * `#seite=projekte/nw-019/index.html`, with `&stelle=` for a place on it.
 */
import { richteBeteiligteEin } from "./beteiligtensuche";
import { alle, element, finde } from "./dom";
import { holeSeite, type Seite } from "./einzelblock";
import { richteSprachwahlEin } from "./sprachwahl";
import type { Texte } from "./texte";
import { richteWerkzeugeEin } from "./werkzeuge";

const SEITE = "#seite=";

export class Einzelseite {
  private readonly inhalt = element("div", { class: "einzelseite-inhalt" });
  private readonly dialog: HTMLDialogElement;
  private offen = "";

  constructor(private readonly texte: Texte) {
    const knopf = element("button", {
      type: "button",
      class: "knopf-rund schliessen",
      "aria-label": texte("web.schliessen"),
    });
    this.dialog = element("dialog", { class: "einzelseite" }, knopf, this.inhalt);
    document.body.append(this.dialog);
    knopf.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => {
      this.offen = "";
      if (location.hash.startsWith(SEITE))
        history.pushState(history.state, "", location.pathname + location.search);
    });
    addEventListener("hashchange", () => void this.folge());
    void this.folge();
  }

  /** Says that something in the file cannot be had. */
  melde(): void {
    const titel = element("h1", {}, this.texte("hinweis.titel"));
    this.inhalt.replaceChildren(titel, element("p", {}, this.texte("archiv.verschlossen")));
    this.zeige(titel);
  }

  /** Shows the page that the fragment names, or none. */
  private async folge(): Promise<void> {
    const { hash } = location;
    if (!hash.startsWith(SEITE)) {
      // A link to another part of the same page.
      const stelle = hash.slice(1);
      if (stelle && finde(`[id="${CSS.escape(stelle)}"]`, this.inhalt)) return;
      if (this.dialog.open) this.dialog.close();
      return;
    }
    const angaben = new URLSearchParams(hash.slice(1));
    const pfad = angaben.get("seite") ?? "";
    if (pfad !== this.offen) {
      let seite: Seite | undefined;
      try {
        seite = await holeSeite(pfad);
      } catch {
        this.melde();
        return;
      }
      if (!seite || location.hash !== hash) return;
      this.offen = pfad;
      this.fuelle(seite);
    }
    const stelle = angaben.get("stelle");
    if (stelle) finde(`[id="${CSS.escape(stelle)}"]`, this.inhalt)?.scrollIntoView();
  }

  private fuelle({ lang, dir, inhalt }: Seite): void {
    const dokument = new DOMParser().parseFromString(inhalt, "text/html");
    this.inhalt.replaceChildren(...dokument.body.childNodes);
    this.inhalt.lang = lang;
    this.dialog.dir = dir;
    for (const menue of alle(".sprachwahl", this.inhalt))
      if (menue instanceof HTMLDetailsElement) richteSprachwahlEin(menue);
    richteWerkzeugeEin(this.inhalt);
    richteBeteiligteEin(this.inhalt, lang);
    this.zeige(finde("h1", this.inhalt));
  }

  private zeige(titel: HTMLElement | null): void {
    titel?.setAttribute("tabindex", "-1");
    this.dialog.setAttribute("aria-label", titel?.textContent ?? "");
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    titel?.focus();
  }
}
