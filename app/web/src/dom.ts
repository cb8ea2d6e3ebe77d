/** Small helpers over the DOM. Text only ever enters through textContent. */

type Inhalt = Node | string;
type Angaben = Readonly<Record<string, string | boolean | undefined>>;

/** A new element; an attribute that is `true` stands alone, `false` and undefined are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  angaben: Angaben = {},
  ...inhalt: readonly Inhalt[]
): HTMLElementTagNameMap[K] {
  const neu = document.createElement(name);
  for (const [attribut, wert] of Object.entries(angaben))
    if (wert !== undefined && wert !== false) neu.setAttribute(attribut, wert === true ? "" : wert);
  neu.append(...inhalt);
  return neu;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  angaben: Readonly<Record<string, string | number>> = {},
  ...inhalt: readonly Node[]
): SVGElementTagNameMap[K] {
  const neu = document.createElementNS(SVG, name);
  for (const [attribut, wert] of Object.entries(angaben)) neu.setAttribute(attribut, String(wert));
  neu.append(...inhalt);
  return neu;
}

export function finde(wahl: string, in_: ParentNode = document): HTMLElement | null {
  return in_.querySelector<HTMLElement>(wahl);
}

export function alle(wahl: string, in_: ParentNode = document): HTMLElement[] {
  return [...in_.querySelectorAll<HTMLElement>(wahl)];
}

/** Sets a text only if it changes, so that a live region is not announced twice. */
export function setzeText(ziel: Element | null, text: string): void {
  if (ziel && ziel.textContent !== text) ziel.textContent = text;
}

/** Sets an attribute only if it changes; null takes it away. */
export function setzeAttribut(ziel: Element, name: string, wert: string | null): void {
  if (ziel.getAttribute(name) === wert) return;
  if (wert === null) ziel.removeAttribute(name);
  else ziel.setAttribute(name, wert);
}

/** Makes these the children; those that are there already and in order are not moved. */
export function stelleKinder(ziel: Element, kinder: readonly Element[]): void {
  const bleibt = new Set<Node>(kinder);
  for (const kind of [...ziel.childNodes]) if (!bleibt.has(kind)) kind.remove();
  let naechstes = ziel.firstElementChild;
  for (const kind of kinder)
    if (kind === naechstes) naechstes = naechstes.nextElementSibling;
    else ziel.insertBefore(kind, naechstes);
}

/** Clones the first element of a `<template>`. */
export function vorlage(id: string): HTMLElement | null {
  const quelle = document.getElementById(id);
  const kopie =
    quelle instanceof HTMLTemplateElement
      ? quelle.content.firstElementChild?.cloneNode(true)
      : undefined;
  return kopie instanceof HTMLElement ? kopie : null;
}

/** Fills the slots of a clone; a slot without text is removed with the row that labels it. */
export function fuelle(ziel: HTMLElement, felder: Readonly<Record<string, string>>): void {
  for (const [feld, text] of Object.entries(felder)) {
    const slot = finde(`[data-feld="${feld}"]`, ziel);
    if (text) setzeText(slot, text);
    else (slot?.closest("[data-zeile]") ?? slot)?.remove();
  }
}

/**
 * Calls back when the next picture is on the screen: for what of a change nobody can see. Right
 * after the page has drawn it, it would still take the processor away from those who bring it there.
 */
export function nachDemBild(weiter: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(weiter)));
}

export const schmal = window.matchMedia("(max-width: 43.74em)");
export const wenigBewegung = window.matchMedia("(prefers-reduced-motion: reduce)");
/** A frame as tall as its content has no bottom of the screen: sheets unfold where they stand. */
export const waechst = (): boolean => document.documentElement.hasAttribute("data-waechst");
export const alsBlattMoeglich = (): boolean => schmal.matches && !waechst();
export const eingebettet = (): boolean => document.body.dataset["seite"] === "einbetten";
