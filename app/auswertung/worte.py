"""Numbers of the page in the words of a language."""

from dataclasses import dataclass

from babel.numbers import format_compact_currency, format_decimal

from app.auswertung.wahl import Mass
from app.katalog import Katalog
from app.vorlagen import euro


@dataclass(frozen=True, slots=True)
class Wert:
    """What is known about one group of projects; costs in euros."""

    anzahl: int
    bekannt: int
    kosten: int

    def groesse(self, mass: Mass) -> int:
        """Return the number that a drawing shows."""
        return self.anzahl if mass == "anzahl" else self.kosten


@dataclass(frozen=True, slots=True)
class Wertwort:
    """A value in words: the number, what must be said with it, and a short form for drawings."""

    text: str
    zusatz: str
    kurz: str


def wertwort(wert: Wert, mass: Mass, t: Katalog) -> Wertwort:
    """Return a value in words; a sum of costs always says of how many projects it is."""
    if mass == "anzahl":
        zahl = format_decimal(wert.anzahl, locale=t.locale)
        return Wertwort(zahl, "", zahl)
    if not wert.anzahl:
        return Wertwort("–", t("auswertung.keine"), "–")
    if not wert.bekannt:
        offen = t("auswertung.kosten.unbekannt")
        return Wertwort(offen, t("auswertung.projekte", wert.anzahl), "?")
    von = t("auswertung.kosten.von", wert.anzahl, bekannt=wert.bekannt)
    return Wertwort(euro(wert.kosten, t), von, kurz_euro(wert.kosten, t))


def benannt(wort: Wertwort, wert: Wert, mass: Mass, t: Katalog, gruppe: str) -> str:
    """Return the name of a link: the value as it is shown (WCAG 2.5.3), and whose it is."""
    return f"{_gesagt(wort.text, wort, wert, mass, t)}: {gruppe}"


def benannte_flaeche(
    zeilen: tuple[str, ...], wort: Wertwort, wert: Wert, mass: Mass, t: Katalog
) -> str:
    """Return the name of an area, in the order in which it is written on the map."""
    return f"{' '.join(zeilen)}: {_gesagt(wort.kurz, wort, wert, mass, t)}"


def _gesagt(sichtbar: str, wort: Wertwort, wert: Wert, mass: Mass, t: Katalog) -> str:
    """Return a value in words that begin with what is seen of it."""
    if mass == "kosten":
        return f"{sichtbar}, {wort.zusatz}"
    worte = t("auswertung.projekte", wert.anzahl)
    # some languages have a word for none, one and two
    return worte if sichtbar in worte else f"{sichtbar}, {worte}"


def kurz_euro(wert: int, t: Katalog) -> str:
    """Return euros as short as they can be read: ``18,5 Mio. €``.

    Two digits: with one, 7.650.000 would read 7,6.
    """
    return format_compact_currency(wert, "EUR", locale=t.locale, fraction_digits=2)
