"""The log of the builds as messages: one a project and build, the newest first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.store import Snapshot

Art = Literal["neu", "abgeschlossen", "geaendert", "entfallen"]


@dataclass(frozen=True, slots=True)
class Meldung:
    """One project in one build.

    Attributes
    ----------
    zeit
        When the build was made (UTC).
    felder
        (column, before, after) as in the log; empty unless a field changed.
    """

    art: Art
    id: str
    name: str
    zeit: datetime
    felder: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def unterbrochen(self) -> bool:
        """Whether the project was gone for a while: what changed in it is not known."""
        return self.art == "geaendert" and not self.felder

    @property
    def kennung(self) -> str:
        """Return a name that stays the same in every feed that carries the message."""
        return f"urn:nordwaerts:{self.art}:{self.id}:{self.zeit:%Y%m%dT%H%M%SZ}"


def meldungen(snapshot: Snapshot) -> tuple[Meldung, ...]:
    """Return all messages of the log, the newest build first, within it by kind and name."""
    return tuple(m for eintrag in snapshot.aenderungen for m in aus_eintrag(eintrag))


def aus_eintrag(eintrag: Mapping[str, Any]) -> Iterator[Meldung]:
    """Yield the messages of one entry of the log, or of a comparison in the same form."""
    zeit = datetime.fromisoformat(eintrag["zeit"])
    fertig = {genannt["id"] for genannt in eintrag["abgeschlossen"]}
    for genannt in eintrag["neu"]:
        yield Meldung("neu", genannt["id"], genannt["name"], zeit)
    # who completes a project changes its status: one message, not two
    for art in ("abgeschlossen", "geaendert"):
        for geaendert in eintrag["geaendert"]:
            if (geaendert["id"] in fertig) == (art == "abgeschlossen"):
                felder = tuple((f["feld"], f["alt"], f["neu"]) for f in geaendert["felder"])
                yield Meldung(art, geaendert["id"], geaendert["name"], zeit, felder)
    for genannt in eintrag["entfallen"]:
        yield Meldung("entfallen", genannt["id"], genannt["name"], zeit)


def auswahl(alle: Iterable[Meldung], ids: Collection[str] | None) -> tuple[Meldung, ...]:
    """Return the messages on some projects; None: on all, those that are gone among them."""
    return tuple(m for m in alle if ids is None or (m.id in ids and m.art != "entfallen"))
