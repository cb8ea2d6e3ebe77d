/** A list entry, cloned from the server's template: the one markup for every list of projects. */
import { element, finde, fuelle, setzeText, vorlage } from "./dom";
import type { Naehe } from "./engine";
import { entfernungstext } from "./entfernungstext";
import type { Kern } from "./kern";
import { metaVon } from "./eintragszeile";
import { codeVon, projektAdresse, standorteVon } from "./projekt";
import type { Texte } from "./texte";
import type { Index } from "./typen";

export function macheEintrag(
  { blatt, texte, zeilen }: Kern,
  index: Index,
  zeile: number,
): HTMLElement {
  const neu = vorlage("vorlage-eintrag") ?? element("li");
  const id = index.id.von(zeile);
  neu.dataset["id"] = id;
  zeilen.set(neu, zeile);
  const name = index.name.von(zeile);
  fuelle(neu, { name, meta: metaVon(index, blatt, texte, zeile) });
  finde('[data-feld="name"]', neu)?.setAttribute("href", projektAdresse(blatt, id));
  const symbol = finde('[data-feld="handlungsfeld"]', neu);
  if (symbol) {
    const code = codeVon(index, "handlungsfeld", zeile);
    symbol.dataset["code"] = code;
    symbol.setAttribute("aria-label", blatt.codes["handlungsfeld"]?.[code] ?? "");
  }
  const zeigen = finde("[data-zeigen]", neu);
  if (!standorteVon(index, zeile).length) zeigen?.remove();
  zeigen?.setAttribute("aria-label", `${texte("liste.zeigen")}: ${name}`);
  return neu;
}

/** Says on an entry how far the project is; the server's entries have no slot for it without `nahe`. */
export function schreibeEntfernung(eintrag: HTMLElement, naehe: Naehe | null, texte: Texte): void {
  let slot = finde('[data-feld="entfernung"]', eintrag);
  if (!slot && naehe) {
    slot = element("span", { "data-feld": "entfernung" });
    finde(".eintrag-meta", eintrag)?.append(" ", slot);
  }
  if (!slot) return;
  slot.hidden = !naehe;
  setzeText(slot, naehe ? entfernungstext(naehe, texte) : "");
}
