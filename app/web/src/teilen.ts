/** Shares a link: by the device's own sheet, else by the clipboard, else by hand. */
import { element } from "./dom";
import { gesperrt } from "./richtlinie";

export interface Teiltexte {
  /** Said when the link is in the clipboard. */
  readonly kopiert: string;
  /** Label of the field that holds the link where the clipboard is closed to the page. */
  readonly von_hand: string;
}

/**
 * Hands a link on. `status` is a visible element with role=status: it says what happened.
 * The address goes nowhere but where the visitor sends it.
 */
export async function teile(
  url: string,
  titel: string,
  texte: Teiltexte,
  status: HTMLElement,
): Promise<void> {
  status.replaceChildren();
  if (await mitGeraet(url, titel)) return;
  if (await inZwischenablage(url)) status.replaceChildren(element("p", {}, texte.kopiert));
  else zeigeLink(url, texte, status);
}

/** True if the device took the link, or the visitor thought better of it. */
async function mitGeraet(url: string, titel: string): Promise<boolean> {
  if (!navigator.share || gesperrt("web-share")) return false;
  try {
    await navigator.share({ title: titel, url });
    return true;
  } catch (fehler) {
    return fehler instanceof DOMException && fehler.name === "AbortError";
  }
}

/** True if the text is in the clipboard. */
export async function inZwischenablage(text: string): Promise<boolean> {
  if (gesperrt("clipboard-write")) return false;
  try {
    // Missing outside a secure context; refused where the visitor or the framing page says so.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function zeigeLink(url: string, texte: Teiltexte, status: HTMLElement): void {
  const feld = element("input", { type: "text", readonly: true, class: "teilen-link", dir: "ltr" });
  feld.value = url;
  status.replaceChildren(element("label", {}, element("span", {}, texte.von_hand), " ", feld));
  feld.focus();
  feld.select();
}
