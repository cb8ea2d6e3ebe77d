/**
 * A frame as tall as its content tells the page around it how tall that is. The other half of the
 * conversation is einbetten.ts, in that page:
 *
 *   frame → page   "da"       to whoever frames it; says nothing but that it is there
 *   page → frame   "hoehe?"   from an origin that may frame it, or it is not heard
 *   frame → page   "hoehe"    to exactly that origin, and again when the height has changed
 */

const PAUSE_MS = 60;
const SCHWINGT_MS = 1500;

/** Whether a list of CSP sources (`'self'`, `https://*.dortmund.de`, `https:`) holds an origin. */
export function darf(origin: string, quellen: readonly string[], eigene: string): boolean {
  return quellen.some((quelle) => passt(origin, quelle, eigene));
}

function passt(origin: string, quelle: string, eigene: string): boolean {
  if (quelle === "'self'") return origin === eigene;
  // A sandboxed page has the origin "null".
  if (!/^https?:\/\//.test(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  if (quelle === "*" || quelle === protocol) return true;
  const teile = /^(?:(https?:)\/\/)?([*a-z0-9.-]+?)(?::(\d+|\*))?$/i.exec(quelle);
  if (!teile) return false;
  const [, schema = new URL(eigene).protocol, host = "", tor = ""] = teile;
  // A page that moved to https is still the page that was meant (CSP 3, scheme-part match).
  const schemaPasst = protocol === schema || (protocol === "https:" && schema === "http:");
  const hostPasst = host.startsWith("*.")
    ? hostname.endsWith(host.slice(1).toLowerCase())
    : host === "*" || hostname === host.toLowerCase();
  return schemaPasst && hostPasst && (tor === "*" || port === vorgabe(tor, schema));
}

/** A port as `URL.port` writes it: empty where it is the usual one. */
function vorgabe(tor: string, schema: string): string {
  return tor === (schema === "https:" ? "443" : "80") ? "" : tor;
}

/**
 * Says which heights are worth telling. Where the scroll bar of the page around comes and goes with
 * the height, the width changes with it and both would swing for ever: then the larger one stays.
 */
export class Pegel {
  private letzte = { hoehe: -1, breite: -1, zeit: 0 };
  private vorletzte = -1;

  /** True if the height (whole pixels) has to be told; `breite` and `zeit` are those of now. */
  melde(hoehe: number, breite: number, zeit: number): boolean {
    const { letzte } = this;
    if (hoehe === letzte.hoehe) return false;
    const schwingt =
      hoehe === this.vorletzte && breite !== letzte.breite && zeit - letzte.zeit < SCHWINGT_MS;
    if (schwingt && hoehe < letzte.hoehe) return false;
    this.vorletzte = letzte.hoehe;
    this.letzte = { hoehe, breite, zeit };
    return true;
  }
}

/** Begins the conversation. `quellen` are the CSP sources that may frame this page. */
export function folgeDemInhalt(quellen: readonly string[]): void {
  let ziel = "";
  let pegel = new Pegel();
  let uhr = 0;
  const sage = (): void => {
    uhr = 0;
    const hoehe = Math.ceil(document.body.getBoundingClientRect().height);
    if (ziel && pegel.melde(hoehe, innerWidth, performance.now()))
      parent.postMessage({ nordwaerts: "hoehe", hoehe }, ziel);
  };
  addEventListener("message", ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== parent || !darf(origin, quellen, location.origin)) return;
    if ((data as { nordwaerts?: unknown } | null)?.nordwaerts !== "hoehe?") return;
    ziel = origin;
    pegel = new Pegel();
    document.documentElement.setAttribute("data-hoehe-folgt", "");
    sage();
  });
  new ResizeObserver(() => (uhr ||= window.setTimeout(sage, PAUSE_MS))).observe(document.body);
  parent.postMessage({ nordwaerts: "da" }, "*");
}
