/** Entry of beiwerk.js: the extras of list and map, which come when the filters answer (spaeter.ts). */
import { finde, waechst } from "./dom";
import { Leer } from "./leer";
import { richteNaeheEin } from "./naehe";
import { sageOhneOrt } from "./ohneort";
import { Panel } from "./panel";
import { folgeDemInhalt } from "./rahmenhoehe";
import { richteTeilenEin } from "./teilenknopf";
import type { Kern } from "./kern";

function richteEin(kern: Kern): void {
  const leer = finde("#leer");
  if (leer) {
    const auswege = new Leer(kern, leer);
    kern.beobachte((bild) => auswege.zeige(bild));
  }
  richteNaeheEin(kern);
  richteTeilenEin(kern);
  kern.beobachte((bild) => sageOhneOrt(kern, bild));
  // The panel comes last: the map may take the short form instead.
  const panel = new Panel(kern);
  kern.beobachte((bild) => queueMicrotask(() => panel.zeige(bild)));
}

const kern = window.nordwaerts?.kern;
if (kern && !kern.blatt.kacheln) {
  richteEin(kern);
  if (waechst() && window.parent !== window)
    folgeDemInhalt((document.documentElement.dataset["duerfen"] ?? "").split(" "));
}
