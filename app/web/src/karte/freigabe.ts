/**
 * Before pictures come from another host: who would learn what, and two buttons. Nothing is asked
 * for until one of them says so. While they come, a line says from whom and takes it back.
 */
import * as L from "leaflet";
import { element } from "../dom";
import type { Fremdkarte } from "../typen";
import type { Texte } from "../texte";

export interface Antworten {
  readonly ja: () => void;
  readonly nein: () => void;
}

const TITEL = "grundfrage-titel";

function knopf(text: string, klasse: string, beiKlick: () => void): HTMLButtonElement {
  const neu = element("button", { type: "button", class: klasse }, text);
  neu.addEventListener("click", beiKlick);
  return neu;
}

/** A part of the map that keeps its clicks, wheel and keys to itself. */
function kasten(klasse: string, ...inhalt: readonly HTMLElement[]): HTMLElement {
  const neu = element("div", { class: klasse }, ...inhalt);
  L.DomEvent.disableClickPropagation(neu);
  L.DomEvent.disableScrollPropagation(neu);
  neu.addEventListener("keydown", (ereignis) => ereignis.stopPropagation());
  return neu;
}

/** The question, to be put into the map; Escape says no. */
export function frage(fremd: Fremdkarte, texte: Texte, { ja, nein }: Antworten): HTMLElement {
  const { empfaenger, rechner, text, url } = fremd;
  const titel = element("h2", { id: TITEL, tabindex: "-1" });
  titel.textContent = texte("grundkarte.frage", { empfaenger });
  const absaetze = [
    element("p", {}, texte("grundkarte.frage.text", { empfaenger, rechner })),
    element("p", {}, texte("grundkarte.frage.dauer")),
  ];
  if (text) absaetze.push(element("p", { lang: "de", dir: "ltr" }, text));
  if (url) {
    const mehr = texte("grundkarte.frage.mehr", { empfaenger });
    const rel = "external noopener noreferrer";
    absaetze.push(element("p", {}, element("a", { href: url, rel, target: "_blank" }, mehr)));
  }
  const knoepfe = element(
    "p",
    { class: "grundfrage-knoepfe" },
    knopf(texte("grundkarte.laden"), "knopf", ja),
    knopf(texte("grundkarte.nicht_laden"), "knopf knopf-leise", nein),
  );
  const rahmen = kasten("grundfrage", titel, ...absaetze, knoepfe);
  rahmen.setAttribute("role", "group");
  rahmen.setAttribute("aria-labelledby", TITEL);
  rahmen.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") nein();
  });
  return rahmen;
}

/** The line while pictures come from elsewhere. */
export class Bildherkunft extends L.Control {
  constructor(
    private readonly empfaenger: string,
    private readonly texte: Texte,
    private readonly beende: () => void,
  ) {
    super({ position: "bottomleft" });
  }

  override onAdd(): HTMLElement {
    const { texte, empfaenger } = this;
    const text = element("span", {}, texte("grundkarte.laeuft", { empfaenger }));
    const aus = knopf(texte("grundkarte.beenden"), "knopf-text", this.beende);
    return kasten("bildherkunft", text, aus);
  }
}

/** Says that a base map could not be had. */
export function ausfall(name: string, texte: Texte, schliesse: () => void): HTMLElement {
  const satz = element("p", { role: "alert" }, texte("grundkarte.fehler", { name }));
  return kasten("grundfrage", satz, knopf(texte("web.schliessen"), "knopf", schliesse));
}
