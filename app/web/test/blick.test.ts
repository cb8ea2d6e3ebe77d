import { expect, test } from "vitest";
import { liesBlick, schreibeBlick } from "../src/karte/blick";

test("a view survives the address", () => {
  const blick = { zoom: 13.5, lat: 51.53641, lon: 7.41571 };
  expect(liesBlick(schreibeBlick(blick))).toEqual(blick);
});

test.each(["", "#liste", "#karte=", "#karte=13/91/7", "#karte=13/51", "#karte=x/51/7"])(
  "%s is no view",
  (hash) => expect(liesBlick(hash)).toBeNull(),
);
