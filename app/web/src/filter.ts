/** The filter form: reads changes into the state, writes counts and values back. */
import { alle, finde, setzeText } from "./dom";
import { richteFacettensucheEin } from "./facettensuche";
import { beruehrte } from "./frueh";
import type { Bild, Kern } from "./kern";
import { einzelwert, istFilter, mit, type Abfrage } from "./zustand";

const TIPPPAUSE_MS = 180;

/** An option of a facet, and what of it changes; `gezeigt` is the number that stands there. */
interface Option {
  readonly option: HTMLElement;
  readonly anzahl: HTMLElement | null;
  readonly kasten: HTMLInputElement | null;
  gezeigt: number;
}

/** A facet of the form, looked up once. */
interface Gruppe {
  readonly optionen: ReadonlyMap<string, Option>;
  readonly gewaehlt: HTMLElement | null;
  readonly leeren: HTMLElement | null;
}

export class Filter {
  private uhr = 0;
  private readonly gruppen: ReadonlyMap<string, Gruppe>;
  private readonly wahlen: readonly HTMLSelectElement[];
  private readonly suchfeld: HTMLInputElement | null;

  constructor(
    private readonly kern: Kern,
    private readonly formular: HTMLFormElement,
  ) {
    this.gruppen = new Map(
      alle("[data-facette]", formular).map((rahmen) => [
        rahmen.dataset["facette"] ?? "",
        gruppeAus(rahmen),
      ]),
    );
    this.wahlen = [...formular.elements].filter((teil) => teil instanceof HTMLSelectElement);
    this.suchfeld = formular.querySelector<HTMLInputElement>('input[name="q"]');
    // The order of the list belongs to the form, but stands above the list.
    for (const ziel of [formular, finde("#filter-sort")])
      ziel?.addEventListener("change", (ereignis) => this.geaendert(ereignis.target));
    richteFacettensucheEin(formular, kern.texte);
    formular.addEventListener("click", (ereignis) => this.leere(ereignis));
    formular.addEventListener("submit", (ereignis) => {
      ereignis.preventDefault();
      this.suche();
    });
    const feld = this.suchfeld;
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
      if (frueh === this.suchfeld) this.suche();
      else this.geaendert(frueh);
  }

  zeige({ abfrage, ergebnis, engine }: Bild): void {
    for (const [name, anzahlen] of ergebnis.anzahlen) {
      const gruppe = this.gruppen.get(name);
      if (!gruppe) continue;
      const gewaehlt = abfrage.get(name) ?? [];
      const codes = engine.index.facetten[name]?.codes ?? [];
      codes.forEach((code, i) => {
        const option = gruppe.optionen.get(code);
        if (option) this.zeigeOption(option, anzahlen[i] ?? 0, gewaehlt.includes(code));
      });
      setzeText(gruppe.gewaehlt, gewaehlt.length ? String(gewaehlt.length) : "");
      this.zeigeLeeren(gruppe, name, abfrage);
    }
    const aktiv = [...abfrage].reduce(
      (n, [name, werte]) => n + (istFilter(name) ? werte.length : 0),
      0,
    );
    for (const ziel of alle("[data-filter-anzahl]")) setzeText(ziel, aktiv ? String(aktiv) : "");
    for (const wahl of this.wahlen) this.zeigeWahl(wahl, abfrage);
    const feld = this.suchfeld;
    // Never overwrite what somebody is just typing.
    if (feld && document.activeElement !== feld) feld.value = einzelwert(abfrage, "q") ?? "";
  }

  private zeigeOption(eine: Option, wieviele: number, gewaehlt: boolean): void {
    const { option, anzahl, kasten } = eine;
    if (eine.gezeigt !== wieviele) {
      eine.gezeigt = wieviele;
      setzeText(anzahl, this.kern.zahl(wieviele));
    }
    option.toggleAttribute("data-leer", wieviele === 0 && !gewaehlt);
    if (kasten) kasten.checked = gewaehlt;
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

  private zeigeLeeren({ leeren }: Gruppe, name: string, abfrage: Abfrage): void {
    if (!leeren) return;
    leeren.hidden = !abfrage.has(name);
    // A link that nobody sees needs no address.
    if (leeren.hidden) return;
    const leer = mit(abfrage, name, [], this.kern.blatt);
    finde("a", leeren)?.setAttribute("href", this.kern.adresse(leer));
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
    const q = this.suchfeld?.value.trim().slice(0, 200) ?? "";
    if (q === (einzelwert(kern.abfrage, "q") ?? "")) return;
    void kern.setze(mit(kern.abfrage, "q", q ? [q] : [], kern.blatt), "replace");
  }
}

/** What a select shows when the URL says nothing; it stays out of the URL then. */
function vorgabe(wahl: HTMLSelectElement, abfrage: Abfrage): string {
  if (wahl.name !== "sort") return "";
  return abfrage.has("nahe") ? "entfernung" : "name";
}

function gruppeAus(rahmen: HTMLElement): Gruppe {
  return {
    optionen: new Map(
      alle("[data-option]", rahmen).map((option) => [
        option.dataset["option"] ?? "",
        {
          option,
          anzahl: finde("[data-anzahl]", option),
          kasten: option.querySelector("input"),
          gezeigt: NaN,
        },
      ]),
    ),
    gewaehlt: finde("[data-gewaehlt]", rahmen),
    leeren: finde("[data-facette-leeren]", rahmen),
  };
}
