/**
 * What a visitor can do without for a moment. The scripts of the map stand in a `<template>`, so that
 * on a slow line they do not share it with what makes the filters answer, and on a slow processor
 * do not run before it. Entries far below the window are drawn then, too (stil/liste.css).
 */
import { finde } from "./dom";

/** Once what is there was painted: lets the late scripts come, in their order. */
export function ladeSpaeteres(): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      document.documentElement.setAttribute("data-ganz", "");
      const vorlage = finde("#spaeter");
      if (vorlage instanceof HTMLTemplateElement) document.head.append(...skripte(vorlage));
      vorlage?.remove();
    }),
  );
}

function skripte(vorlage: HTMLTemplateElement): HTMLScriptElement[] {
  return [...vorlage.content.querySelectorAll("script[src]")].map((quelle) => {
    const skript = document.createElement("script");
    // As it is written: inside a template relative addresses, those of a copy, lead nowhere.
    skript.src = quelle.getAttribute("src") ?? "";
    skript.async = false;
    return skript;
  });
}
