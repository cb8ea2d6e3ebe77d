/** Phone: map or list, and the filter as a sheet. Wider screens only use the filter's switch. */
import { alle, eingebettet, finde, schmal } from "./dom";

const BREIT = window.matchMedia("(min-width: 75em)");

export function richteAnsichtEin(): void {
  const knoepfe = alle("button[data-ansicht]");
  const waehle = (ansicht: string | undefined): void => {
    document.body.dataset["zeigt"] = ansicht ?? "liste";
    for (const knopf of knoepfe)
      knopf.setAttribute("aria-pressed", String(knopf.dataset["ansicht"] === ansicht));
    // Leaflet measures its container; it has to look again when it becomes visible.
    window.dispatchEvent(new Event("resize"));
  };
  for (const knopf of knoepfe)
    knopf.addEventListener("click", () => waehle(knopf.dataset["ansicht"]));
  waehle(eingebettet() ? "karte" : "liste");
  // "Show on the map" from far down the list: the map stands at the top.
  document.addEventListener("nordwaerts:karte", () => {
    waehle("karte");
    if (schmal.matches) finde(".buehne")?.scrollIntoView();
  });
}

export function richteFilterEin(formular: HTMLFormElement): void {
  const schalter = finde("[data-filter-schalter]");
  if (!schalter) return;
  const hintergrund = alle(
    "body > :not(main), main > :not(.buehne), .buehne > :not(#filterbereich)",
  );
  const setze = (offen: boolean, fokus: boolean): void => {
    formular.toggleAttribute("data-offen", offen);
    schalter.setAttribute("aria-expanded", String(offen));
    const alsBlatt = offen && schmal.matches;
    formular.toggleAttribute("data-blatt", alsBlatt);
    document.documentElement.toggleAttribute("data-blatt-offen", alsBlatt);
    for (const teil of hintergrund) teil.inert = alsBlatt;
    if (!fokus) return;
    if (offen) finde("input, button", formular)?.focus();
    else schalter.focus();
  };
  schalter.addEventListener("click", (ereignis) => {
    ereignis.preventDefault();
    setze(!formular.hasAttribute("data-offen"), true);
  });
  formular.addEventListener("keydown", (ereignis) => {
    if (ereignis.key === "Escape" && formular.hasAttribute("data-blatt")) setze(false, true);
  });
  for (const knopf of alle("[data-filter-schliessen]", formular))
    knopf.addEventListener("click", () => setze(false, true));
  formular.addEventListener("submit", () => {
    if (formular.hasAttribute("data-blatt")) setze(false, true);
  });
  // Crossing a breakpoint with an open sheet would leave the page behind it inert.
  for (const grenze of [BREIT, schmal])
    grenze.addEventListener("change", () => setze(false, false));
  setze(false, false);
}
