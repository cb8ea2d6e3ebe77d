/** The address field as an editable combobox with a list (WAI-ARIA APG), complete by keyboard. */
import { alle, element, setzeText } from "./dom";
import type { Antwort, Ortsquelle, Treffer } from "./ortssuche";
import type { Texte } from "./texte";

const TIPPPAUSE_MS = 220;
const MINDESTENS = 2;
/** Longer than the service's limit is surely no place. */
const HOECHSTENS = 200;

export class Ortsfeld {
  private readonly liste: HTMLUListElement;
  private readonly hinweis: HTMLElement;
  private readonly status: HTMLElement;
  private readonly kasten: HTMLElement;
  private readonly leeren: HTMLButtonElement;
  private treffer: readonly Treffer[] = [];
  private aktiv = -1;
  private uhr = 0;
  /** The text that `treffer` answers. */
  private beantwortet: string | null = null;
  /** Somebody has typed what is not chosen yet. */
  private angefangen = false;
  /** Enter was pressed before the answer came. */
  private eilt = false;

  constructor(
    readonly feld: HTMLInputElement,
    private readonly suche: Ortsquelle,
    private readonly texte: Texte,
    private readonly waehle: (treffer: Treffer) => void,
    private readonly entferne: () => void,
  ) {
    const id = `${feld.id}-liste`;
    this.liste = element("ul", {
      id,
      class: "ortsfeld-liste",
      role: "listbox",
      "aria-label": texte("naehe.vorschlaege"),
    });
    this.hinweis = element("p", { class: "ortsfeld-hinweis", role: "status" });
    this.status = element("p", { class: "nur-vorlesen", role: "status" });
    this.kasten = element("div", { class: "ortsfeld-kasten" }, this.liste, this.hinweis);
    this.leeren = element("button", {
      type: "button",
      class: "ortsfeld-leeren",
      "aria-label": texte("naehe.entfernen"),
    });
    feld.after(this.leeren, this.kasten, this.status);
    for (const [name, wert] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": id,
      "aria-expanded": "false",
    }))
      feld.setAttribute(name, wert);
    this.schliesse();
    this.hoere();
  }

  /** Shows a chosen place, unless somebody is just typing another one. */
  setze(text: string): void {
    if (document.activeElement !== this.feld || !this.angefangen) this.feld.value = text;
    this.ordne();
  }

  leere(): void {
    this.feld.value = "";
    this.verwirf();
  }

  private get offen(): boolean {
    return this.feld.getAttribute("aria-expanded") === "true";
  }

  private hoere(): void {
    const { feld, liste } = this;
    feld.addEventListener("input", () => this.getippt());
    feld.addEventListener("keydown", (ereignis) => this.taste(ereignis));
    feld.addEventListener("focus", () => feld.select());
    feld.addEventListener("blur", () => this.schliesse());
    this.leeren.addEventListener("click", () => this.entferne());
    feld.form?.addEventListener("submit", (ereignis) => {
      ereignis.preventDefault();
      this.bestaetige();
    });
    // The focus stays in the field, whatever the mouse does in the list.
    this.kasten.addEventListener("mousedown", (ereignis) => ereignis.preventDefault());
    liste.addEventListener("click", ({ target }) => {
      const option = target instanceof Element ? target.closest('[role="option"]') : null;
      const nummer = option ? alle('[role="option"]', liste).indexOf(option as HTMLElement) : -1;
      if (nummer >= 0) this.nimm(nummer);
    });
  }

  private getippt(): void {
    clearTimeout(this.uhr);
    this.eilt = false;
    this.beantwortet = null;
    if (this.text.length < MINDESTENS) this.verwirf();
    this.angefangen = this.feld.value !== "";
    this.ordne();
    if (this.text.length < MINDESTENS) return;
    this.markiere(-1);
    this.uhr = window.setTimeout(() => void this.frage(), TIPPPAUSE_MS);
  }

  private get text(): string {
    return this.feld.value.trim().slice(0, HOECHSTENS);
  }

  private async frage(): Promise<void> {
    clearTimeout(this.uhr);
    const { text } = this;
    if (text.length < MINDESTENS) return;
    this.melde(this.texte("naehe.sucht"));
    try {
      const antwort = await this.suche.frage(text);
      if (!antwort) return;
      this.beantwortet = text;
      this.zeige(antwort);
      if (this.eilt && this.treffer.length) this.nimm(0);
    } catch {
      this.verwirf();
      this.melde(this.texte("naehe.fehler"));
    } finally {
      this.eilt = false;
    }
  }

  private zeige({ treffer, adressen }: Antwort): void {
    this.treffer = treffer;
    this.liste.replaceChildren(...treffer.map((einer, i) => this.option(einer, i)));
    const saetze = [
      treffer.length ? "" : this.texte("naehe.kein_treffer"),
      adressen ? "" : this.texte("naehe.ohne_adressen"),
    ];
    this.melde(saetze.filter(Boolean).join(" "));
    const anzahl = treffer.length;
    setzeText(this.status, anzahl ? this.texte("naehe.treffer", { n: anzahl }, anzahl) : "");
    this.markiere(-1);
    if (document.activeElement === this.feld) this.klappeAuf();
  }

  private option({ art, name, zusatz, lat }: Treffer, nummer: number): HTMLElement {
    const angaben = [
      this.texte(`naehe.art.${art}`),
      zusatz,
      lat === undefined ? this.texte("naehe.ohne_lage") : "",
    ];
    return element(
      "li",
      { role: "option", id: `${this.liste.id}-${nummer}`, "aria-selected": "false" },
      // Names of streets and projects are German on every page.
      element("span", { class: "ortsfeld-name", lang: "de", dir: "ltr" }, name),
      " ",
      element("span", { class: "ortsfeld-art" }, angaben.filter(Boolean).join(" · ")),
    );
  }

  private taste(ereignis: KeyboardEvent): void {
    const { key, altKey, isComposing } = ereignis;
    if (isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      ereignis.preventDefault();
      if (altKey && key === "ArrowUp") this.schliesse();
      else this.gehe(key === "ArrowDown" ? 1 : -1, altKey);
    } else if (key === "Enter") {
      ereignis.preventDefault();
      this.bestaetige();
    } else if (key === "Escape" && (this.offen || this.feld.value)) {
      // The first Esc folds the list, the second empties the field; only then a sheet may close.
      ereignis.preventDefault();
      ereignis.stopPropagation();
      if (this.offen || this.hinweis.textContent) this.schliesse();
      else this.leere();
    } else if (key === "Home" || key === "End") this.markiere(-1);
  }

  private gehe(schritt: number, nurOeffnen: boolean): void {
    if (this.beantwortet !== this.text) return void this.frage();
    const anzahl = this.treffer.length;
    if (!anzahl) return;
    const warOffen = this.offen;
    this.klappeAuf();
    if (nurOeffnen && !warOffen) return;
    const von = this.aktiv < 0 && schritt < 0 ? 0 : this.aktiv;
    this.markiere((von + schritt + anzahl) % anzahl);
  }

  private bestaetige(): void {
    if (this.beantwortet === this.text && this.treffer.length) this.nimm(Math.max(this.aktiv, 0));
    else if (this.text.length >= MINDESTENS) {
      this.eilt = true;
      void this.frage();
    }
  }

  private nimm(nummer: number): void {
    const treffer = this.treffer[nummer];
    if (!treffer) return;
    this.feld.value = treffer.name;
    this.verwirf();
    this.waehle(treffer);
  }

  private markiere(nummer: number): void {
    this.aktiv = nummer;
    alle('[role="option"]', this.liste).forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === nummer));
      if (i === nummer) option.scrollIntoView({ block: "nearest" });
    });
    if (nummer < 0) this.feld.removeAttribute("aria-activedescendant");
    else this.feld.setAttribute("aria-activedescendant", `${this.liste.id}-${nummer}`);
  }

  private melde(text: string): void {
    setzeText(this.hinweis, text);
    this.ordne();
  }

  private klappeAuf(): void {
    this.feld.setAttribute("aria-expanded", String(this.treffer.length > 0));
    this.ordne();
  }

  private schliesse(): void {
    this.feld.setAttribute("aria-expanded", "false");
    this.hinweis.textContent = "";
    this.markiere(-1);
    this.ordne();
  }

  /** Forgets the answers, and the question on its way. */
  private verwirf(): void {
    clearTimeout(this.uhr);
    this.suche.brichAb();
    this.treffer = [];
    this.angefangen = false;
    this.beantwortet = null;
    this.liste.replaceChildren();
    this.status.textContent = "";
    this.schliesse();
  }

  private ordne(): void {
    this.leeren.hidden = this.feld.value === "";
    this.liste.hidden = !this.offen;
    this.kasten.toggleAttribute("data-offen", this.offen || this.hinweis.textContent !== "");
  }
}
