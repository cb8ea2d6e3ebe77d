/** The result as files: their addresses follow the state, without what must not leave the device. */
import { alle, finde } from "./dom";
import { archiviert } from "./holen";
import type { Kern } from "./kern";
import { mit, type Abfrage } from "./zustand";

export function zeigeExporte(kern: Kern, abfrage: Abfrage): void {
  // Which Steckbrief is open says nothing about the result.
  const auswahl = mit(abfrage, "projekt", [], kern.blatt);
  // The files of a frozen copy hold everything, and the page says so.
  for (const link of archiviert() ? [] : alle("a[data-export]"))
    if (link instanceof HTMLAnchorElement)
      link.setAttribute("href", kern.adresse(auswahl, link.pathname));
  const hinweis = finde("[data-mitnehmen-standort]");
  if (hinweis) hinweis.hidden = !kern.messpunkte.von(abfrage)?.privat;
}
