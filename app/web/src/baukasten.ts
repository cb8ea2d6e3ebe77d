/** Entry of baukasten.js: the assistant for embedding answers while one chooses. */
import { alle, finde, setzeText } from "./dom";
import { inZwischenablage } from "./teilen";

const PAUSE_MS = 250;

/** The address of what the form says now; empty fields say nothing. */
function adresse(formular: HTMLFormElement): string {
  const angaben = new URLSearchParams();
  for (const [name, wert] of new FormData(formular))
    if (typeof wert === "string" && wert) angaben.append(name, wert);
  return `${location.pathname}?${angaben.toString()}`;
}

/** Takes over what follows from the answers; the server makes it, here as without script. */
function zeige(neu: Document, text: HTMLTextAreaElement): void {
  setzeText(finde("#satz"), finde("#satz", neu)?.textContent ?? "");
  const code = finde("#baukasten-text", neu);
  if (code instanceof HTMLTextAreaElement) text.value = code.value;
  const zahlen = alle("[data-anzahl]", neu);
  alle("[data-anzahl]").forEach((zahl, n) => setzeText(zahl, zahlen[n]?.textContent ?? ""));
  for (const facette of alle("[data-facette]")) {
    const andere = finde(`[data-facette="${facette.dataset["facette"] ?? ""}"]`, neu);
    for (const teil of ["[data-gewaehlt]", ".facette-leeren"]) {
      const [hier, dort] = [finde(teil, facette), andere && finde(teil, andere)];
      if (hier && dort) hier.replaceWith(document.importNode(dort, true));
    }
  }
  const [alt, frisch] = [
    finde("#baukasten-vorschau iframe"),
    finde("#baukasten-vorschau iframe", neu),
  ];
  // The title alone is no reason to load the map again.
  if (alt && frisch && alt.getAttribute("src") === frisch.getAttribute("src"))
    for (const name of ["title", "width", "height", "data-schmal"]) gleiche(alt, frisch, name);
  else if (alt && frisch) alt.replaceWith(document.importNode(frisch, true));
}

function gleiche(alt: HTMLElement, neu: HTMLElement, name: string): void {
  const wert = neu.getAttribute(name);
  if (wert === null) alt.removeAttribute(name);
  else alt.setAttribute(name, wert);
}

function richteEin(formular: HTMLFormElement, text: HTMLTextAreaElement): void {
  let uhr = 0;
  let lauf = 0;
  const hole = async (): Promise<void> => {
    const meiner = ++lauf;
    const url = adresse(formular);
    const antwort = await fetch(url, { headers: { accept: "text/html" } });
    const html = await antwort.text();
    if (meiner !== lauf || !antwort.ok) return;
    history.replaceState(null, "", url);
    setzeText(finde("[data-kopiermeldung]"), "");
    zeige(new DOMParser().parseFromString(html, "text/html"), text);
  };
  document.addEventListener("input", ({ target }) => {
    const feld = target as HTMLInputElement | null;
    if (feld?.form !== formular || !feld.checkValidity()) return;
    clearTimeout(uhr);
    // Where it fails the form still works: Enter sends it.
    uhr = window.setTimeout(() => void hole().catch(() => undefined), PAUSE_MS);
  });
}

function richteKopierenEin(knopf: HTMLElement, text: HTMLTextAreaElement): void {
  const { kopiert = "", vonHand = "" } = knopf.dataset;
  knopf.hidden = false;
  knopf.addEventListener("click", async () => {
    const gelungen = await inZwischenablage(text.value);
    if (!gelungen) text.focus();
    text.select();
    setzeText(finde("[data-kopiermeldung]"), gelungen ? kopiert : vonHand);
  });
}

const formular = finde("#filter");
const text = finde("#baukasten-text");
const knopf = finde("[data-kopieren]");
if (formular instanceof HTMLFormElement && text instanceof HTMLTextAreaElement) {
  richteEin(formular, text);
  if (knopf) richteKopierenEin(knopf, text);
}
