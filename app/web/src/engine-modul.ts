/** Entry of dist/engine.mjs: the parts that tests outside the browser hold against the server. */
export { abschnitte, titel } from "./abschnitte";
export { entfernung } from "./entfernung";
export { liesIndex, liesSuche } from "./index";
export { Engine, type Ergebnis } from "./engine";
export { entfernungstext } from "./entfernungstext";
export { falten, suchworte, woerter, wortformen } from "./falten";
export { fund, fundstellenVon, stellenMitName } from "./fundtexte";
export { markiere } from "./hervorheben";
export { lockerungen } from "./lockern";
export { chips, satz } from "./satz";
export { macheTexte } from "./texte";
export { formatAbfrage, parseAbfrage } from "./zustand";
export { osa, vorschlaege } from "./vorschlag";
