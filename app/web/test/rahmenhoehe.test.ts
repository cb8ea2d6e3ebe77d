import { describe, expect, test } from "vitest";
import { darf, Pegel } from "../src/rahmenhoehe";

const EIGENE = "https://karte.example";

describe("which origins a frame listens to", () => {
  test.each([
    ["https://nordwaerts.dortmund.de", "https://*.dortmund.de", true],
    ["https://a.b.dortmund.de", "https://*.dortmund.de", true],
    ["https://dortmund.de", "https://*.dortmund.de", false],
    ["https://dortmund.de.example", "https://*.dortmund.de", false],
    ["https://boesedortmund.de", "https://*.dortmund.de", false],
    ["http://nordwaerts.dortmund.de", "https://*.dortmund.de", false],
    ["https://nordwaerts.dortmund.de:8443", "https://*.dortmund.de", false],
    ["https://nordwaerts.dortmund.de:8443", "https://*.dortmund.de:*", true],
    ["https://stadt.example", "https://stadt.example:443", true],
    ["https://stadt.example", "http://stadt.example", true],
    ["https://stadt.example", "stadt.example", true],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080", true],
    ["http://127.0.0.1:8081", "http://127.0.0.1:8080", false],
    [EIGENE, "'self'", true],
    ["https://andere.example", "'self'", false],
    ["https://andere.example", "'none'", false],
    ["https://andere.example", "https:", true],
    ["http://andere.example", "https:", false],
    ["https://andere.example", "*", true],
    ["null", "*", false],
    ["", "https:", false],
  ])("%s in %s: %s", (origin, quelle, erwartet) => {
    expect(darf(origin, [quelle], EIGENE)).toBe(erwartet);
  });

  test("an empty list lets nobody in", () => {
    expect(darf(EIGENE, [], EIGENE)).toBe(false);
    expect(darf(EIGENE, [""], EIGENE)).toBe(false);
  });
});

describe("which heights are told", () => {
  test("each once, back to a former one too", () => {
    const pegel = new Pegel();
    expect([500, 500, 800, 500].map((hoehe, n) => pegel.melde(hoehe, 700, n * 100))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  test("a page that swings with its scroll bar rests at the larger height", () => {
    const pegel = new Pegel();
    let gemeldet = 0;
    let hoehe = 0;
    for (let runde = 0; runde < 50; runde++) {
      // Without the scroll bar wider and taller, with it narrower and less tall.
      const [neu, breite] = runde % 2 ? [580, 685] : [600, 700];
      if (!pegel.melde(neu, breite, runde * 20)) continue;
      gemeldet++;
      hoehe = neu;
    }
    expect(gemeldet).toBeLessThanOrEqual(3);
    expect(hoehe).toBe(600);
  });
});
