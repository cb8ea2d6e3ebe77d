/** What the marker of one project, of a spot that several share, or of a cluster of spots says and shows. */
import * as L from "leaflet";
import type { Bild, Kern } from "../kern";
import { codeVon, OHNE_ANGABE } from "../projekt";
import type { Marke } from "./marke";
import { alleUngefaehr, anteile, type Gruppe } from "./stellen";
import { einzelsymbol, ringsymbol } from "./symbole";

export const EINZELN_PX = 40;
const RING_PX = 44;
/** The same ring with the halo of an approximate place. */
const HOF_PX = 57;
const GENANNT = 2;

export interface Bezeichnet {
  readonly schluessel: string;
  readonly gruppe: Gruppe;
  readonly zeilen: Uint32Array;
}

/** `altes`: the picture of a marker that is free; it is changed where it fits. */
export function projektmarke(
  { blatt, texte }: Kern,
  bild: Bild,
  { schluessel, gruppe, zeilen }: Bezeichnet,
  beiKlick: (knopf: HTMLElement) => void,
  altes: Element | undefined,
): Marke {
  const { engine } = bild;
  const { index } = engine;
  const anzahl = zeilen.length;
  const ungefaehr = !gruppe.cluster && alleUngefaehr(index, gruppe.orte);
  const ort = L.latLng(gruppe.lat, gruppe.lon);
  const gemeinsam = { schluessel, ort, anzahl, ungefaehr, beiKlick };
  const zusatz = ungefaehr ? [texte("web.marke.ungefaehr")] : [];
  const benenne = (was: string, ...mehr: readonly string[]): string =>
    [mitZahl(was, anzahl), ...mehr].join(texte("satz.trenner"));
  const wo = anzahl > 1 ? woran(bild, { blatt, texte }, zeilen) : [];
  if (gruppe.aufteilzoom !== null)
    return {
      ...gemeinsam,
      name: benenne(texte("web.marke.cluster", { anzahl }, anzahl), ...wo),
      klasse: "marke-cluster",
      bild: ringsymbol(anteile(engine, zeilen), anzahl, false, altes),
      groesse: RING_PX,
    };
  if (anzahl > 1)
    return {
      ...gemeinsam,
      name: benenne(texte("web.marke.stelle", { anzahl }, anzahl), ...wo, ...zusatz),
      klasse: "marke-stelle",
      bild: ringsymbol(anteile(engine, zeilen), anzahl, ungefaehr, altes),
      groesse: ungefaehr ? HOF_PX : RING_PX,
    };
  const zeile = zeilen[0]!;
  const code = codeVon(index, "handlungsfeld", zeile);
  const teile = [index.name.von(zeile), blatt.codes["handlungsfeld"]?.[code], ...zusatz];
  const nummer =
    code === OHNE_ANGABE ? -1 : (index.facetten["handlungsfeld"]?.codes.indexOf(code) ?? -1);
  return {
    ...gemeinsam,
    name: teile.filter(Boolean).join(texte("satz.trenner")),
    klasse: "marke-einzeln",
    bild: einzelsymbol({ code, nummer, ungefaehr }),
    groesse: EINZELN_PX,
  };
}

/**
 * Several markers with one number need telling apart by ear: what few are called, where many lie
 * and what one of them is called.
 */
function woran(
  { engine }: Bild,
  { blatt, texte }: Pick<Kern, "blatt" | "texte">,
  zeilen: Uint32Array,
): string[] {
  const { name, facetten } = engine.index;
  if (zeilen.length <= GENANNT) return Array.from(zeilen, (zeile) => name.von(zeile));
  const anzahlen = engine.zaehle("stadtbezirk", zeilen);
  const bezirke = (facetten["stadtbezirk"]?.codes ?? [])
    .map((code, i) => ({ code, anzahl: anzahlen[i] ?? 0 }))
    .filter(({ code, anzahl }) => anzahl > 0 && code !== OHNE_ANGABE)
    .sort((a, b) => b.anzahl - a.anzahl)
    .slice(0, GENANNT)
    .map(({ code }) => blatt.codes["stadtbezirk"]?.[code] ?? code);
  return [...bezirke, texte("web.marke.darunter", { name: name.von(zeilen[0]!) })];
}

/** A name holds the number that the symbol shows (WCAG 2.5.3), also where a language has a word for it. */
function mitZahl(was: string, anzahl: number): string {
  return was.includes(String(anzahl)) ? was : `${anzahl}: ${was}`;
}
