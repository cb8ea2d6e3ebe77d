/** "In meiner Nähe" behind its switch: unfolded on tablets, a small sheet on phones. */
import { alle, alsBlattMoeglich, finde, schmal } from "./dom";

const BREIT = window.matchMedia("(min-width: 75em)");
const HINTERGRUND =
  "body > :not(main), main > :not(.buehne), .buehne > :not(#filterbereich), #filterbereich > :not(#naehe)";

export function richteBlattEin(bereich: HTMLElement): void {
  const schalter = finde("[data-naehe-schalter]");
  if (!schalter) return;
  const setze = (offen: boolean, fokus: boolean): void => {
    const warBlatt = bereich.hasAttribute("data-blatt");
    const alsBlatt = offen && alsBlattMoeglich();
    bereich.toggleAttribute("data-offen", offen);
    bereich.toggleAttribute("data-blatt", alsBlatt);
    schalter.setAttribute("aria-expanded", String(offen));
    for (const knopf of alle("[data-naehe-zu]", bereich)) knopf.hidden = !alsBlatt;
    if (alsBlatt !== warBlatt) machModal(bereich, alsBlatt);
    if (!fokus) return;
    if (!offen) schalter.focus();
    // The title, not the field: a phone's keyboard would cover half the sheet unasked.
    else finde(alsBlatt ? "#naehe-titel" : ".ortsfeld", bereich)?.focus();
  };
  schalter.addEventListener("click", () => setze(!bereich.hasAttribute("data-offen"), true));
  bereich.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && bereich.hasAttribute("data-blatt")) setze(false, true);
  });
  for (const knopf of alle("[data-naehe-zu]", bereich))
    knopf.addEventListener("click", () => setze(false, true));
  // Crossing a breakpoint with an open sheet would leave the page behind it inert.
  for (const grenze of [BREIT, schmal])
    grenze.addEventListener("change", () => setze(false, false));
}

/** As a sheet it is a dialog, and what lies behind it cannot be reached. */
function machModal(bereich: HTMLElement, modal: boolean): void {
  document.documentElement.toggleAttribute("data-blatt-offen", modal);
  for (const teil of alle(HINTERGRUND)) teil.inert = modal;
  for (const [name, wert] of [
    ["role", "dialog"],
    ["aria-modal", "true"],
  ] as const)
    if (modal) bereich.setAttribute(name, wert);
    else bereich.removeAttribute(name);
}
