/** Distances in words, "350 m nördlich"; app/entfernungstext.py says the same. */
import { RICHTUNGEN } from "./entfernung";
import type { Naehe } from "./engine";
import type { Texte } from "./texte";

const GENAU = 10;
const UNGEFAEHR = 100;

const auf = (meter: number, schritt: number): number => Math.floor(meter / schritt + 0.5) * schritt;

/** How far something lies and in which direction; vaguer where its place is only known roughly. */
export function entfernungstext({ meter, richtung, ungefaehr }: Naehe, texte: Texte): string {
  let gerundet = auf(meter, ungefaehr ? UNGEFAEHR : GENAU);
  if (gerundet >= 1000) gerundet = auf(meter, 100);
  const etwa = ungefaehr ? ".etwa" : "";
  if (!gerundet) return texte(`naehe.hier${etwa}`);
  return texte(`naehe.weg${etwa}`, {
    strecke: streckentext(gerundet, texte),
    richtung: texte(`naehe.richtung.${RICHTUNGEN[richtung]}`),
  });
}

/** A length in metres, or in kilometres where those are a round number. */
export function streckentext(meter: number, texte: Texte): string {
  return meter < 1000 || meter % 100
    ? texte("naehe.strecke.m", { meter })
    : texte("naehe.strecke.km", { km: meter / 1000 });
}
