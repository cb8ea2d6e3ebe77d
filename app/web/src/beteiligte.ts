/** Entry of beteiligte.js: the list of organisations answers while one types. */
import { alle, finde, setzeText } from "./dom";
import { suchworte } from "./falten";
import { getroffen } from "./hervorheben";
import { archiviert } from "./holen";
import { macheTexte } from "./texte";
import type { Blatt } from "./typen";

/** Shows the rows in which every typed word begins a word; returns how many organisations stay. */
function begrenze(getippt: string): number {
  const worte = suchworte(getippt);
  let anzahl = 0;
  for (const zeile of alle("[data-worte]")) {
    zeile.hidden = getroffen(zeile.dataset["worte"] ?? "", worte).length !== worte.length;
    if (!zeile.hidden && zeile instanceof HTMLTableRowElement) anzahl++;
  }
  for (const teil of alle(".beteiligte-beschrieben"))
    teil.hidden = !alle("[data-worte]", teil).some((zeile) => !zeile.hidden);
  return anzahl;
}

/** The address without or with the name, for this page and everything that follows it. */
function mitName(adresse: string, name: string): string {
  const url = new URL(adresse, location.href);
  if (name) url.searchParams.set("name", name);
  else url.searchParams.delete("name");
  return url.pathname + url.search + url.hash;
}

function richteSucheEin(feld: HTMLInputElement, quelle: HTMLElement): void {
  const texte = macheTexte(
    JSON.parse(quelle.textContent) as Blatt["texte"],
    document.documentElement.lang,
  );
  // A list that the server already narrowed lacks the rows that other words would need.
  if (feld.defaultValue.trim()) return;
  const zeige = (): void => {
    const name = feld.value.trim();
    const anzahl = begrenze(name);
    setzeText(finde("[data-anzahl]"), texte("beteiligte.anzahl", { n: anzahl }, anzahl));
    const tabelle = finde(".beteiligte-tabelle");
    if (tabelle) tabelle.hidden = !anzahl;
    const keine = finde("[data-keine]");
    if (keine) keine.hidden = anzahl > 0;
    // The files of a frozen copy name everyone.
    for (const link of archiviert() ? [] : alle("[data-mit-name]"))
      link.setAttribute("href", mitName(link.getAttribute("href") ?? "", name));
    history.replaceState(history.state, "", mitName(location.href, name));
  };
  feld.addEventListener("input", zeige);
  if (!archiviert()) return;
  feld.value = new URLSearchParams(location.search).get("name") ?? "";
  if (feld.value) zeige();
}

const feld = finde("#beteiligte-name");
const quelle = finde("#beteiligte-texte");
if (feld instanceof HTMLInputElement && quelle) richteSucheEin(feld, quelle);
