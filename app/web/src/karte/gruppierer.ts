/** Asks for the groups of a view: in the page where few places are, else in a worker. */
import type { Index } from "../typen";
import { GENAU_BIS, Gruppierung, type Gruppen, type Ortsspalten, type Rahmen } from "./gruppierung";
import type { Auftrag, Antwort } from "./faden";

type Fertig = (gruppen: Gruppen) => void;

export interface Gruppierer {
  /** From now on these places are shown. */
  waehle(orte: Uint32Array): void;
  /** Calls back at once or when the worker is done; of several questions only the last is answered. */
  imBlick(rahmen: Rahmen, zoom: number, fertig: Fertig): void;
}

export function macheGruppierer(
  { lon, lat }: Index["standorte"],
  letzterZoom: number,
  worker: string,
): Gruppierer {
  return lon.length > GENAU_BIS
    ? // Only these columns go along, not the whole file that they are views of.
      new ImFaden({ lon: lon.slice(), lat: lat.slice() }, letzterZoom, worker)
    : new ImHaus({ lon, lat }, letzterZoom);
}

class ImHaus implements Gruppierer {
  private readonly gruppierung: Gruppierung;

  constructor(spalten: Ortsspalten, letzterZoom: number) {
    this.gruppierung = new Gruppierung(spalten, letzterZoom);
  }

  waehle(orte: Uint32Array): void {
    this.gruppierung.waehle(orte);
  }

  imBlick(rahmen: Rahmen, zoom: number, fertig: Fertig): void {
    fertig(this.gruppierung.imBlick(rahmen, zoom));
  }
}

class ImFaden implements Gruppierer {
  private readonly faden: Worker | null;
  /** Takes over where no worker can be started, as in a page that was opened from a disk. */
  private ersatz: ImHaus | null = null;
  private gewaehlt: Uint32Array = new Uint32Array();
  private frage: {
    readonly nummer: number;
    readonly wiederhole: () => void;
    readonly fertig: Fertig;
  };
  private nummer = 0;

  constructor(
    private readonly spalten: Ortsspalten,
    private readonly letzterZoom: number,
    url: string,
  ) {
    this.frage = { nummer: 0, wiederhole: () => undefined, fertig: () => undefined };
    this.faden = this.starte(url);
  }

  private starte(url: string): Worker | null {
    try {
      const faden = new Worker(url);
      faden.addEventListener("message", ({ data }: MessageEvent<Antwort>) => {
        if (data.nummer === this.frage.nummer) this.frage.fertig(data.gruppen);
      });
      faden.addEventListener("error", () => this.springeEin());
      const auftrag: Auftrag = {
        art: "orte",
        spalten: this.spalten,
        letzterZoom: this.letzterZoom,
      };
      faden.postMessage(auftrag);
      return faden;
    } catch {
      this.ersatz = new ImHaus(this.spalten, this.letzterZoom);
      return null;
    }
  }

  private springeEin(): void {
    if (this.ersatz) return;
    this.faden?.terminate();
    this.ersatz = new ImHaus(this.spalten, this.letzterZoom);
    this.ersatz.waehle(this.gewaehlt);
    this.frage.wiederhole();
  }

  waehle(orte: Uint32Array): void {
    this.gewaehlt = orte;
    if (this.ersatz) this.ersatz.waehle(orte);
    else this.sende({ art: "wahl", orte });
  }

  imBlick(rahmen: Rahmen, zoom: number, fertig: Fertig): void {
    const nummer = ++this.nummer;
    const wiederhole = (): void => this.imBlick(rahmen, zoom, fertig);
    this.frage = { nummer, wiederhole, fertig };
    if (this.ersatz) this.ersatz.imBlick(rahmen, zoom, fertig);
    else this.sende({ art: "blick", rahmen, zoom, nummer });
  }

  private sende(auftrag: Auftrag): void {
    this.faden?.postMessage(auftrag);
  }
}
