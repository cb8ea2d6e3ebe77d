/** The choice of base maps: what the operator set up stands beside the districts in Leaflet's list. */
import * as L from "leaflet";
import type { Kern } from "../kern";
import { alsHtml, Kachelgrund } from "./kachelgrund";

export class Grundwahl {
  private readonly karten: readonly Kachelgrund[];
  private bezirke: L.Layer | null = null;

  constructor(private readonly kern: Kern) {
    const { grund } = kern.blatt;
    const um = {
      kern,
      skript: grund?.kacheln ?? "",
      zurueck: (map: L.Map) => this.waehle(map, this.bezirke),
    };
    this.karten = (grund?.karten ?? []).map((karte) => new Kachelgrund(karte, um));
    const { karten } = this;
    L.Control.Layers.addInitHook(function (this: L.Control.Layers) {
      for (const karte of karten) this.addBaseLayer(karte, alsHtml(karte.karte.name));
    });
  }

  /** The layer of our own areas, which is chosen unless something else is. */
  mitBezirken<T extends L.Layer>(bezirke: T): T {
    this.bezirke = bezirke;
    return bezirke;
  }

  /** Shows what address or operator want first. */
  beginne(map: L.Map): void {
    const erste = this.kern.blatt.grund?.erste;
    const gewuenscht = this.karten.find(({ karte }) => karte.id === erste);
    if (gewuenscht) this.waehle(map, gewuenscht);
  }

  private waehle(map: L.Map, gewaehlt: L.Layer | null): void {
    for (const ebene of [this.bezirke, ...this.karten])
      if (ebene && ebene !== gewaehlt) ebene.remove();
    gewaehlt?.addTo(map);
  }
}
