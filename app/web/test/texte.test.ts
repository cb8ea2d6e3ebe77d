import { expect, test } from "vitest";
import { macheTexte } from "../src/texte";

test.each(["de", "en", "tr", "ar", "uk"])(
  "numbers without a thousand are written without asking for the rules of %s, in the same digits",
  (sprache) => {
    const texte = macheTexte({ n: "{n}" }, sprache);
    const format = new Intl.NumberFormat(sprache, { numberingSystem: "latn" });
    for (const n of [0, 1, 999, 1000, 1234567, -5, 2.5])
      expect(texte("n", { n })).toBe(format.format(n));
  },
);
