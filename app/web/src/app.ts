/** Entry of app.js: state, engine, list and filters. Answers without the map. */
import { richteAnsichtEin, richteFilterEin } from "./ansicht";
import { alle, element, finde } from "./dom";
import { Filter } from "./filter";
import { Kern } from "./kern";
import { Kopf } from "./kopf";
import { Liste } from "./liste";
import { folgeSprache } from "./sprachdatei";
import { karteKommt, ladeSpaeteres } from "./spaeter";
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
    for (const teil of alle("[data-naehe-schalter], [data-nur-mit-script]")) teil.remove();
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
  const kopf = new Kopf(kern);
  kern.beobachte((bild) => kopf.zeige(bild));
  kern.karteKommt = karteKommt();
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

// The page stands: the script is deferred, and in a copy of one file its starter lets it run then.
const blatt = document.getElementById("zustand")?.textContent;
if (blatt) starte(JSON.parse(blatt) as Blatt);
