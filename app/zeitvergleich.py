"""What differs between then and now: ``seit`` names a kept publication or a day.

A kept publication is compared directly, Steckbrief by Steckbrief: so also one that was taken back,
of which the log of the present build knows nothing. What is older is known from the log, joined
(`layers.verlauf`): everything that was published on that day or later.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Final

from app import ortszeit
from app.protokoll import Meldung, aus_eintrag
from app.quelle import Quelle
from app.state import MAX_TEXT, Parameterfehler
from app.store import Snapshot
from app.urls import Paare
from layers.vergleich import Unterschied, vergleiche
from layers.verlauf import verbinde

NAME: Final = "seit"
_ID: Final = re.compile(r"\d{8}-\d{9}-")


@dataclass(frozen=True, slots=True)
class Seit:
    """With what the present is compared: the id of a kept build, or a day."""

    von: str | date

    def paare(self) -> Paare:
        """Return the parameter."""
        return ((NAME, str(self.von)),)


@dataclass(frozen=True, slots=True)
class Moeglich:
    """What ``seit`` can be: kept builds, the newest first, and all days of a period."""

    builds: tuple[str, ...]
    von: date
    bis: date

    def __str__(self) -> str:
        """Return it as a message names it."""
        tage = str(self.von) if self.von == self.bis else f"{self.von}–{self.bis}"
        return ", ".join((tage, *self.builds))


def moeglich(snapshot: Snapshot, behalten: Sequence[str], heute: date) -> Moeglich:
    """Return what the present can be compared with, ``behalten`` being the kept builds.

    The first day is that of the first entry of the log or of the oldest kept build, whichever is
    earlier.
    """
    builds = tuple(id_ for id_ in behalten if _ID.match(id_))
    zeiten = [datetime.fromisoformat(e["zeit"]) for e in snapshot.aenderungen[-1:]]
    zeiten += [veroeffentlicht(id_) for id_ in builds[-1:] or (snapshot.id,)]
    return Moeglich(builds, min(map(ortszeit.tag, zeiten)), heute)


def veroeffentlicht(build: str) -> datetime:
    """Return when a build was made, which its id says."""
    tag, zeit, _ = build.split("-")
    return datetime.strptime(tag + zeit, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)


def lies(
    paare: Iterable[tuple[str, str]], erlaubt: Moeglich
) -> tuple[Seit | None, tuple[Parameterfehler, ...]]:
    """Read ``seit``; None without one, and with an error if it names nothing that can be."""
    werte = [bereinigt for name, wert in paare if name == NAME and (bereinigt := wert.strip())]
    if not werte:
        return None, ()
    wert = ", ".join(werte)[:MAX_TEXT]
    if len(werte) > 1:
        return None, (Parameterfehler(NAME, wert, "mehrfach"),)
    if wert in erlaubt.builds:
        return Seit(wert), ()
    tag = _tag(wert)
    if tag is None or not erlaubt.von <= tag <= erlaubt.bis:
        return None, (Parameterfehler(NAME, wert, NAME, str(erlaubt)),)
    return Seit(tag), ()


def _tag(wert: str) -> date | None:
    try:
        tag = date.fromisoformat(wert)
    except ValueError:
        return None
    # also "20261124" and "2026-W48-2" are ISO 8601: one way to say a day is enough
    return tag if wert == tag.isoformat() else None


class Zeitvergleich:
    """Compares one snapshot with what was before; each comparison is made once.

    There are as many as builds are kept and days have entries, so none is ever dropped.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._fertige: dict[str | int, tuple[Meldung, ...]] = {}

    def seit(self, seit: Seit, quelle: Quelle) -> tuple[Meldung, ...]:
        """Return one message for each project that differs: new, completed, changed, gone.

        Raises
        ------
        layers.ablage.Beschaedigt
            The build is no longer kept, or cannot be read.
        """
        # days between two publications are one comparison: what counts is how many came after
        schluessel = seit.von if isinstance(seit.von, str) else len(self._ab(seit.von))
        fertig = self._fertige.get(schluessel)
        if fertig is None:
            eintrag = {
                "zeit": self._snapshot.erstellt,
                **asdict(self._unterschied(seit, quelle)),
            }
            fertig = self._fertige[schluessel] = tuple(aus_eintrag(eintrag))
        return fertig

    def _unterschied(self, seit: Seit, quelle: Quelle) -> Unterschied:
        if isinstance(seit.von, str):
            return vergleiche(quelle.steckbriefe(seit.von), self._snapshot.projekte)
        return verbinde(reversed(self._ab(seit.von)))

    def _ab(self, tag: date) -> Sequence[dict[str, object]]:
        return [
            dict(e)
            for e in self._snapshot.aenderungen
            if ortszeit.tag(datetime.fromisoformat(e["zeit"])) >= tag
        ]
