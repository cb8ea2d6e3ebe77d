/**
 * Entry of einbetten.js, the script for the pages that hold the map in a frame: the frame takes the
 * height of its content. Its address is stable; rahmenhoehe.ts is the other half and has the rules.
 */

export {};

interface Nachricht {
  readonly nordwaerts?: unknown;
  readonly hoehe?: unknown;
}

const { origin } = new URL((document.currentScript as HTMLScriptElement).src);
const FRAGE = { nordwaerts: "hoehe?" };
const fenster = window as unknown as Record<string, unknown>;
const rahmen = (): HTMLIFrameElement[] => [...document.querySelectorAll("iframe")];

// Every snippet brings the script; one of them is enough.
if (!fenster[origin]) {
  fenster[origin] = true;
  addEventListener("message", ({ data, origin: woher, source }: MessageEvent<Nachricht | null>) => {
    const absender = rahmen().find(({ contentWindow }) => contentWindow === source);
    if (woher !== origin || !absender) return;
    if (data?.nordwaerts === "da") absender.contentWindow?.postMessage(FRAGE, origin);
    const hoehe = data?.nordwaerts === "hoehe" && data.hoehe;
    if (typeof hoehe === "number" && hoehe > 0 && hoehe < 1e5) {
      absender.style.border = "0";
      absender.style.height = `${hoehe}px`;
    }
  });
  // Frames that were there first. One that has not loaded yet has no origin to aim at; the question
  // tells nothing.
  for (const { src, contentWindow } of rahmen())
    if (src.startsWith(`${origin}/einbetten`)) contentWindow?.postMessage(FRAGE, "*");
}
