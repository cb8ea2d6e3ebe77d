/**
 * Data of the map: from the service, or out of the files of a frozen copy. `file://` cannot be
 * fetched from, so there the data lie in scripts that hand them over (app/archiv/einfrieren.py),
 * and in a copy of one file they stand in the page itself.
 */

/** The way to the root of a frozen copy ("", "../", …); undefined on pages of the service. */
const wurzel = (): string | undefined => document.documentElement.dataset["archiv"];

export const archiviert = (): boolean => wurzel() !== undefined;

/** Whether each language is a file of its own; in a copy of one file the address names it. */
export const jeSpracheEineDatei = (): boolean =>
  archiviert() && document.documentElement.dataset["einzeldatei"] === undefined;

export async function ladeJson<T>(url: string): Promise<T> {
  const kopie = wurzel();
  return (kopie === undefined ? await (await hole(url)).json() : await ausArchiv(url, kopie)) as T;
}

/** Bytes: a frozen copy holds them as base64. */
export async function ladeBytes(url: string): Promise<ArrayBuffer> {
  const vorab = window.nordwaerts?.vorab;
  if (vorab?.url === url) return vorab.bytes;
  const kopie = wurzel();
  if (kopie === undefined) return (await hole(url)).arrayBuffer();
  const zeichen = atob((await ausArchiv(url, kopie)) as string);
  return Uint8Array.from(zeichen, (einzeln) => einzeln.charCodeAt(0)).buffer;
}

async function hole(url: string): Promise<Response> {
  const antwort = await fetch(url);
  if (!antwort.ok) throw new Error(`${url}: ${antwort.status}`);
  return antwort;
}

/** `url` is the service's address; its query says nothing about data that are frozen. */
function ausArchiv(url: string, kopie: string): Promise<unknown> {
  const [pfad = ""] = url.split("?");
  const inDerSeite = document.querySelector(`script[data-datei="${CSS.escape(pfad)}"]`);
  if (inDerSeite) return Promise.resolve(JSON.parse(inDerSeite.textContent));
  return new Promise((erfuelle, verwirf) => {
    const skript = document.createElement("script");
    skript.src = `${kopie}${pfad.slice(1)}.js`;
    skript.addEventListener("load", () => {
      skript.remove();
      erfuelle(window.nordwaertsArchiv?.[skript.src]);
    });
    skript.addEventListener("error", () => {
      skript.remove();
      verwirf(new Error(`${pfad}: missing`));
    });
    document.head.append(skript);
  });
}
