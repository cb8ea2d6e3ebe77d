// Bundles the browser code into dist/. Names carry no hash here: the map build (layers/publish.py)
// gives them one, so that one manifest knows every file a browser fetches. Compressed they are
// here, once, and not in every build.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const gemeinsam = {
  bundle: true,
  minify: true,
  // The oldest browsers we promise: 2020 and younger. Regular expressions with \p{…} work there.
  target: "es2020",
  legalComments: "none",
  outdir: "dist",
  logLevel: "warning",
};

/** Leaflet's style sheet without its raster images (our controls draw their own) and without VML. */
const leafletOhneBilder = {
  name: "leaflet-ohne-bilder",
  setup(vorgang) {
    vorgang.onLoad({ filter: /leaflet\.css$/ }, async ({ path }) => {
      const quelle = await readFile(path, "utf8");
      const verweis = /(?:background-image: url\(images|behavior: url)[^;}]*;/g;
      return { contents: quelle.replace(verweis, ""), loader: "css" };
    });
  },
};

/** Fonts for what the map build sets itself (previews, PDFs); pages use the system's. */
async function legeSchriftenBereit() {
  await mkdir("dist/schriften", { recursive: true });
  for (const [paket, name] of [
    ["noto-sans", "NotoSans"],
    ["noto-sans-arabic", "NotoSansArabic"],
  ]) {
    const quelle = `node_modules/@expo-google-fonts/${paket}`;
    for (const schnitt of ["400Regular", "700Bold"])
      await cp(
        `${quelle}/${schnitt}/${name}_${schnitt}.ttf`,
        `dist/schriften/${name}-${schnitt}.ttf`,
      );
    await cp(`${quelle}/LICENSE_FONT`, `dist/schriften/${name}-OFL.txt`);
  }
}

/** Beside each file its compressed forms, as small as they get. */
async function packe() {
  const namen = (await readdir("dist")).filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    namen.map(async (name) => {
      const inhalt = await readFile(`dist/${name}`);
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: inhalt.length };
      await writeFile(`dist/${name}.br`, await promisify(brotliCompress)(inhalt, { params }));
      await writeFile(`dist/${name}.gz`, await promisify(gzip)(inhalt, { level: 9 }));
    }),
  );
}

await rm("dist", { recursive: true, force: true });
await Promise.all([
  legeSchriftenBereit(),
  build({
    ...gemeinsam,
    format: "iife",
    entryPoints: {
      rahmen: "src/rahmen.ts",
      vorlauf: "src/vorlauf.ts",
      app: "src/app.ts",
      beiwerk: "src/beiwerk.ts",
      karte: "src/karte/karte.ts",
      gruppierung: "src/karte/faden.ts",
      beteiligte: "src/beteiligte.ts",
      einbetten: "src/einbetten.ts",
      einzeldatei: "src/einzeldatei.ts",
      baukasten: "src/baukasten.ts",
    },
    // Leaflet's package entry is the UMD file; its ES module lets esbuild drop a few kilobytes more.
    alias: { leaflet: "leaflet/dist/leaflet-src.esm.js" },
  }),
  // A module: karte.js imports it when somebody chooses a map of vector tiles.
  build({
    ...gemeinsam,
    format: "esm",
    entryPoints: { kacheln: "src/kacheln/kacheln.ts" },
  }),
  build({
    ...gemeinsam,
    entryPoints: {
      app: "src/stil/app.css",
      karte: "src/stil/kartenblatt.css",
      seiten: "src/stil/seiten.css",
    },
    // The CSS needs no older target: unknown properties are skipped by a browser, not fatal.
    target: "es2022",
    plugins: [leafletOhneBilder],
    external: ["data:*"],
  }),
  build({
    ...gemeinsam,
    minify: false,
    format: "esm",
    entryPoints: { engine: "src/engine-modul.ts" },
    outExtension: { ".js": ".mjs" },
  }),
]);
await packe();
