/**
 * What somebody did before the script ran. The form stands there as soon as its HTML is read, so a
 * visitor may tick, choose or type while the script is still on its way: a control that no longer
 * is as the server made it says so.
 */

/** The controls that were touched, of those that say something of the state. */
export function beruehrte(elemente: Iterable<Element>): Element[] {
  return [...elemente].filter((element) => element.hasAttribute("name") && istBeruehrt(element));
}

function istBeruehrt(element: Element): boolean {
  if (element instanceof HTMLSelectElement) return element.value !== vorgabe(element)?.value;
  if (!(element instanceof HTMLInputElement)) return false;
  if (element.type === "checkbox") return element.checked !== element.defaultChecked;
  return element.type === "search" && element.value !== element.defaultValue;
}

/** What a select shows before anybody chooses. */
function vorgabe(wahl: HTMLSelectElement): HTMLOptionElement | undefined {
  const optionen = [...wahl.options];
  return optionen.find((option) => option.defaultSelected) ?? optionen[0];
}
