/** The map on paper: the present view, scaled to the width of a page, with its legend. */
import { finde } from "../dom";

/** Width between the margins of A4 (druck.css) and a height that leaves room for the legend, CSS px. */
const BREITE_PX = 672;
const HOEHE_PX = 560;

/**
 * Leaflet is told nothing: a print must not move the view, which is part of the address and may be a
 * filter. The frame keeps its size in pixels and is scaled as a whole.
 */
export function richteDruckEin(rahmen: HTMLElement): void {
  const bereich = finde("#kartenbereich");
  const legende = finde("#legende");
  if (!bereich || !(legende instanceof HTMLDetailsElement)) return;
  let warOffen = legende.open;
  window.addEventListener("beforeprint", () => {
    const { clientWidth: breite, clientHeight: hoehe } = rahmen;
    warOffen = legende.open;
    // A hidden map (phone, list in front) has nothing to print.
    if (!breite || !hoehe) return;
    legende.open = true;
    rahmen.style.inlineSize = `${breite}px`;
    rahmen.style.blockSize = `${hoehe}px`;
    rahmen.style.setProperty("zoom", String(Math.min(BREITE_PX / breite, HOEHE_PX / hoehe, 1)));
    bereich.setAttribute("data-druck", "");
  });
  window.addEventListener("afterprint", () => {
    bereich.removeAttribute("data-druck");
    for (const eigenschaft of ["inline-size", "block-size", "zoom"])
      rahmen.style.removeProperty(eigenschaft);
    legende.open = warOffen;
  });
}
