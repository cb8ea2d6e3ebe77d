/** Leaflet's controls are links that call themselves buttons: Space has to press them too. */

export function leertasteDrueckt(rahmen: HTMLElement): void {
  // Capturing: a popup keeps its keys to itself, and its close button is such a link.
  rahmen.addEventListener(
    "keydown",
    (ereignis) => {
      const { key, target } = ereignis;
      if (key !== " " || !(target instanceof HTMLElement) || !target.matches("a[role=button]"))
        return;
      // The browser would scroll the page.
      ereignis.preventDefault();
      target.click();
    },
    { capture: true },
  );
}
