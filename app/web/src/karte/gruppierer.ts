/**
 * Says which places are one symbol in a view. A few are told apart exactly; of many it is asked once
 * a view what belongs together, in a worker, and a filter is counted over the answer at once.
 */
import {
  gitterUm,
  gleich,
  macheEbene,
  teileAuf,
  type Aufteilung,
  type Ebene,
  type Gitter,
} from "./aufteilung";
import { Cluster } from "./cluster";
import type { Antwort, Auftrag } from "./faden";
import { GENAU_BIS, type Gruppen, type Ortsspalten, type Rahmen } from "./gruppierung";
import { Raster } from "./raster";

type Fertig = (gruppen: Gruppen) => void;

interface Frage {
  readonly rahmen: Rahmen;
  readonly gitter: Gitter;
  readonly fertig: Fertig;
}

export class Gruppierer {
  private orte: Uint32Array = new Uint32Array();
  private cluster: Cluster | null = null;
  private raster: Raster | null = null;
  private aufteilung: Aufteilung | null = null;
  private readonly aufteiler: Aufteiler | null;
  /** Waits for what belongs together in its view; of several questions only the last is answered. */
  private frage: Frage | null = null;

  constructor(
    private readonly spalten: Ortsspalten,
    private readonly letzterZoom: number,
    worker: string,
  ) {
    this.aufteiler =
      spalten.lon.length > GENAU_BIS
        ? new Aufteiler(spalten, worker, (aufteilung) => this.nimm(aufteilung))
        : null;
  }

  /** From now on these places are shown: positions in the columns, ascending. */
  waehle(orte: Uint32Array): void {
    this.orte = orte;
    this.cluster = this.raster = null;
  }

  /** Calls back at once or, in a view that is new, when the worker is done. */
  imBlick(rahmen: Rahmen, genauerZoom: number, fertig: Fertig): void {
    const zoom = Math.round(genauerZoom);
    this.frage = null;
    if (this.orte.length <= GENAU_BIS) {
      this.cluster ??= new Cluster(this.spalten, this.orte, this.letzterZoom);
      fertig(this.cluster.imBlick(rahmen, zoom));
    }
    const { aufteiler, orte } = this;
    if (!aufteiler) return;
    const gitter = gitterUm(rahmen, zoom);
    const frage = orte.length > GENAU_BIS ? { rahmen, gitter, fertig } : null;
    if (this.aufteilung && gleich(this.aufteilung.gitter, gitter)) {
      if (frage) this.antworte(frage, this.aufteilung);
    } else {
      this.frage = frage;
      // Also where few are shown: the next filter may bring many.
      aufteiler.bestelle(gitter, frage !== null);
    }
  }

  private antworte({ rahmen, fertig }: Frage, aufteilung: Aufteilung): void {
    this.raster ??= new Raster(this.spalten, this.orte, aufteilung, this.letzterZoom);
    fertig(this.raster.imBlick(rahmen));
  }

  private nimm(aufteilung: Aufteilung): void {
    this.aufteilung = aufteilung;
    this.raster = null;
    const { frage } = this;
    if (!frage || !gleich(aufteilung.gitter, frage.gitter)) return;
    this.frage = null;
    this.antworte(frage, aufteilung);
  }
}

/** Finds out what belongs together: in a worker, or in the page where none can be started. */
class Aufteiler {
  private readonly faden: Worker | null;
  /** Only where the page itself has to do it. */
  private ebene: Ebene | null = null;
  /** What the worker is at work on. */
  private offen: Gitter | null = null;
  /** The last of those that were asked for meanwhile. */
  private naechstes: Gitter | null = null;

  constructor(
    private readonly spalten: Ortsspalten,
    url: string,
    private readonly fertig: (aufteilung: Aufteilung) => void,
  ) {
    this.faden = this.starte(url);
  }

  /** `noetig`: somebody waits for it; the page does no work of its own on mere suspicion. */
  bestelle(gitter: Gitter, noetig: boolean): void {
    if (this.ebene) {
      if (noetig) this.fertig(teileAuf(this.ebene, gitter));
    } else if (!this.offen) this.sende(gitter);
    else this.naechstes = gleich(this.offen, gitter) ? null : gitter;
  }

  private starte(url: string): Worker | null {
    try {
      const faden = new Worker(url);
      faden.addEventListener("message", ({ data }: MessageEvent<Antwort>) => this.empfange(data));
      faden.addEventListener("error", () => this.springeEin());
      // Only these columns go along, not the whole file that they are views of.
      const { lon, lat } = this.spalten;
      const auftrag: Auftrag = { art: "orte", spalten: { lon: lon.slice(), lat: lat.slice() } };
      faden.postMessage(auftrag);
      return faden;
    } catch {
      this.ebene = macheEbene(this.spalten);
      return null;
    }
  }

  private sende(gitter: Gitter): void {
    const auftrag: Auftrag = { art: "gitter", gitter };
    this.offen = gitter;
    this.faden?.postMessage(auftrag);
  }

  private empfange(aufteilung: Antwort): void {
    const { naechstes } = this;
    this.offen = this.naechstes = null;
    if (naechstes) this.sende(naechstes);
    this.fertig(aufteilung);
  }

  /** A worker that cannot be loaded says so only afterwards: the page does what it was asked. */
  private springeEin(): void {
    if (this.ebene) return;
    this.faden?.terminate();
    this.ebene = macheEbene(this.spalten);
    const gitter = this.naechstes ?? this.offen;
    this.offen = this.naechstes = null;
    if (gitter) this.bestelle(gitter, true);
  }
}
