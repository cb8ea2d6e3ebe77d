/** Entry of app.js: state, engine, list and filters. Answers without the map. */
import { richteAnsichtEin, richteFilterEin } from "./ansicht";
import { alle, element, finde, waechst } from "./dom";
import { Filter } from "./filter";
import { Kern } from "./kern";
import { Kopf } from "./kopf";
import { Leer } from "./leer";
import { Liste } from "./liste";
import { richteNaeheEin } from "./naehe";
import { sageOhneOrt } from "./ohneort";
import { Panel } from "./panel";
import { folgeDemInhalt } from "./rahmenhoehe";
import { folgeSprache } from "./sprachdatei";
import { karteKommt, ladeSpaeteres } from "./spaeter";
import { richteTeilenEin } from "./teilenknopf";
import type { Blatt } from "./typen";

function starte(blatt: Blatt): void {
  const kern = new Kern(blatt);
  if (folgeSprache(kern)) return;
  window.nordwaerts = { ...window.nordwaerts, kern };
  richteAnsichtEin();
  const formular = finde("#filter");
  // Too many for an index: the form asks the server, whose list stands there already.
  if (blatt.kacheln) {
    if (formular instanceof HTMLFormElement) richteFilterEin(formular);
    for (const knopf of alle("[data-nur-ohne-script]")) knopf.classList.add("zeigen-mit-script");
    finde("[data-naehe-schalter]")?.remove();
    ladeSpaeteres(kern);
    return;
  }
  const liste = finde("#liste");
  if (formular instanceof HTMLFormElement) {
    richteFilterEin(formular);
    const filter = new Filter(kern, formular);
    kern.beobachte((bild) => filter.zeige(bild));
    filter.holeNach();
  }
  if (liste) {
    const anzeige = new Liste(kern, liste);
    kern.beobachte((bild) => anzeige.zeige(bild));
  }
  const leer = finde("#leer");
  if (leer) {
    const auswege = new Leer(kern, leer);
    kern.beobachte((bild) => auswege.zeige(bild));
  }
  const kopf = new Kopf(kern);
  kern.beobachte((bild) => kopf.zeige(bild));
  richteNaeheEin(kern);
  richteTeilenEin(kern);
  kern.beobachte((bild) => sageOhneOrt(kern, bild));
  kern.karteKommt = karteKommt();
  // The panel comes last: the map may take the short form instead.
  const panel = new Panel(kern);
  kern.beobachte((bild) => queueMicrotask(() => panel.zeige(bild)));
  if (waechst() && window.parent !== window)
    folgeDemInhalt((document.documentElement.dataset["duerfen"] ?? "").split(" "));
  document.documentElement.setAttribute("data-skript", "");
  void kern
    .starte()
    .catch(() => meldeAusfall(kern))
    .then(() => ladeSpaeteres(kern));
}

/** Without the index the form still works: it asks the server. */
function meldeAusfall(kern: Kern): void {
  document.documentElement.removeAttribute("data-skript");
  for (const knopf of alle("[data-nur-ohne-script]")) knopf.hidden = false;
  finde("#hinweise")?.append(element("p", {}, kern.texte("web.fehler.index")));
}

function beginne(): void {
  const blatt = document.getElementById("zustand")?.textContent;
  if (blatt) starte(JSON.parse(blatt) as Blatt);
}

// The script runs as soon as it is there: it waits for the page, not for the style sheet, as a deferred
// one would. In a copy of one file its starter lets it run when the page stands, with more to be read.
if (
  document.readyState !== "loading" ||
  document.documentElement.dataset["einzeldatei"] !== undefined
)
  beginne();
else document.addEventListener("readystatechange", beginne, { once: true });
