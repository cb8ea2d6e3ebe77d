/** "Link teilen" at the head of the result: the state's address, and what of it is private. */
import { finde } from "./dom";
import type { Kern } from "./kern";
import { teile } from "./teilen";

export function richteTeilenEin(kern: Kern): void {
  const rahmen = finde("[data-teilen]");
  const status = rahmen && finde("[data-teilen-meldung]", rahmen);
  if (!rahmen || !status) return;
  const { texte } = kern;
  const mache = (mitStandort: boolean) => (): void => {
    const worte = { kopiert: texte("teilen.kopiert"), von_hand: texte("teilen.von_hand") };
    const titel = rahmen.dataset["titel"] ?? document.title;
    void teile(kern.geteilteAdresse(mitStandort), titel, worte, status);
  };
  finde("[data-teilen-knopf]", rahmen)?.addEventListener("click", mache(true));
  finde("[data-teilen-ohne]", rahmen)?.addEventListener("click", mache(false));
  const hinweis = finde("[data-teilen-standort]", rahmen);
  kern.beobachte(({ abfrage }) => {
    if (hinweis) hinweis.hidden = !kern.messpunkte.von(abfrage)?.privat;
    // What was copied is another state's link now.
    status.replaceChildren();
  });
  rahmen.hidden = false;
}
