/** The colours of vector tiles: from the style sheet, so that each scheme has one place for them. */

const NAMEN = [
  "land",
  "gruen",
  "wasser",
  "gebaeude",
  "strasse",
  "strassenrand",
  "bahn",
  "schrift",
  "wasserschrift",
  "hof",
] as const;

export type Farben = Readonly<Record<(typeof NAMEN)[number], string>> & {
  /** The families of the page's typeface, as CSS writes them. */
  readonly familie: string;
};

export function liesFarben(wurzel: Element = document.documentElement): Farben {
  const stil = getComputedStyle(wurzel);
  const paare = NAMEN.map((name) => [name, stil.getPropertyValue(`--kachel-${name}`).trim()]);
  return { ...Object.fromEntries(paare), familie: getComputedStyle(document.body).fontFamily };
}
