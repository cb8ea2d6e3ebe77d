/** Projects without a location are in no section of the map: that the list leaves them out is said. */
import { finde, setzeText } from "./dom";
import type { Bild, Kern } from "./kern";
import { einzelwert, mit } from "./zustand";

export function sageOhneOrt({ blatt, texte }: Kern, { abfrage, engine }: Bild): void {
  const ziel = finde("#ohne-ort");
  if (!ziel) return;
  const gefragt = abfrage.has("bbox") && einzelwert(abfrage, "lage") !== "mit";
  const ohneOrt = mit(mit(abfrage, "bbox", [], blatt), "lage", ["ohne"], blatt);
  const anzahl = gefragt ? engine.treffer(ohneOrt).length : 0;
  ziel.hidden = anzahl === 0;
  setzeText(ziel, anzahl ? texte("ortspanel.ohne_ort", { n: anzahl }, anzahl) : "");
}
