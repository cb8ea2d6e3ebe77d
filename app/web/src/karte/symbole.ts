/**
 * Symbols of the map as SVG. Colour and shape stand in the style sheet's variables and here by the
 * position of the Handlungsfeld, so that no meaning hangs on colour alone.
 */
import { setzeAttribut, setzeText, svg } from "../dom";

/** Outlines in a box of 24, drawn to look equally heavy. */
export const FORMEN: readonly string[] = [
  "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17z",
  "M4.5 4.5h15v15h-15z",
  "M12 2.8L21.6 19.6H2.4z",
  "M12 1.9L22.1 12L12 22.1L1.9 12z",
];
/** What is not documented: a plain ring. */
export const OHNE_FORM = "M12 5.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z";

export interface Zeichen {
  readonly code: string;
  /** Position of the code in its list, -1 for none. */
  readonly nummer: number;
  readonly ungefaehr: boolean;
}

/** One project. An approximate place is hollow with a dashed ring around: no sharp pin. */
export function einzelsymbol({ code, nummer, ungefaehr }: Zeichen): SVGSVGElement {
  const form = svg("path", { d: FORMEN[nummer] ?? OHNE_FORM, class: "form" });
  const bild = svg("svg", { viewBox: "-8 -8 40 40", class: "zeichen", "aria-hidden": "true" });
  bild.setAttribute("data-code", code);
  if (ungefaehr) {
    bild.setAttribute("data-ungefaehr", "");
    bild.append(svg("circle", { cx: 12, cy: 12, r: 18, class: "hof" }));
  }
  bild.append(form);
  return bild;
}

export interface Anteil {
  readonly code: string;
  readonly anzahl: number;
}

const UMFANG = 2 * Math.PI * 16;
const LUECKE = 1.2;

/** Several projects: their number in a ring of the Handlungsfelder's shares. */
export function ringsymbol(
  anteile: readonly Anteil[],
  zahl: number,
  ungefaehr: boolean,
  altes?: Element,
): SVGSVGElement {
  const bild = passt(altes, ungefaehr) ? altes : leererRing(ungefaehr);
  const text = bild.lastElementChild!;
  const boegen = bild.getElementsByClassName("bogen");
  while (boegen.length > anteile.length) boegen[0]!.remove();
  while (boegen.length < anteile.length)
    text.before(svg("circle", { cx: 20, cy: 20, r: 16, class: "bogen" }));
  const gesamt = anteile.reduce((summe, { anzahl }) => summe + anzahl, 0);
  let beginn = 0;
  anteile.forEach((anteil, i) => {
    zeichneBogen(boegen[i]!, anteil, beginn / gesamt, gesamt);
    beginn += anteil.anzahl;
  });
  setzeText(text, String(zahl));
  // Long numbers have to fit into the same ring.
  const stellen = zahl > 999 ? String(Math.min(text.textContent.length, 6)) : null;
  setzeAttribut(text, "data-stellen", stellen);
  return bild;
}

function passt(bild: Element | undefined, ungefaehr: boolean): bild is SVGSVGElement {
  return bild?.getAttribute("viewBox") === viewBox(ungefaehr);
}

function viewBox(ungefaehr: boolean): string {
  return ungefaehr ? "-6 -6 52 52" : "0 0 40 40";
}

function leererRing(ungefaehr: boolean): SVGSVGElement {
  return svg(
    "svg",
    { viewBox: viewBox(ungefaehr), class: "zeichen", "aria-hidden": "true" },
    ...(ungefaehr ? [svg("circle", { cx: 20, cy: 20, r: 23.5, class: "hof" })] : []),
    svg("circle", { cx: 20, cy: 20, r: 18, class: "teller" }),
    svg("text", { x: 20, y: 20, class: "zahl", dy: "0.35em" }),
  );
}

function zeichneBogen(kreis: Element, anteil: Anteil, beginn: number, gesamt: number): void {
  const laenge = (anteil.anzahl / gesamt) * UMFANG;
  const sichtbar = laenge < UMFANG ? Math.max(laenge - LUECKE, 1) : UMFANG;
  setzeAttribut(kreis, "stroke-dasharray", `${sichtbar} ${UMFANG - sichtbar}`);
  setzeAttribut(kreis, "stroke-dashoffset", String(UMFANG / 4 - beginn * UMFANG));
  setzeAttribut(kreis, "data-code", anteil.code);
}

/** Squares and vacant land: quiet outlines that never compete with the projects. */
export function ortssymbol(art: "plaetze" | "brachflaechen"): SVGSVGElement {
  const d = art === "plaetze" ? "M6 9l6-5l6 5v10H6z" : "M4 18l4-9h12l-4 9z";
  return svg(
    "svg",
    { viewBox: "-4 -4 32 32", class: `zeichen ort-${art}`, "aria-hidden": "true" },
    svg("path", { d, class: "form" }),
  );
}
