/** Long facets: their options can be searched, because nobody reads seventy organisations. */
import { alle, finde, setzeText } from "./dom";
import { getroffen } from "./hervorheben";
import { suchworte } from "./falten";
import type { Texte } from "./texte";

export function richteFacettensucheEin(formular: HTMLElement, texte: Texte): void {
  for (const suche of alle("[data-facette-suche]", formular)) {
    const feld = suche.querySelector("input");
    const rahmen = suche.closest<HTMLElement>("[data-facette]");
    if (!feld || !rahmen) continue;
    suche.hidden = false;
    feld.addEventListener("input", () => {
      const anzahl = begrenze(rahmen, feld.value);
      const text = feld.value.trim()
        ? texte("ergebnis.facette.treffer", { n: anzahl }, anzahl)
        : "";
      setzeText(finde("[data-facette-treffer]", suche), text);
    });
    // Enter in here must not send the form away; it would read the field as a change of the state.
    feld.addEventListener("keydown", (ereignis) => {
      if (ereignis.key === "Enter") ereignis.preventDefault();
    });
    // The options change their state, not what was typed to find them.
    feld.addEventListener("change", (ereignis) => ereignis.stopPropagation());
  }
}

/** Shows the options in which every typed word begins a word, and those that are chosen. */
function begrenze(rahmen: HTMLElement, getippt: string): number {
  const worte = suchworte(getippt);
  let anzahl = 0;
  for (const option of alle("[data-option]", rahmen)) {
    const label = finde(".option-text", option)?.textContent ?? "";
    const passt = getroffen(label, worte).length === worte.length;
    const gewaehlt = option.querySelector("input")?.checked ?? false;
    option.hidden = !passt && !gewaehlt;
    if (passt) anzahl++;
  }
  return anzahl;
}
