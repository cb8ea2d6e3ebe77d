"""``/suche`` as a page: every answer is a link to the projects around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.darstellung import Darstellung, Text
from app.errors import satz as fehlersatz
from app.ortssuche import Treffer
from app.state import Abfrage, Parameterfehler


@dataclass(frozen=True, slots=True)
class Ortslink:
    """One answer.

    Attributes
    ----------
    href
        The projects around it, the nearest first; its own page where it is not located.
    seite
        Its own page, empty if it has none or ``href`` leads there already.
    """

    name: Text
    art: str
    zusatz: str
    href: str
    seite: str


@dataclass(frozen=True, slots=True)
class Ortsseite:
    """The context of ``suche.html``; ``adressen`` says whether streets could be looked up."""

    q: str
    treffer: tuple[Ortslink, ...]
    hinweise: tuple[str, ...]
    adressen: bool


def ortsseite(
    q: str,
    treffer: Sequence[Treffer],
    d: Darstellung,
    fehler: Sequence[Parameterfehler],
    *,
    adressen: bool,
) -> Ortsseite:
    """Return the context of the page of answers to a text."""
    return Ortsseite(
        q=q,
        treffer=tuple(_link(einer, d) for einer in treffer),
        hinweise=tuple(fehlersatz(d.t, einzeln) for einzeln in fehler),
        adressen=adressen,
    )


def _link(treffer: Treffer, d: Darstellung) -> Ortslink:
    seite = treffer.seite(d.urls)
    nahe = Abfrage(nahe=treffer.punkt, umkreis=treffer.umkreis)
    return Ortslink(
        name=d.deutsch(treffer.name),
        art=d.t(f"naehe.art.{treffer.art}"),
        zusatz=treffer.zusatz,
        href=d.urls.liste(nahe) if treffer.punkt else seite,
        seite=seite if treffer.punkt else "",
    )
