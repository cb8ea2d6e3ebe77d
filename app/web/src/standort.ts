/** The device's position, asked for once; every way in which that fails has a name. */
import { gesperrt } from "./richtlinie";

export interface Standort {
  readonly lat: number;
  readonly lon: number;
  /** Metres; the true place is within them in two of three cases. */
  readonly genauigkeit: number;
}

export type Fehlschlag = "verweigert" | "gesperrt" | "unbekannt" | "zeit";

const GEDULD_MS = 12_000;
/** A position of a minute ago is still where somebody stands. */
const FRISCH_MS = 60_000;
const GRUENDE: Readonly<Record<number, Fehlschlag>> = {
  1: "verweigert",
  2: "unbekannt",
  3: "zeit",
};

export function ermittleStandort(): Promise<Standort | Fehlschlag> {
  if (gesperrt("geolocation")) return Promise.resolve("gesperrt");
  if (!navigator.geolocation) return Promise.resolve("unbekannt");
  return new Promise((fertig) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        fertig({ lat: coords.latitude, lon: coords.longitude, genauigkeit: coords.accuracy }),
      ({ code }) => fertig(GRUENDE[code] ?? "unbekannt"),
      { enableHighAccuracy: true, timeout: GEDULD_MS, maximumAge: FRISCH_MS },
    ),
  );
}
