/**
 * One URL = one state = one query. The table of parameters comes from the server (`#zustand`), so
 * that both sides parse by the same definition; see app/state.py.
 */
import type { Blatt, Parameter } from "./typen";

/** Valid values by parameter, in the order of the table. A parameter without a value is absent. */
export type Abfrage = ReadonlyMap<string, readonly string[]>;

export interface Verworfen {
  readonly parameter: string;
  readonly wert: string;
}

type Tabelle = Pick<Blatt, "parameter" | "codes">;

const STILL_UEBERGANGEN = /^(utm|mtm|pk)_/;
const MAX_TEXT = 200;
const JAHRE = [1900, 2100] as const;
const UMKREIS_METER = [1, 50_000] as const;
const ZAHL = /^-?\d{1,3}(\.\d{1,15})?$/;
const GANZZAHL = /^\d{1,9}$/;
const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;

function grade(wert: string, anzahl: number): number[] | null {
  const teile = wert.split(",");
  return teile.length === anzahl && teile.every((teil) => ZAHL.test(teil))
    ? teile.map((teil) => Number(Number(teil).toFixed(6)))
    : null;
}

const zwischen = (wert: number, von: number, bis: number): boolean => von <= wert && wert <= bis;

function ganzzahl(wert: string, [von, bis]: readonly [number, number]): string | null {
  return GANZZAHL.test(wert) && zwischen(Number(wert), von, bis) ? String(Number(wert)) : null;
}

function bbox(wert: string): string | null {
  const zahlen = grade(wert, 4);
  if (!zahlen) return null;
  const [west, sued, ost, nord] = zahlen as [number, number, number, number];
  const richtig = -180 <= west && west <= ost && ost <= 180 && -90 <= sued && sued <= nord;
  return richtig && nord <= 90 ? zahlen.join() : null;
}

function punkt(wert: string): string | null {
  const zahlen = grade(wert, 2);
  if (!zahlen) return null;
  const [lat, lon] = zahlen as [number, number];
  return zwischen(lat, -90, 90) && zwischen(lon, -180, 180) ? zahlen.join() : null;
}

/** The canonical form of a value, null if it is not valid. */
function kanonisch(parameter: Parameter, wert: string, tabelle: Tabelle): string | null {
  const wenn = (gueltig: boolean | undefined): string | null => (gueltig ? wert : null);
  switch (parameter.art) {
    case "text":
      return wert;
    case "facette":
      return wenn(Object.hasOwn(tabelle.codes[parameter.name] ?? {}, wert));
    case "jahr":
      return ganzzahl(wert, JAHRE);
    case "meter":
      return ganzzahl(wert, UMKREIS_METER);
    case "wahl":
      return wenn(parameter.werte?.includes(wert));
    case "sortierung":
      return wenn(parameter.werte?.includes(wert.replace(/^-/, "")));
    case "bbox":
      return bbox(wert);
    case "punkt":
      return punkt(wert);
    case "id":
      return wenn(ID.test(wert));
  }
}

function gruppiere(suchteil: string): Map<string, string[]> {
  const gruppen = new Map<string, string[]>();
  for (const [name, roh] of new URLSearchParams(suchteil)) {
    const wert = roh.trim();
    if (wert === "") continue;
    const gruppe = gruppen.get(name);
    if (gruppe) gruppe.push(wert);
    else gruppen.set(name, [wert]);
  }
  return gruppen;
}

/** Reads a query string. Unknown parameters and bad values are set aside, never half used. */
export function parseAbfrage(
  suchteil: string,
  tabelle: Tabelle,
): { abfrage: Abfrage; verworfen: Verworfen[] } {
  const parameter = new Map(tabelle.parameter.map((eintrag) => [eintrag.name, eintrag]));
  const gefunden = new Map<string, readonly string[]>();
  const verworfen: Verworfen[] = [];
  for (const [name, rohwerte] of gruppiere(suchteil)) {
    const eintrag = parameter.get(name);
    if (!eintrag) {
      if (!STILL_UEBERGANGEN.test(name)) verworfen.push({ parameter: name, wert: rohwerte[0]! });
      continue;
    }
    const einzeln = eintrag.art !== "facette";
    if (einzeln && (rohwerte.length > 1 || [...rohwerte[0]!].length > MAX_TEXT)) {
      verworfen.push({ parameter: name, wert: rohwerte.join(", ") });
      continue;
    }
    const werte: string[] = [];
    for (const wert of rohwerte) {
      const form = kanonisch(eintrag, wert, tabelle);
      if (form === null) verworfen.push({ parameter: name, wert });
      else werte.push(form);
    }
    gefunden.set(name, werte);
  }
  verworfen.push(...stimmeAb(gefunden));
  return { abfrage: ordne(gefunden, tabelle), verworfen };
}

/** Drops values that make sense only together with another one. */
function stimmeAb(werte: Map<string, readonly string[]>): Verworfen[] {
  const verworfen: Verworfen[] = [];
  const verwirf = (name: string): void => {
    verworfen.push({ parameter: name, wert: werte.get(name)?.[0] ?? "" });
    werte.delete(name);
  };
  const von = werte.get("von")?.[0];
  const bis = werte.get("bis")?.[0];
  if (von !== undefined && bis !== undefined && Number(von) > Number(bis)) verwirf("bis");
  if (!werte.get("nahe")?.length) {
    if (werte.get("umkreis")?.length) verwirf("umkreis");
    if (werte.get("sort")?.[0]?.endsWith("entfernung")) verwirf("sort");
  }
  return verworfen;
}

/** Table order for parameters, code list order for values: equal states give equal URLs. */
function ordne(werte: ReadonlyMap<string, readonly string[]>, tabelle: Tabelle): Abfrage {
  const geordnet = new Map<string, readonly string[]>();
  for (const { name, art } of tabelle.parameter) {
    const eigene = werte.get(name);
    if (!eigene?.length) continue;
    if (art !== "facette") geordnet.set(name, eigene);
    else {
      const codes = Object.keys(tabelle.codes[name] ?? {}).filter((code) => eigene.includes(code));
      geordnet.set(name, codes);
    }
  }
  return geordnet;
}

/** Percent-encoding as Python's `quote(safe=",/:")` does it: equal states, equal strings. */
function kodiere(wert: string): string {
  return encodeURIComponent(wert)
    .replace(/[!'()*]/g, (zeichen) => `%${zeichen.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(2C|2F|3A)/g, decodeURIComponent);
}

/** The canonical query string of a state with its `?`; empty for the state without any filter. */
export function formatAbfrage(abfrage: Abfrage): string {
  const paare = [...abfrage].flatMap(([name, werte]) =>
    werte.map((wert) => `${name}=${kodiere(wert)}`),
  );
  return paare.length ? `?${paare.join("&")}` : "";
}

/** A state with other values for one parameter; no values remove it. */
export function mit(
  abfrage: Abfrage,
  name: string,
  werte: readonly string[],
  tabelle: Tabelle,
): Abfrage {
  const neu = new Map(abfrage);
  neu.set(name, werte);
  // Whoever picks a beginning after the end means the new value, not the old one.
  if (name === "von" && Number(werte[0]) > Number(einzelwert(neu, "bis"))) neu.delete("bis");
  if (name === "bis" && Number(werte[0]) < Number(einzelwert(neu, "von"))) neu.delete("von");
  stimmeAb(neu);
  return ordne(neu, tabelle);
}

/** A state without one value, as a chip removes it. */
export function ohne(abfrage: Abfrage, name: string, wert: string, tabelle: Tabelle): Abfrage {
  const rest = (abfrage.get(name) ?? []).filter((vorhanden) => vorhanden !== wert);
  return mit(abfrage, name, rest, tabelle);
}

/** Parameters that neither narrow the result nor appear in its sentence. */
const KEIN_FILTER: ReadonlySet<string> = new Set(["sort", "sprache", "projekt"]);

export function istFilter(name: string): boolean {
  return !KEIN_FILTER.has(name);
}

/** What is left when every filter is reset: order and language. */
export function ungefiltert(abfrage: Abfrage): Abfrage {
  const rest = new Map([...abfrage].filter(([name]) => name === "sort" || name === "sprache"));
  stimmeAb(rest);
  return rest;
}

export function einzelwert(abfrage: Abfrage, name: string): string | undefined {
  return abfrage.get(name)?.[0];
}

export function zahlenwerte(abfrage: Abfrage, name: string): number[] | undefined {
  return einzelwert(abfrage, name)?.split(",").map(Number);
}
