/** Phone: map or list, and the filter as a sheet. Wider screens only use the filter's switch. */
import { alle, alsBlattMoeglich, eingebettet, finde, schmal } from "./dom";

const BREIT = window.matchMedia("(min-width: 75em)");

export function richteAnsichtEin(): void {
  const knoepfe = alle("button[data-ansicht]");
  let gelesen: { readonly eintrag: Element; readonly oben: number } | null = null;
  const waehle = (ansicht: string | undefined): void => {
    document.body.dataset["zeigt"] = ansicht ?? "liste";
    for (const knopf of knoepfe)
      knopf.setAttribute("aria-pressed", String(knopf.dataset["ansicht"] === ansicht));
    // Leaflet measures its container; it has to look again when it becomes visible.
    window.dispatchEvent(new Event("resize"));
  };
  // The map stands at the top, also for somebody far down the list; going back finds the place again.
  const wechsle = (ansicht: string | undefined): void => {
    const vorher = document.body.dataset["zeigt"];
    if (vorher === "liste") gelesen = obersterEintrag();
    waehle(ansicht);
    if (!schmal.matches || vorher === ansicht) return;
    if (ansicht !== "liste") finde(".buehne")?.scrollIntoView();
    else if (gelesen?.eintrag.isConnected)
      window.scrollBy(0, gelesen.eintrag.getBoundingClientRect().top - gelesen.oben);
  };
  for (const knopf of knoepfe)
    knopf.addEventListener("click", () => wechsle(knopf.dataset["ansicht"]));
  const fest = document.documentElement.dataset["rahmen"];
  waehle(fest === "liste" || !eingebettet() ? "liste" : "karte");
  document.addEventListener("nordwaerts:karte", () => wechsle("karte"));
  // A skip link cannot lead to what is not shown.
  finde('.sprung a[href="#kartenbereich"]')?.addEventListener("click", () => wechsle("karte"));
  finde('.sprung a[href="#ergebnis"]')?.addEventListener("click", () => wechsle("liste"));
}

/** The entry that somebody reads now: lengths above it may change until they come back. */
function obersterEintrag(): { readonly eintrag: Element; readonly oben: number } | null {
  for (const eintrag of alle("#liste .eintrag")) {
    const { top } = eintrag.getBoundingClientRect();
    if (top >= 0) return { eintrag, oben: top };
  }
  return null;
}

export function richteFilterEin(formular: HTMLFormElement): void {
  const schalter = finde("[data-filter-schalter]");
  if (!schalter) return;
  const hintergrund =
    "body > :not(main), main > :not(.buehne), .buehne > :not(#filterbereich), #filterbereich > :not(#filter)";
  const setze = (offen: boolean, fokus: boolean): void => {
    formular.toggleAttribute("data-offen", offen);
    schalter.setAttribute("aria-expanded", String(offen));
    const alsBlatt = offen && alsBlattMoeglich();
    formular.toggleAttribute("data-blatt", alsBlatt);
    document.documentElement.toggleAttribute("data-blatt-offen", alsBlatt);
    for (const teil of alle(hintergrund)) teil.inert = alsBlatt;
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
