/** The short form of a Steckbrief: filled from the index at once, its text fetched when shown. */
import { alle, eingebettet, element, finde, fuelle, setzeText, vorlage } from "./dom";
import { ladeJson } from "./holen";
import type { Kern } from "./kern";
import {
  codeVon,
  istUngefaehr,
  labelsVon,
  laufzeit,
  projektAdresse,
  standorteVon,
} from "./projekt";
import type { Engine } from "./engine";

type Steckbrief = Readonly<Partial<Record<string, string>>>;

interface Beschreibung {
  readonly text: string;
  /** The editors' German, where nobody has translated it. */
  readonly deutsch: boolean;
}

const geladen = new Map<string, Promise<Beschreibung>>();

function beschreibung(kern: Kern, id: string): Promise<Beschreibung> {
  const url = kern.blatt.urls.api_projekt.replace("{id}", encodeURIComponent(id));
  const vorhanden = geladen.get(id);
  if (vorhanden) return vorhanden;
  const neu = ladeJson<Steckbrief>(url).then((satz) => {
    const uebersetzt = satz[`kurzbeschreibung_${kern.blatt.sprache}`];
    return {
      text: uebersetzt ?? satz["kurzbeschreibung"] ?? "",
      deutsch: !uebersetzt && kern.blatt.sprache !== "de",
    };
  });
  geladen.set(id, neu);
  neu.catch(() => geladen.delete(id));
  return neu;
}

/**
 * The places in words; says openly where one is only known roughly. Their names are the editors'
 * German, the hint is a text of the page: each says its language.
 */
function orte(
  { texte, blatt }: Kern,
  { index: { standorte }, index }: Engine,
  zeile: number,
): Node[] {
  const deutsch = blatt.sprache === "de" ? {} : { lang: "de", dir: "ltr" };
  return standorteVon(index, zeile).flatMap((stelle, nummer) => {
    const stufe = standorte.genauigkeiten[standorte.genauigkeit[stelle] ?? -1] ?? "";
    const name = standorte.bezeichnung.von(stelle);
    const hinweis = istUngefaehr(stufe)
      ? texte("web.lage.ungefaehr", { genauigkeit: texte(`web.lage.${stufe}`) })
      : "";
    const klammer = name && hinweis ? ` (${hinweis})` : hinweis;
    if (!name && !klammer) return [];
    return [
      ...(nummer ? [document.createTextNode("; ")] : []),
      ...(name ? [element("bdi", deutsch, name)] : []),
      document.createTextNode(klammer),
    ];
  });
}

let laufend = 0;

/** A filled short form; `titelId` names the dialog that shows it. */
export function kurzform(
  kern: Kern,
  engine: Engine,
  zeile: number,
): { knoten: HTMLElement; titelId: string } {
  const { index } = engine;
  const { blatt, texte } = kern;
  const id = index.id.von(zeile);
  const knoten = vorlage("vorlage-kurzform") ?? element("div");
  const handlungsfeld = codeVon(index, "handlungsfeld", zeile);
  fuelle(knoten, {
    name: index.name.von(zeile),
    status: labelsVon(index, blatt, "status", zeile).join(texte("satz.trenner")),
    handlungsfeld_text: labelsVon(index, blatt, "handlungsfeld", zeile).join(texte("satz.trenner")),
    stadtbezirke: labelsVon(index, blatt, "stadtbezirk", zeile).join(texte("satz.trenner")),
    zeitraum: laufzeit(index, zeile, kern.texte),
  });
  const wo = orte(kern, engine, zeile);
  const slot = finde('[data-feld="ort"]', knoten);
  if (wo.length) slot?.append(...wo);
  else slot?.remove();
  const symbol = finde('[data-feld="handlungsfeld"]', knoten);
  if (symbol) symbol.dataset["code"] = handlungsfeld;
  const titelId = `kurzform-${++laufend}`;
  finde('[data-feld="name"]', knoten)?.setAttribute("id", titelId);
  for (const link of alle('a[data-feld="link"]', knoten)) {
    link.setAttribute("href", projektAdresse(blatt, id));
    if (eingebettet()) {
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener");
    }
  }
  const text = finde('[data-feld="kurzbeschreibung"]', knoten);
  setzeText(text, texte("web.laedt"));
  beschreibung(kern, id)
    .then((inhalt) => {
      setzeText(text, inhalt.text);
      if (!text || !inhalt.deutsch) return;
      text.lang = "de";
      text.dir = "ltr";
    })
    // The rest of the short form stands without it, and the link leads to the whole.
    .catch(() => text?.remove());
  return { knoten, titelId };
}
