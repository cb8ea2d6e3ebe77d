/**
 * The point that distances are measured from, and what of it may leave the browser.
 *
 * A device's own position is part of the state like any chosen place, so that engine, chips and map
 * need not know the difference. But it never gets into an address: what is kept secret here is taken
 * out of every address that the page makes. Nothing is ever forgotten while the page lives, so that
 * a state of yesterday, held by somebody, cannot bring a position to light.
 */
import type { Blatt } from "./typen";
import { einzelwert, mit, type Abfrage } from "./zustand";

export interface Messpunkt {
  /** "lat,lon" in degrees, as `nahe` has it. */
  readonly punkt: string;
  /** What it is called; null where only its coordinates are known. */
  readonly name: string | null;
  /** The device's own position: in no address, no link, no request. */
  readonly privat: boolean;
}

type Tabelle = Pick<Blatt, "parameter" | "codes">;

/** Six decimals are 10 cm: what an address has. */
const STELLEN = 6;
/** Four decimals are 10 m: a device rarely knows better, and a shared link need not say more. */
const STELLEN_STANDORT = 4;

/** A place as a value of `nahe`. */
export function punktwert(lat: number, lon: number): string {
  return gerundet(lat, lon, STELLEN);
}

function gerundet(lat: number, lon: number, stellen: number): string {
  return [lat, lon].map((grad) => Number(grad.toFixed(stellen))).join();
}

export class Messpunkte {
  private readonly geheim = new Set<string>();
  private readonly namen = new Map<string, string>();

  /** Remembers what a place is called. */
  benenne(punkt: string, name: string): void {
    this.namen.set(punkt, name);
  }

  /** Remembers a device's position as secret and returns its value for `nahe`. */
  verschweige(lat: number, lon: number): string {
    const punkt = gerundet(lat, lon, STELLEN_STANDORT);
    this.geheim.add(`nahe=${punkt}`);
    return punkt;
  }

  von(abfrage: Abfrage): Messpunkt | null {
    const punkt = einzelwert(abfrage, "nahe");
    if (punkt === undefined) return null;
    const privat = this.geheim.has(`nahe=${punkt}`);
    return { punkt, privat, name: privat ? null : (this.namen.get(punkt) ?? null) };
  }

  /** What of a state may stand in an address. */
  oeffentlich(abfrage: Abfrage, tabelle: Tabelle): Abfrage {
    // A frame of the map that was drawn around the device tells where the device is.
    const bbox = einzelwert(abfrage, "bbox");
    if (bbox !== undefined && this.von(abfrage)?.privat) this.geheim.add(`bbox=${bbox}`);
    let rest = abfrage;
    for (const name of ["nahe", "bbox"])
      if (this.geheim.has(`${name}=${einzelwert(rest, name)}`)) rest = mit(rest, name, [], tabelle);
    return rest;
  }

  /** Going back in history changes filters; the device stays where it is. */
  behalte(vorher: Abfrage, neu: Abfrage, tabelle: Tabelle): Abfrage {
    if (neu.has("nahe") || !this.von(vorher)?.privat) return neu;
    let ganz = neu;
    for (const name of ["nahe", "umkreis"]) ganz = mit(ganz, name, vorher.get(name) ?? [], tabelle);
    return ganz;
  }
}
