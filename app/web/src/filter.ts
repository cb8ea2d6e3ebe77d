/** The filter form: reads changes into the state, writes counts and values back. */
import { alle, finde, setzeText } from "./dom";
import { richteFacettensucheEin } from "./facettensuche";
import { beruehrte } from "./frueh";
import type { Bild, Kern } from "./kern";
import { einzelwert, istFilter, mit, type Abfrage } from "./zustand";

const TIPPPAUSE_MS = 180;

/** An option of a facet, and what of it changes. */
interface Option {
  readonly option: HTMLElement;
  readonly anzahl: HTMLElement | null;
  readonly kasten: HTMLInputElement | null;
}

export class Filter {
  private uhr = 0;
  private readonly optionen = new Map<string, ReadonlyMap<string, Option>>();

  constructor(
    private readonly kern: Kern,
    private readonly formular: HTMLFormElement,
  ) {
    // The order of the list belongs to the form, but stands above the list.
    for (const ziel of [formular, finde("#filter-sort")])
      ziel?.addEventListener("change", (ereignis) => this.geaendert(ereignis.target));
    richteFacettensucheEin(formular, kern.texte);
    formular.addEventListener("click", (ereignis) => this.leere(ereignis));
    formular.addEventListener("submit", (ereignis) => {
      ereignis.preventDefault();
      this.suche();
    });
    const feld = this.suchfeld();
    feld?.addEventListener("focus", () => {
      void kern.ladeText();
      void kern.fundtexte.ladeVoraus();
    });
    feld?.addEventListener("input", () => {
      clearTimeout(this.uhr);
      this.uhr = window.setTimeout(() => this.suche(), TIPPPAUSE_MS);
    });
  }

  /** What was ticked, chosen or typed before there was anybody to hear it, as if it came now. */
  holeNach(): void {
    for (const frueh of beruehrte(this.formular.elements))
      if (frueh === this.suchfeld()) this.suche();
      else this.geaendert(frueh);
  }

  zeige({ abfrage, ergebnis, engine }: Bild): void {
    for (const [name, anzahlen] of ergebnis.anzahlen) {
      const gewaehlt = abfrage.get(name) ?? [];
      const rahmen = finde(`[data-facette="${name}"]`, this.formular);
      if (!rahmen) continue;
      const codes = engine.index.facetten[name]?.codes ?? [];
      const optionen = this.optionenVon(name, rahmen);
      codes.forEach((code, i) => {
        const option = optionen.get(code);
        if (option) zeigeOption(option, anzahlen[i] ?? 0, gewaehlt.includes(code));
      });
      const marke = finde("[data-gewaehlt]", rahmen);
      setzeText(marke, gewaehlt.length ? String(gewaehlt.length) : "");
      this.zeigeLeeren(rahmen, name, abfrage);
    }
    const aktiv = [...abfrage].reduce(
      (n, [name, werte]) => n + (istFilter(name) ? werte.length : 0),
      0,
    );
    for (const ziel of alle("[data-filter-anzahl]")) setzeText(ziel, aktiv ? String(aktiv) : "");
    for (const wahl of this.formular.elements)
      if (wahl instanceof HTMLSelectElement) this.zeigeWahl(wahl, abfrage);
    const feld = this.suchfeld();
    // Never overwrite what somebody is just typing.
    if (feld && document.activeElement !== feld) feld.value = einzelwert(abfrage, "q") ?? "";
  }

  private optionenVon(name: string, rahmen: HTMLElement): ReadonlyMap<string, Option> {
    const bekannt = this.optionen.get(name);
    if (bekannt) return bekannt;
    const gefunden = new Map(
      alle("[data-option]", rahmen).map((option) => [
        option.dataset["option"] ?? "",
        {
          option,
          anzahl: finde("[data-anzahl]", option),
          kasten: option.querySelector("input"),
        },
      ]),
    );
    this.optionen.set(name, gefunden);
    return gefunden;
  }

  private zeigeWahl(wahl: HTMLSelectElement, abfrage: Abfrage): void {
    const wert = einzelwert(abfrage, wahl.name) ?? vorgabe(wahl, abfrage);
    // An order or a year that only an address can say.
    if (![...wahl.options].some((option) => option.value === wert)) {
      const { texte } = this.kern;
      const sortierung = texte(`filter.sort.${wert.replace(/^-/, "")}`);
      const text = wahl.name === "sort" ? texte("ergebnis.sort.umgekehrt", { sortierung }) : wert;
      wahl.append(new Option(text, wert));
    }
    wahl.value = wert;
  }

  private zeigeLeeren(rahmen: HTMLElement, name: string, abfrage: Abfrage): void {
    const zeile = finde("[data-facette-leeren]", rahmen);
    if (!zeile) return;
    zeile.hidden = !abfrage.has(name);
    const leer = mit(abfrage, name, [], this.kern.blatt);
    finde("a", zeile)?.setAttribute("href", this.kern.adresse(leer));
  }

  /** Takes away all choices of one facet; the focus goes to its heading, the link is gone. */
  private leere(ereignis: MouseEvent): void {
    const ziel = ereignis.target instanceof Element ? ereignis.target : null;
    const rahmen = ziel?.closest("[data-facette-leeren] a")?.closest<HTMLElement>("[data-facette]");
    const { kern } = this;
    if (!rahmen || ereignis.ctrlKey || ereignis.metaKey || ereignis.shiftKey) return;
    ereignis.preventDefault();
    void kern.setze(mit(kern.abfrage, rahmen.dataset["facette"] ?? "", [], kern.blatt), "push");
    finde("summary", rahmen)?.focus();
  }

  private suchfeld(): HTMLInputElement | null {
    return this.formular.querySelector<HTMLInputElement>('input[name="q"]');
  }

  private geaendert(ziel: EventTarget | null): void {
    const { kern } = this;
    if (ziel instanceof HTMLSelectElement) {
      const werte = ziel.value === vorgabe(ziel, kern.abfrage) ? [] : [ziel.value];
      void kern.setze(mit(kern.abfrage, ziel.name, werte, kern.blatt), "push");
    } else if (ziel instanceof HTMLInputElement && ziel.type === "checkbox") {
      const gleiche = this.formular.querySelectorAll<HTMLInputElement>(
        `input[name="${ziel.name}"]:checked`,
      );
      const werte = Array.from(gleiche, (kasten) => kasten.value);
      void kern.setze(mit(kern.abfrage, ziel.name, werte, kern.blatt), "push");
    }
  }

  private suche(): void {
    clearTimeout(this.uhr);
    const { kern } = this;
    const q = this.suchfeld()?.value.trim().slice(0, 200) ?? "";
    if (q === (einzelwert(kern.abfrage, "q") ?? "")) return;
    void kern.setze(mit(kern.abfrage, "q", q ? [q] : [], kern.blatt), "replace");
  }
}

/** What a select shows when the URL says nothing; it stays out of the URL then. */
function vorgabe(wahl: HTMLSelectElement, abfrage: Abfrage): string {
  if (wahl.name !== "sort") return "";
  return abfrage.has("nahe") ? "entfernung" : "name";
}

function zeigeOption(
  { option, anzahl, kasten }: Option,
  wieviele: number,
  gewaehlt: boolean,
): void {
  setzeText(anzahl, String(wieviele));
  option.toggleAttribute("data-leer", wieviele === 0 && !gewaehlt);
  if (kasten) kasten.checked = gewaehlt;
}
