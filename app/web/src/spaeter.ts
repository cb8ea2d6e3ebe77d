/**
 * What a visitor can do without for a moment. The scripts of the map stand in a `<template>`, so that
 * on a slow line they do not share it with what makes the filters answer, and on a slow processor
 * do not run before it. Entries far below the window are drawn then, too (stil/liste.css).
 */
import { finde } from "./dom";
import type { Kern } from "./kern";

function spaetere(): Element[] {
  const vorlage = finde("#spaeter");
  return vorlage instanceof HTMLTemplateElement
    ? [...vorlage.content.querySelectorAll("script[src]")]
    : [];
}

export function karteKommt(): boolean {
  return finde("#karte") !== null && spaetere().length > 0;
}

/** Once what is there was painted: lets the late scripts come, in their order. */
export function ladeSpaeteres(kern: Kern): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      document.documentElement.setAttribute("data-ganz", "");
      document.head.append(...spaetere().map((quelle) => skript(quelle, kern)));
      finde("#spaeter")?.remove();
    }),
  );
}

function skript(quelle: Element, kern: Kern): HTMLScriptElement {
  const neu = document.createElement("script");
  // As it is written: inside a template relative addresses, those of a copy, lead nowhere.
  neu.src = quelle.getAttribute("src") ?? "";
  neu.async = false;
  neu.addEventListener("error", () => {
    if (kern.karteKommt) kern.setzeKartenanzeige(null);
  });
  return neu;
}
