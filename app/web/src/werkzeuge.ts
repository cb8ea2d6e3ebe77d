/** What one can do with a Steckbrief only by script: print it, share its link. */
import { alle, finde } from "./dom";
import { teile } from "./teilen";

export function richteWerkzeugeEin(in_: ParentNode = document): void {
  const status = finde("[data-teilen-status]", in_);
  for (const knopf of alle("[data-link-teilen]", in_)) {
    const { linkTeilen = "", titel = "", kopiert = "", vonHand = "" } = knopf.dataset;
    if (!status) return;
    zeige(knopf);
    knopf.addEventListener("click", () => {
      // A frozen page has no address but the one at which it is read.
      void teile(linkTeilen || location.href, titel, { kopiert, von_hand: vonHand }, status);
    });
  }
  for (const knopf of alle("[data-drucken]", in_)) {
    zeige(knopf);
    knopf.addEventListener("click", () => window.print());
  }
}

function zeige(knopf: HTMLElement): void {
  (knopf.closest<HTMLElement>("[hidden]") ?? knopf).hidden = false;
}
