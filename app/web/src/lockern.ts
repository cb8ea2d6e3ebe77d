/** Which filter keeps everything away: the counts without each of them. app/lockern.py is the twin. */
import type { Engine } from "./engine";
import type { Blatt } from "./typen";
import type { Abfrage } from "./zustand";

export interface Lockerung {
  /** What is taken away. */
  readonly namen: readonly string[];
  readonly abfrage: Abfrage;
  readonly anzahl: number;
}

/** Taken away together; `nahe` alone keeps no project away, `sort` and the like never do. */
function gruppen({ parameter }: Pick<Blatt, "parameter">): string[][] {
  return parameter.flatMap(({ name, art }) => {
    if (art === "facette" || ["q", "lage", "bbox", "umkreis"].includes(name)) return [[name]];
    return name === "von" ? [["von", "bis"]] : [];
  });
}

/** What helps against an empty result, best first; empty if no single filter does. */
export function lockerungen(
  engine: Engine,
  abfrage: Abfrage,
  tabelle: Pick<Blatt, "parameter">,
): Lockerung[] {
  return gruppen(tabelle)
    .filter((namen) => namen.some((name) => abfrage.has(name)))
    .map((namen) => {
      const ohne = new Map([...abfrage].filter(([name]) => !namen.includes(name)));
      return { namen, abfrage: ohne, anzahl: engine.treffer(ohne).length };
    })
    .filter(({ anzahl }) => anzahl > 0)
    .sort((a, b) => b.anzahl - a.anzahl);
}
