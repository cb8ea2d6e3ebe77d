/** In a frozen folder every language has files of its own; an address of the service names it. */
import { finde } from "./dom";
import { jeSpracheEineDatei } from "./holen";
import type { Kern } from "./kern";
import { einzelwert } from "./zustand";

/** Goes on to the page in the language that the address asks for; true if it does. */
export function folgeSprache(kern: Kern): boolean {
  const sprache = einzelwert(kern.abfrage, "sprache");
  if (!jeSpracheEineDatei() || sprache === undefined || sprache === kern.blatt.sprache)
    return false;
  const link = finde(`a[data-sprache="${CSS.escape(sprache)}"]`);
  if (!(link instanceof HTMLAnchorElement)) return false;
  location.replace(kern.adresse(kern.abfrage, link.pathname) + location.hash);
  return true;
}
