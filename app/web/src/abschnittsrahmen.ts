/** The frame of a part of the list: heading, explanation and entries. It stays as long as its part. */
import type { Abschnittsart } from "./abschnitte";
import { element, setzeAttribut, setzeText, stelleKinder } from "./dom";

export const OHNE_ORT = "projekte-ohne-ort";

export class Abschnittsrahmen {
  readonly knoten: HTMLElement;
  private readonly titel = element("h2", { class: "abschnitt-titel" });
  private readonly liste = element("ol", { class: "liste" });

  /** `hilfe` is the sentence below the heading; it may be empty. */
  constructor(
    art: Abschnittsart,
    private readonly name: string,
    hilfe: string,
  ) {
    const ohneOrt = art === "ohne-ort";
    this.knoten = element(
      "div",
      {
        class: "abschnitt",
        "data-abschnitt": art,
        id: ohneOrt && OHNE_ORT,
        tabindex: ohneOrt && "-1",
      },
      ...(hilfe ? [element("p", { class: "hilfe" }, hilfe)] : []),
      this.liste,
    );
  }

  /** `start` is the number of the first entry in the whole list. */
  zeige(ueberschrift: string, id: string, start: number, eintraege: readonly Element[]): void {
    const { knoten, liste, name, titel } = this;
    setzeAttribut(titel, "id", id);
    setzeText(titel, ueberschrift);
    if (!ueberschrift) titel.remove();
    else if (knoten.firstElementChild !== titel) knoten.prepend(titel);
    setzeAttribut(liste, "aria-labelledby", ueberschrift ? id : null);
    setzeAttribut(liste, "aria-label", ueberschrift ? null : name);
    setzeAttribut(liste, "start", String(start));
    stelleKinder(liste, eintraege);
  }
}
