/**
 * When the view follows the state, in one place, so that no two wishes move the map in turn: a
 * section in the URL first, then chosen districts, then whatever would leave the map empty.
 */
import type * as L from "leaflet";
import type { Bild } from "../kern";
import type { Ausschnitt } from "./ausschnitt";
import type { Auswahl } from "./auswahl";
import type { Bezirke } from "./bezirke";
import { liesBlick } from "./blick";

type Abstand = Pick<L.FitBoundsOptions, "paddingTopLeft" | "paddingBottomRight"> & {
  readonly rand?: number;
};

/** Around a district, as a part of its size. */
const RAND = 0.02;
/** Around points, in pixels: half a cluster, and above them the switch that lies over the map. */
const LUFT: Abstand = { paddingTopLeft: [30, 62], paddingBottomRight: [30, 34] };
const NAH = 15;

export class Blickfolge {
  private bezirkswahl = "";
  private bbox: L.LatLngBounds | null = null;
  private auswahl: Auswahl | null = null;
  /** A hidden map has no size to fit anything into; it is done when it is shown. */
  private wartet: (() => void) | null = null;
  private erstes = true;

  constructor(
    private readonly map: L.Map,
    private readonly ausschnitt: Ausschnitt,
    private readonly bezirke: Bezirke,
  ) {
    map.on("resize", () => this.holeNach());
  }

  /** Called for every new state; `auswahl` are the places of its projects. */
  folge(bild: Bild, auswahl: Auswahl): void {
    const { erstes } = this;
    this.erstes = false;
    // A state that only sorts or opens leaves the view alone, also the one of a hidden map.
    const andereAuswahl = auswahl !== this.auswahl;
    this.auswahl = auswahl;
    const verlangt = this.ausschnitt.verlangt(bild);
    const neuerAusschnitt = verlangt !== null && !(this.bbox?.equals(verlangt) ?? false);
    this.bbox = verlangt;
    const wahl = bild.abfrage.get("stadtbezirk") ?? [];
    const andereBezirke = wahl.join() !== this.bezirkswahl;
    const hatteBezirke = this.bezirkswahl !== "";
    this.bezirkswahl = wahl.join();
    if (neuerAusschnitt) return this.passe(() => verlangt, {}, erstes);
    if (bild.abfrage.has("bbox") || (erstes && liesBlick(location.hash))) return;
    const alle = (): L.LatLngBounds | null => auswahl.grenzen();
    if (andereBezirke && wahl.length)
      this.bezirke.bereit(() => {
        // By the time the areas are loaded something else may be chosen.
        if (this.bezirkswahl === wahl.join())
          this.passe(() => this.bezirke.rahmen(wahl) ?? alle(), { rand: RAND }, erstes);
      });
    else if (erstes || (andereBezirke && hatteBezirke)) this.passe(alle, LUFT, erstes);
    else if (andereAuswahl && this.istLeer(auswahl)) this.passe(alle, LUFT, false);
  }

  private istLeer(auswahl: Auswahl): boolean {
    return !this.map.getSize().y || !auswahl.liegtIn(this.map.getBounds());
  }

  private passe(ziel: () => L.LatLngBounds | null, abstand: Abstand, sofort: boolean): void {
    const { map } = this;
    this.wartet = map.getSize().y ? null : () => this.passe(ziel, abstand, true);
    if (this.wartet) return;
    const grenzen = ziel();
    if (!grenzen?.isValid()) return;
    const { rand = 0, ...luft } = abstand;
    map.fitBounds(grenzen.pad(rand), { ...luft, maxZoom: NAH, animate: !sofort });
  }

  private holeNach(): void {
    this.wartet?.();
  }
}
