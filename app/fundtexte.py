"""What the list shows of a hit: where it stands in the entry, and where else it was found."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from app.beschriftung import OHNE_ANGABE
from app.darstellung import Darstellung
from app.hervorhebung import Fundstelle, Stelle, Stueck, fundstellen, getroffen, markiere
from app.sprachen import DEUTSCH, UEBERSETZT
from app.state import FACETTEN

FELDER: Final = (
    "kurzbeschreibung",
    "ziel",
    "sachstand",
    "wirkung",
    "foerderung",
    "kontakt",
    "traeger",
    "partner",
    "ort",
    "nr",
    "liste",
    "status",
    "handlungsfeld",
    "wirkungsfeld",
    "themenfeld",
    "projektfamilie",
    "generation",
    "stadtbezirke",
    "belegstufe",
)
"""In what a word can be found beside the name (``layers.texte.FELDER``, without translations)."""
_SPALTE: Final = {"stadtbezirk": "stadtbezirke"}
_TRENNER: Final = " · "


@dataclass(frozen=True, slots=True)
class Fund:
    """A list entry in which the words of a query are marked."""

    name: tuple[Stueck, ...]
    meta: tuple[Stueck, ...]
    stellen: tuple[Fundstelle, ...]


def fund(d: Darstellung, zeile: int, worte: Collection[str]) -> Fund:
    """Return what a list entry shows of a hit.

    Words that stand in the name, the number, the Stadtbezirk or the status are marked there;
    for the others the text is quoted in which they were found.
    """
    eintrag = d.daten[zeile]
    nr = d.snapshot.projekte[zeile].get("nr") or ""
    # "Nr." itself was not searched: only what the number begins with is a hit in it.
    zeilen = [
        (eintrag.nr, getroffen(nr, worte)),
        (eintrag.bezirke, getroffen(eintrag.bezirke, worte)),
        (eintrag.status, getroffen(eintrag.status, worte)),
        *((text, frozenset[str]()) for text in eintrag.rest),
    ]
    gezeigt = getroffen(eintrag.name, worte).union(*(gefunden for _, gefunden in zeilen))
    offen = [wort for wort in worte if wort not in gezeigt]
    return Fund(
        name=markiere(eintrag.name, worte),
        meta=_verbunden([markiere(text, gefunden) for text, gefunden in zeilen if text]),
        stellen=fundstellen(stellen(d, zeile), worte, offen) if offen else (),
    )


def _verbunden(teile: Sequence[tuple[Stueck, ...]]) -> tuple[Stueck, ...]:
    mit_trenner = [(Stueck(_TRENNER), *teil) if i else teil for i, teil in enumerate(teile)]
    return tuple(chain.from_iterable(mit_trenner))


def stellen(d: Darstellung, zeile: int) -> tuple[Stelle, ...]:
    """Return the searched texts of a project: in the page's language first, then the German ones.

    Translations into other languages are left out: they would explain nothing to the reader.
    """
    return (*_uebersetzte(d, zeile), *_labels(d, zeile), *_deutsche(d, zeile))


def stellen_mit_name(d: Darstellung, zeile: int) -> tuple[Stelle, ...]:
    """Return the searched texts with the name before them: where a spelling is looked up."""
    return (Stelle("name", d.snapshot.projekte[zeile]["name"]), *stellen(d, zeile))


def _uebersetzte(d: Darstellung, zeile: int) -> Iterator[Stelle]:
    endung = f"_{d.t.sprache.code}"
    for feld, text in d.snapshot.texte[zeile]:
        if feld.endswith(endung):
            yield Stelle(feld.removesuffix(endung), text)


def _labels(d: Darstellung, zeile: int) -> Iterator[Stelle]:
    if d.t.sprache.code == DEUTSCH.code:
        return
    for name in FACETTEN:
        codes = d.snapshot.index.facetten[name].codes_von(zeile)
        if name != "beteiligt" and codes != (OHNE_ANGABE,):
            text = "; ".join(d.labels.facetten[name][code] for code in codes)
            yield Stelle(_SPALTE.get(name, name), text)


def _deutsche(d: Darstellung, zeile: int) -> Iterator[Stelle]:
    fremd = d.t.sprache.code != DEUTSCH.code
    for feld, text in d.snapshot.texte[zeile]:
        if feld.rpartition("_")[2] not in UEBERSETZT:
            yield Stelle(feld, text, fremd)
