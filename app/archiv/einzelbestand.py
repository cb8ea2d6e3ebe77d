"""What lies in the copy of one file, and what a link of the folder becomes in it.

A page is opened by the fragment, a file handed out by it. The language of the page below is a
parameter of the address, as in the service: a file has no folders.
"""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from app.archiv.plan import ZUSTANDSSEITEN, Eintrag, Plan
from app.sprachen import DEUTSCH

_NICHT: Final = ("assets/", "vorschau/")
"""Scripts and styles are inline; previews are for those who link to an address."""
_ERSTES: Final = "../index.html"
"""Where the first leaf of a long list lies, seen from the others."""


@dataclass(frozen=True, slots=True)
class Bestand:
    """What of a folder lies in the file.

    Attributes
    ----------
    start
        Code of the language in which the file opens.
    karten
        The map of each language, and the list, which is the same here; with their language.
    seiten
        All other pages, with their language.
    dateien
        What can be taken out as it is.
    daten
        What the browser code asks for.
    """

    start: str
    karten: Mapping[str, str]
    seiten: Mapping[str, str]
    dateien: Collection[str]
    daten: tuple[Eintrag, ...]

    def karte(self, sprache: str) -> str:
        """Return the page with the map of a language."""
        return next(datei for datei, code in self.karten.items() if code == sprache)

    def verweis(self, von: str, wert: str) -> str | None:
        """Return what a link on a page becomes; None if its target is not in the file.

        Parameters
        ----------
        von
            The page, relative to the root of the folder.
        wert
            The link as it stands there.
        """
        teile = urlsplit(wert)
        if teile.scheme or not teile.path:
            return wert
        ziel = aufgeloest(von, unquote(teile.path))
        sprache = self.karten.get(von) or self.seiten[von]
        if ziel in self.karten:
            return self._zustand(ziel, sprache, teile.query, teile.fragment)
        if ziel in self.seiten:
            stelle = f"&stelle={teile.fragment}" if teile.fragment else ""
            wechsel = self._wechsel(self.seiten[ziel], sprache)
            return f"{_als_query(wechsel)}#seite={ziel}{stelle}"
        return f"#datei={ziel}" if ziel in self.dateien else None

    def _zustand(self, ziel: str, sprache: str, query: str, anker: str) -> str:
        neue = self.karten[ziel]
        paare = parse_qsl(query)
        if paare and neue != self.start:
            paare.append(("sprache", neue))
        elif not paare:
            paare = self._wechsel(neue, sprache)
        anker = anker or ("" if paare else "ergebnis")
        return f"{_als_query(paare)}{'#' + anker if anker else ''}"

    @staticmethod
    def _wechsel(neue: str, sprache: str) -> list[tuple[str, str]]:
        return [] if neue == sprache else [("sprache", neue)]


def aufgeloest(von: str, verweis: str) -> str:
    """Return where a relative link leads, relative to the root of the folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(von), verweis))


def bestand(plan: Plan, ordner: Path, sprachen: Iterable[str], start: str) -> Bestand:
    """Return what a folder with a copy gives.

    Parameters
    ----------
    plan
        That of the copy.
    ordner
        Where it was written: the leaves of long lists are only there.
    sprachen
        Codes of its languages.
    start
        The one in which the file opens.
    """
    ordner_je = {code: "" if code == DEUTSCH.code else f"{code}/" for code in sprachen}
    gefunden = sorted(p.relative_to(ordner).as_posix() for p in ordner.rglob("*.html"))
    karten = {
        f"{ordner_}{pfad[1:]}/index.html".replace("//", "/").lstrip("/"): code
        for pfad in ZUSTANDSSEITEN
        for code, ordner_ in ordner_je.items()
    }
    alle = plan.eintraege.values()
    geplant = {e.datei for e in alle}
    seiten = {
        seite: _sprache(seite, ordner_je)
        for seite in gefunden
        # the map shows its list whole, without leaves
        if seite not in karten and (seite in geplant or aufgeloest(seite, _ERSTES) not in karten)
    }
    dateien = [e.datei for e in alle if e.art == "datei" and not e.datei.startswith(_NICHT)]
    daten = tuple(e for e in alle if e.art == "skript")
    return Bestand(start, karten, seiten, dict.fromkeys(dateien), daten)


def _sprache(seite: str, ordner_je: Mapping[str, str]) -> str:
    vorne = seite.partition("/")[0]
    return vorne if vorne in ordner_je else DEUTSCH.code


def _als_query(paare: list[tuple[str, str]]) -> str:
    return f"?{urlencode(paare, safe=',')}" if paare else ""
