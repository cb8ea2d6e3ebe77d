/**
 * The language menu is a `<details>`, so that it works without script; here it learns to close as
 * menus do: Esc, a press beside it, and going on with Tab.
 */
import { finde } from "./dom";

export function richteSprachwahlEin(menue: HTMLDetailsElement): void {
  const schliesse = (): void => {
    menue.open = false;
  };
  menue.addEventListener("keydown", (ereignis) => {
    if (ereignis.key !== "Escape" || !menue.open) return;
    // Whatever else listens for Esc (a sheet, a popup) lies below the menu and stays.
    ereignis.stopPropagation();
    schliesse();
    finde("summary", menue)?.focus();
  });
  menue.addEventListener("focusout", ({ relatedTarget }) => {
    // A press on the menu's own padding takes the focus away without giving it to anything.
    if (relatedTarget instanceof Node && !menue.contains(relatedTarget)) schliesse();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !menue.contains(target)) schliesse();
  });
  // In a frame the next press or Tab may belong to the page around it.
  window.addEventListener("blur", schliesse);
}
