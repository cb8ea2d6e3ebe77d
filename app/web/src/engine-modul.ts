/** Entry of dist/engine.mjs: the parts that tests outside the browser hold against the server. */
export { entfernung } from "./entfernung";
export { Engine, type Ergebnis } from "./engine";
export { falten, suchworte, woerter } from "./falten";
export { chips, satz } from "./satz";
export { macheTexte } from "./texte";
export { formatAbfrage, parseAbfrage } from "./zustand";
