/** The service's search for addresses and places: one question at a time, the newest wins. */

export interface Treffer {
  readonly art: string;
  readonly name: string;
  /** Its Stadtbezirke in words; may be empty. */
  readonly zusatz: string;
  readonly id?: string;
  readonly lat?: number;
  readonly lon?: number;
  readonly lagegenauigkeit?: string;
  /** Metres around it that are worth a first look; null for an area. */
  readonly umkreis?: number | null;
}

export interface Antwort {
  /** Whether the address directory took part. */
  readonly adressen: boolean;
  readonly treffer: readonly Treffer[];
}

/** As many answers as a list shows. */
export const ANZAHL = 8;

/** Answers to what is typed into the field for places. */
export interface Ortsquelle {
  /** Null if a newer question or `brichAb` came in between. Throws where it fails. */
  frage(text: string): Promise<Antwort | null>;
  brichAb(): void;
}

export class Ortssuche implements Ortsquelle {
  private laufend: AbortController | null = null;

  constructor(private readonly adresse: string) {}

  async frage(text: string): Promise<Antwort | null> {
    this.brichAb();
    const lauf = (this.laufend = new AbortController());
    const url = new URL(this.adresse, location.href);
    url.searchParams.set("q", text);
    url.searchParams.set("limit", String(ANZAHL));
    try {
      const antwort = await fetch(url, {
        signal: lauf.signal,
        headers: { accept: "application/json" },
        // The address of this page may hold a state; the search needs only the text.
        referrerPolicy: "no-referrer",
      });
      if (!antwort.ok) throw new Error(`${url.pathname}: ${antwort.status}`);
      const inhalt = (await antwort.json()) as Antwort;
      return lauf.signal.aborted ? null : inhalt;
    } catch (fehler) {
      if (lauf.signal.aborted) return null;
      throw fehler;
    }
  }

  brichAb(): void {
    this.laufend?.abort();
    this.laufend = null;
  }
}
