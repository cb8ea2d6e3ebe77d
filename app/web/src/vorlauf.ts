/**
 * Entry of vorlauf.js, the first script that runs: takes up what the head of the page asks for in
 * advance, so that app.js need not wait for it when the page is read, and with it for a picture.
 */
const url = document.querySelector('link[rel="preload"][as="fetch"]')?.getAttribute("href");
if (url) {
  const bytes = fetch(url).then((antwort) => {
    if (!antwort.ok) throw new Error(`${url}: ${antwort.status}`);
    return antwort.arrayBuffer();
  });
  // Whoever asks for it hears of a failure.
  bytes.catch(() => undefined);
  window.nordwaerts = { ...window.nordwaerts, vorab: { url, bytes } };
}
