/**
 * What a visitor can do without for a moment. Scripts for it stand in two `<template>`s, so that on a
 * slow line they do not share it with what makes the filters answer, and on a slow processor do not
 * run before it: the extras of the page come next, the map when there is room to see it in – on a
 * phone, which begins with the list, when somebody asks for it. Entries far below the window are
 * drawn then, too (stil/liste.css).
 */
import { element, finde, nachDemBild } from "./dom";
import type { Kern } from "./kern";

const BEIWERK = "#spaeter";
const KARTE = "#spaeter-karte";
/** What the extras make work: pressed before they are there, it is pressed again then. */
const WARTET = "[data-naehe-schalter], [data-standort]";
/** How long the first picture may take before nobody is taken to look. */
const UNGESEHEN_MS = 1000;

export function karteKommt(): boolean {
  return finde(KARTE) !== null;
}

/** Once what is there was painted: lets the late scripts come, each template's in their order. */
export function ladeSpaeteres(kern: Kern): void {
  const gedrueckt = merkeDruecken();
  nachDemErstenBild(() => {
    document.documentElement.setAttribute("data-ganz", "");
    void lade(BEIWERK)
      .catch(() => undefined)
      .then(gedrueckt);
    const karte = finde("#karte");
    if (karte && karteKommt()) sobaldSichtbar(karte, () => void ladeKarte(kern, karte));
  });
}

/** A frame that nobody has scrolled to, and a tab in the background, paint nothing: they go on after a moment. */
function nachDemErstenBild(weiter: () => void): void {
  let offen = true;
  const einmal = (): void => {
    if (offen) weiter();
    offen = false;
  };
  nachDemBild(einmal);
  setTimeout(einmal, UNGESEHEN_MS);
}

async function ladeKarte(kern: Kern, karte: HTMLElement): Promise<void> {
  const satz = element(
    "p",
    { class: "karte-kommt", role: "status" },
    kern.texte("web.karte.kommt"),
  );
  karte.append(satz);
  try {
    await lade(KARTE);
    satz.remove();
  } catch {
    kern.setzeKartenanzeige(null);
    satz.textContent = kern.texte("web.karte.fehlt");
  }
}

/** What has no box in the page, or lies far below the window, is not seen. */
function sobaldSichtbar(ziel: Element, weiter: () => void): void {
  const waechter = new IntersectionObserver(
    (gesehen) => {
      if (!gesehen.some(({ isIntersecting }) => isIntersecting)) return;
      waechter.disconnect();
      weiter();
    },
    { rootMargin: "100%" },
  );
  waechter.observe(ziel);
}

/** Fetches what a template names, all at once; its scripts run, in their order, when its styles are there. */
async function lade(wahl: string): Promise<void> {
  const vorlage = finde(wahl);
  if (!(vorlage instanceof HTMLTemplateElement)) return;
  vorlage.remove();
  const stile = adressen(vorlage, "link", "href");
  const skripte = adressen(vorlage, "script", "src");
  if (stile.length)
    for (const href of skripte)
      document.head.append(element("link", { rel: "preload", as: "script", href }));
  await Promise.all(stile.map(ladeStil));
  await Promise.all(skripte.map(ladeSkript));
}

/** As they are written: inside a template relative addresses, those of a copy, lead nowhere. */
function adressen({ content }: HTMLTemplateElement, art: string, attribut: string): string[] {
  return [...content.querySelectorAll(art)].map((quelle) => quelle.getAttribute(attribut) ?? "");
}

function ladeStil(href: string): Promise<void> {
  const stil = element("link", { rel: "stylesheet", href });
  // Before the page's own sheet, which has the last word.
  finde('link[rel="stylesheet"]')?.before(stil);
  return geladen(stil);
}

function ladeSkript(src: string): Promise<void> {
  const skript = element("script", { src });
  // What a script puts into the page runs in any order unless it is told otherwise.
  skript.async = false;
  document.head.append(skript);
  return geladen(skript);
}

function geladen(quelle: HTMLElement): Promise<void> {
  return new Promise((fertig, scheitert) => {
    quelle.addEventListener("load", () => fertig());
    quelle.addEventListener("error", () => scheitert(new Error(`not loaded: ${quelle.outerHTML}`)));
  });
}

/** Notes what is pressed too early; the answer presses it again. */
function merkeDruecken(): () => void {
  const gedrueckt = new Set<HTMLElement>();
  const merke = ({ target }: Event): void => {
    const knopf = target instanceof Element ? target.closest<HTMLElement>(WARTET) : null;
    if (knopf) gedrueckt.add(knopf);
  };
  document.addEventListener("click", merke);
  return () => {
    document.removeEventListener("click", merke);
    for (const knopf of gedrueckt) knopf.click();
  };
}
