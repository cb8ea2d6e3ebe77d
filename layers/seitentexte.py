"""The texts that the law asks for: ``texte/<seite>.md``, and ``texte/<seite>.<sprache>.md``.

The city fills them; here they are read, checked and set (`layers.markdowntext`), so that the
service has nothing to do but to show them. A text with a mistake is not published: its page says
that it is missing, which is better than showing what nobody wrote.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson

from layers.befund import Befund, Code, Wert
from layers.markdowntext import Markdowntext, fehlstellen, setze
from layers.sprachen import UEBERSETZT

ORDNER: Final = "texte"
ENDUNG: Final = ".md"
DEUTSCH: Final = "de"
BARRIEREFREIHEIT: Final = "barrierefreiheit"
SEITEN: Final = (BARRIEREFREIHEIT, "datenschutz", "impressum")
GRENZE_KB: Final = 100
"""Size of a text in kilobytes (1000 bytes), some thirty pages: what is larger is no such text."""


@dataclass(frozen=True, slots=True)
class Seitentext:
    """One text in one language.

    Parameters
    ----------
    seite, sprache
        One of `SEITEN`; ``de`` or one of `layers.sprachen.UEBERSETZT`.
    datei
        Where it was read, relative to the folder of the sources.
    titel, html, stand
        See `layers.markdowntext.Markdowntext`.
    offen
        How many markers ``[auszufüllen: …]`` are left.
    """

    seite: str
    sprache: str
    datei: str
    titel: str
    html: str
    stand: str
    offen: int


def lies(quelle: Path) -> tuple[tuple[Seitentext, ...], tuple[Befund, ...]]:
    """Return the texts of a folder of sources that can be shown, and what there is to say."""
    texte: list[Seitentext] = []
    befunde = list(_unbekannte(quelle))
    for seite in SEITEN:
        for sprache in (DEUTSCH, *UEBERSETZT):
            datei = _datei(seite, sprache)
            text, gefunden = _lies(quelle / datei, datei, pflicht=sprache == DEUTSCH)
            befunde += gefunden
            if text is not None:
                gesetzt = setze(text)
                befunde += _befunde(gesetzt, datei, mit_stand=sprache == DEUTSCH)
                texte.append(_seitentext(seite, sprache, datei, gesetzt))
    return tuple(texte), tuple(befunde)


def veraltete(texte: Iterable[Seitentext], stichtag: date) -> Iterator[Befund]:
    """Yield a finding where the Erklärung zur Barrierefreiheit is older than a year."""
    for text in texte:
        if text.seite == BARRIEREFREIHEIT and text.stand and _abgelaufen(text.stand, stichtag):
            yield Befund(Code.TEXT_VERALTET, text.datei, wert=text.stand)


def als_json(texte: Iterable[Seitentext]) -> dict[str, Any]:
    """Return the content of ``seitentexte.json``: page → language → text."""
    seiten: dict[str, dict[str, Any]] = {seite: {} for seite in SEITEN}
    for text in texte:
        angaben = asdict(text)
        seiten[angaben.pop("seite")][angaben.pop("sprache")] = angaben
        del angaben["datei"]
    return {"seiten": seiten}


def geaenderte(alt: bytes | None, neu: bytes | None) -> tuple[str, ...]:
    """Return which texts differ between two ``seitentexte.json``, as the files they come from.

    None is a build from before there were any.
    """
    vorher, nachher = (orjson.loads(inhalt)["seiten"] if inhalt else {} for inhalt in (alt, neu))
    return tuple(
        _datei(seite, sprache)
        for seite in SEITEN
        for sprache in (DEUTSCH, *UEBERSETZT)
        if vorher.get(seite, {}).get(sprache) != nachher.get(seite, {}).get(sprache)
    )


def _datei(seite: str, sprache: str) -> str:
    mitte = "" if sprache == DEUTSCH else f".{sprache}"
    return f"{ORDNER}/{seite}{mitte}{ENDUNG}"


def _unbekannte(quelle: Path) -> Iterator[Befund]:
    """Yield what lies in the folder under a name that no page has: most likely a slip."""
    bekannt = {_datei(seite, sprache) for seite in SEITEN for sprache in (DEUTSCH, *UEBERSETZT)}
    for pfad in sorted((quelle / ORDNER).glob("*")):
        datei = f"{ORDNER}/{pfad.name}"
        if datei not in bekannt and not pfad.name.startswith((".", "~")):
            werte = {"erlaubt": ", ".join(f"{seite}{ENDUNG}" for seite in SEITEN)}
            yield Befund(Code.TEXT_UNBEKANNT, datei, werte=werte)


def _lies(pfad: Path, datei: str, *, pflicht: bool) -> tuple[str | None, list[Befund]]:
    """Return the words of a file, or why they cannot be shown."""
    try:
        if pfad.stat().st_size > GRENZE_KB * 1000:
            return None, [Befund(Code.TEXT_ZU_GROSS, datei, werte={"grenze": GRENZE_KB})]
        text = pfad.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return None, [Befund(Code.TEXT_FEHLT, datei)] if pflicht else []
    except UnicodeDecodeError:
        return None, [Befund(Code.TEXT_KODIERUNG, datei)]
    except OSError as fehler:
        werte = {"grund": type(fehler).__name__}
        return None, [Befund(Code.DATEI_UNLESBAR, datei, werte=werte)]
    if not text.strip():
        return None, [Befund(Code.TEXT_LEER, datei)]
    stellen = [Befund(s.code, datei, zeile=s.zeile, wert=s.fund) for s in fehlstellen(text)]
    return (None if stellen else text), stellen


def _befunde(text: Markdowntext, datei: str, *, mit_stand: bool) -> Iterator[Befund]:
    if not text.titel:
        yield Befund(Code.TEXT_OHNE_UEBERSCHRIFT, datei)
    if text.auszufuellen:
        werte: dict[str, Wert] = {
            "anzahl": len(text.auszufuellen),
            "angaben": "; ".join(text.auszufuellen),
        }
        yield Befund(Code.TEXT_AUSZUFUELLEN, datei, werte=werte)
    if mit_stand and not text.stand:
        yield Befund(Code.TEXT_OHNE_STAND, datei)


def _seitentext(seite: str, sprache: str, datei: str, text: Markdowntext) -> Seitentext:
    offen = len(text.auszufuellen)
    return Seitentext(seite, sprache, datei, text.titel, text.html, text.stand, offen)


def _abgelaufen(stand: str, stichtag: date) -> bool:
    """Return whether an ISO date of any precision is more than a year past; a month to its end."""
    tag = stand + "-12-31"[len(stand) - 4 :]
    return stichtag.isoformat() > f"{int(tag[:4]) + 1}{tag[4:]}"
