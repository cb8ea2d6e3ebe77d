/**
 * Blocks of the copy of one file (app/archiv/einzeldatei.py): inert script elements that hold what
 * zlib has packed as base64. Each is unpacked when somebody asks for what is in it.
 */
import { finde } from "./dom";

/** A page as the file holds it; the map of a language is one, too. */
export interface Seite {
  readonly lang: string;
  readonly dir: string;
  readonly titel: string;
  /** Its `<body>`. */
  readonly inhalt: string;
}

const gelesen = new Map<string, Promise<Readonly<Record<string, Seite>>>>();
const geladen = new Promise<void>((erfuelle) => {
  document.addEventListener("DOMContentLoaded", () => erfuelle(), { once: true });
});

async function entpackt(quelle: HTMLElement): Promise<Response> {
  const bytes = Uint8Array.from(atob(quelle.textContent), (zeichen) => zeichen.charCodeAt(0));
  // Fails where the browser is older than 2023.
  const strom = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(strom);
}

async function seiten(quelle: HTMLElement): Promise<Readonly<Record<string, Seite>>> {
  return (await (await entpackt(quelle)).json()) as Readonly<Record<string, Seite>>;
}

/** The page that lies somewhere in the copy; undefined if there is none. */
export async function holeSeite(pfad: string): Promise<Seite | undefined> {
  // German lies at the root.
  const quelle = block(pfad.split("/")[0] ?? "") ?? block("de");
  if (!quelle) return undefined;
  const sprache = quelle.dataset["seiten"] ?? "";
  let laufend = gelesen.get(sprache);
  if (!laufend) gelesen.set(sprache, (laufend = seiten(quelle)));
  return (await laufend)[pfad];
}

/** The map in a language; undefined if the file does not speak it. */
export async function holeKarte(sprache: string): Promise<Seite | undefined> {
  const pfad = block(sprache)?.dataset["karte"];
  return pfad === undefined ? undefined : holeSeite(pfad);
}

/** A file of the copy with name and kind; undefined if there is none. */
export async function holeDatei(pfad: string): Promise<File | undefined> {
  // The files come last: until all is read one may be there in part.
  if (document.readyState === "loading") await geladen;
  const quelle = finde(`script[data-inhalt="${CSS.escape(pfad)}"]`);
  if (!quelle) return undefined;
  const { name = "", art = "" } = quelle.dataset;
  return new File([await (await entpackt(quelle)).blob()], name, { type: art });
}

function block(sprache: string): HTMLElement | null {
  return finde(`script[data-seiten="${CSS.escape(sprache)}"]`);
}
