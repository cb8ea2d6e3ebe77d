/** The list of organisations answers while one types. */
import { alle, finde, setzeText } from "./dom";
import { suchworte } from "./falten";
import { getroffen } from "./hervorheben";
import { archiviert, jeSpracheEineDatei } from "./holen";
import { macheTexte } from "./texte";
import type { Blatt } from "./typen";

/** Shows the rows in which every typed word begins a word; returns how many organisations stay. */
function begrenze(getippt: string, in_: ParentNode): number {
  const worte = suchworte(getippt);
  let anzahl = 0;
  for (const zeile of alle("[data-worte]", in_)) {
    zeile.hidden = getroffen(zeile.dataset["worte"] ?? "", worte).length !== worte.length;
    if (!zeile.hidden && zeile instanceof HTMLTableRowElement) anzahl++;
  }
  for (const teil of alle(".beteiligte-beschrieben", in_))
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

/** Sets the field up, on its page or where a copy of one file shows that above the map. */
export function richteBeteiligteEin(in_: ParentNode, lang: string): void {
  const feld = finde("#beteiligte-name", in_);
  const quelle = finde("#beteiligte-texte", in_);
  // A list that the server already narrowed lacks the rows that other words would need.
  if (!(feld instanceof HTMLInputElement) || !quelle || feld.defaultValue.trim()) return;
  const texte = macheTexte(JSON.parse(quelle.textContent) as Blatt["texte"], lang);
  const eigeneAdresse = !archiviert() || jeSpracheEineDatei();
  const zeige = (): void => {
    const name = feld.value.trim();
    const anzahl = begrenze(name, in_);
    setzeText(finde("[data-anzahl]", in_), texte("beteiligte.anzahl", { n: anzahl }, anzahl));
    const tabelle = finde(".beteiligte-tabelle", in_);
    if (tabelle) tabelle.hidden = !anzahl;
    const keine = finde("[data-keine]", in_);
    if (keine) keine.hidden = anzahl > 0;
    // The files of a frozen copy name everyone.
    for (const link of archiviert() ? [] : alle("[data-mit-name]", in_))
      link.setAttribute("href", mitName(link.getAttribute("href") ?? "", name));
    if (eigeneAdresse) history.replaceState(history.state, "", mitName(location.href, name));
  };
  feld.addEventListener("input", zeige);
  if (!archiviert()) return;
  if (!eigeneAdresse) return feld.form?.addEventListener("submit", (e) => e.preventDefault());
  feld.value = new URLSearchParams(location.search).get("name") ?? "";
  if (feld.value) zeige();
}
