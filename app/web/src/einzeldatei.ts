/**
 * Entry of einzeldatei.js: in the copy of one file pages are templates and files are blocks of
 * base64 (app/archiv/einzeldatei.py). The fragment says what is open, so that Back works.
 */
import { element, finde } from "./dom";
import { macheTexte } from "./texte";
import type { Blatt } from "./typen";

const SEITE = "#seite=";
const DATEI = "#datei=";

function texte(): ReturnType<typeof macheTexte> {
  const blatt = JSON.parse(finde("#zustand")?.textContent ?? "{}") as Blatt;
  return macheTexte(blatt.texte, document.documentElement.lang);
}

class Einzelseite {
  private readonly inhalt = element("div", { class: "einzelseite-inhalt" });
  private readonly dialog: HTMLDialogElement;

  constructor(schliessen: string) {
    const knopf = element("button", {
      type: "button",
      class: "knopf-rund schliessen",
      "aria-label": schliessen,
    });
    this.dialog = element("dialog", { class: "einzelseite" }, knopf, this.inhalt);
    document.body.append(this.dialog);
    knopf.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => {
      if (location.hash.startsWith(SEITE))
        history.pushState(history.state, "", location.pathname + location.search);
    });
    addEventListener("hashchange", () => this.folge());
    this.folge();
  }

  /** Shows the page that the fragment names, or none. */
  private folge(): void {
    const pfad = location.hash.startsWith(SEITE) ? location.hash.slice(SEITE.length) : "";
    const vorlage = pfad && finde(`template[data-seite="${CSS.escape(decodeURIComponent(pfad))}"]`);
    if (!(vorlage instanceof HTMLTemplateElement)) {
      // A link to another part of the same page.
      const stelle = location.hash.slice(1);
      if (stelle && finde(`[id="${CSS.escape(stelle)}"]`, this.inhalt)) return;
      if (this.dialog.open) this.dialog.close();
      return;
    }
    this.inhalt.replaceChildren(vorlage.content.cloneNode(true));
    const titel = finde("h1", this.inhalt);
    titel?.setAttribute("tabindex", "-1");
    this.dialog.setAttribute("aria-label", titel?.textContent ?? "");
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    titel?.focus();
  }
}

/** Hands out a file that lies in the page. */
function ladeHerunter(ereignis: MouseEvent): void {
  const ziel = ereignis.target instanceof Element ? ereignis.target.closest("a") : null;
  const name = ziel?.getAttribute("href")?.split(DATEI)[1];
  const quelle = name && finde(`script[data-inhalt="${CSS.escape(name)}"]`);
  if (!quelle) return;
  ereignis.preventDefault();
  const bytes = Uint8Array.from(atob(quelle.textContent), (zeichen) => zeichen.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes]));
  element("a", { href: url, download: name.split("/").at(-1) }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

document.addEventListener("click", ladeHerunter);
new Einzelseite(texte()("web.schliessen"));
