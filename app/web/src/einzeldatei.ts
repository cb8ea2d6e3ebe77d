/**
 * Entry of einzeldatei.js, which runs first in the copy of one file (app/archiv/einzeldatei.py): it
 * puts the map in the language that the address asks for, then lets the other scripts run.
 */
import { alle, element, finde } from "./dom";
import { holeDatei, holeKarte, type Seite } from "./einzelblock";
import { Einzelseite } from "./einzelseite";
import { macheTexte } from "./texte";
import type { Blatt } from "./typen";

const DATEI = "#datei=";
const wurzel = document.documentElement;
const bloecke = finde("[data-bloecke]");

/** Puts the map of a language in the place of the one that stands there. */
function zeigeKarte({ lang, dir, titel, inhalt }: Seite): void {
  const { body } = new DOMParser().parseFromString(inhalt, "text/html");
  wurzel.lang = lang;
  wurzel.dir = dir;
  document.title = titel;
  for (const kind of [...document.body.childNodes]) if (kind !== bloecke) kind.remove();
  document.body.prepend(...body.childNodes);
}

/** Runs the scripts of a language; the policy knows their hashes. */
function lasseLaufen(sprache: string): void {
  for (const skript of alle("script[data-skript]"))
    if (skript.dataset["skript"]?.split(" ").includes(sprache))
      bloecke?.append(element("script", {}, skript.textContent));
}

/** Hands out a file that lies in the page. */
async function reicheHinaus(pfad: string): Promise<void> {
  const datei = await holeDatei(pfad);
  if (!datei) throw new Error(`${pfad}: missing`);
  const url = URL.createObjectURL(datei);
  element("a", { href: url, download: datei.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function starte(): Promise<void> {
  const start = wurzel.dataset["einzeldatei"] ?? "";
  let sprache = new URLSearchParams(location.search).get("sprache") ?? start;
  let verschlossen = false;
  const karte = await (sprache === start
    ? undefined
    : holeKarte(sprache).catch(() => {
        verschlossen = true;
        return undefined;
      }));
  if (karte) zeigeKarte(karte);
  else sprache = start;
  lasseLaufen(sprache);
  const blatt = JSON.parse(finde("#zustand")?.textContent ?? "{}") as Blatt;
  const einzelseite = new Einzelseite(macheTexte(blatt.texte, wurzel.lang));
  if (verschlossen) einzelseite.melde();
  document.addEventListener("click", (ereignis) => {
    const ziel = ereignis.target instanceof Element ? ereignis.target.closest("a") : null;
    const pfad = ziel?.getAttribute("href")?.split(DATEI)[1];
    if (pfad === undefined) return;
    ereignis.preventDefault();
    reicheHinaus(pfad).catch(() => einzelseite.melde());
  });
}

void starte();
