"""Figures: series of runs, ratios of neighbours, and the files that keep them."""

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TypeVar

WIR: Final = "ours"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reihe:
    """Figures of several runs."""

    werte: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.werte)

    def text(self, muster: str) -> str:
        """Median and spread, e.g. ``1.42 (1.40–1.55)``; a single run has no spread."""
        if len(self.werte) == 1:
            return format(self.median, muster)
        zahlen = (format(w, muster) for w in (self.median, min(self.werte), max(self.werte)))
        return "{} ({}–{})".format(*zahlen)

    def durch(self, andere: "Reihe") -> "Reihe":
        """Return the ratio of each run to its neighbour in the other series.

        Raises
        ------
        ValueError
            The series are not of equal length, so they were not measured in turns.
        """
        return Reihe(tuple(a / b for a, b in zip(self.werte, andere.werte, strict=True)))


@dataclass(frozen=True, slots=True)
class Messreihe:
    """One line of a table of figures: quantity (with its unit), case, whose, one value a run."""

    groesse: str
    fall: str
    wer: str
    werte: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """What one part has measured, when, where and of which state of the code.

    ``aufbau`` says how the rivals are set up, ``bemerkungen`` what else the figures show; both
    are lines of Markdown.
    """

    teil: str
    tag: str
    maschine: str
    code: str
    sekunden: float
    reihen: tuple[Messreihe, ...]
    aufbau: tuple[str, ...] = ()
    bemerkungen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ziel:
    """A target and what became of it; ``erreicht`` is None where nothing was measured."""

    was: str
    soll: str
    ist: str
    erreicht: bool | None


class Zahlen:
    """The figures of all parts, whichever days they were measured on."""

    def __init__(self, ergebnisse: Iterable[Ergebnis]) -> None:
        self.ergebnisse: Final = {e.teil: e for e in ergebnisse}
        self._reihen: Final = {
            (r.groesse, r.fall, r.wer): Reihe(r.werte)
            for e in self.ergebnisse.values()
            for r in e.reihen
        }

    def reihe(self, groesse: str, fall: str, wer: str = WIR) -> Reihe | None:
        """Return one series, None if it was not measured."""
        return self._reihen.get((groesse, fall, wer))

    def faelle(self, groesse: str) -> tuple[str, ...]:
        """Return the cases of a quantity in the order in which they were measured."""
        return tuple(dict.fromkeys(f for g, f, _ in self._reihen if g == groesse))

    def wer(self, groesse: str) -> tuple[str, ...]:
        """Return whose figures there are of a quantity, in the order of measurement."""
        return tuple(dict.fromkeys(w for g, _, w in self._reihen if g == groesse))

    def wachstum(self, groesse: str, wer: str = WIR) -> list[tuple[int, Reihe]]:
        """Return a quantity by the number of projects, for cases that are such a number."""
        gemessen = ((f, self.reihe(groesse, f, wer)) for f in self.faelle(groesse) if f.isdigit())
        return sorted(((int(f), r) for f, r in gemessen if r), key=lambda paar: paar[0])


def schreibe(ordner: Path, ergebnis: Ergebnis) -> None:
    """Keep the result of a part."""
    ordner.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(ergebnis), ensure_ascii=False, indent=1)
    (ordner / f"{ergebnis.teil}.json").write_text(text + "\n", "utf-8")


def lies(ordner: Path) -> Zahlen:
    """Read the kept results of all parts."""
    return Zahlen(
        _ergebnis(json.loads(p.read_text("utf-8"))) for p in sorted(ordner.glob("*.json"))
    )


def _ergebnis(roh: dict[str, object]) -> Ergebnis:
    reihen = roh.pop("reihen")
    aufbau, bemerkungen = roh.pop("aufbau"), roh.pop("bemerkungen")
    assert isinstance(reihen, list)
    assert isinstance(aufbau, list)
    assert isinstance(bemerkungen, list)
    return Ergebnis(
        **roh,  # type: ignore[arg-type]  # written by `schreibe` from the same class
        reihen=tuple(
            Messreihe(r["groesse"], r["fall"], r["wer"], tuple(r["werte"])) for r in reihen
        ),
        aufbau=tuple(aufbau),
        bemerkungen=tuple(bemerkungen),
    )


def abwechselnd(
    messungen: Sequence[Callable[[], T]], runden: int, vorlauf: Sequence[Callable[[], object]] = ()
) -> list[list[T]]:
    """Measure in turns (A, B, A, B, …), so that a slow minute of the machine hits all alike.

    Returns
    -------
    The results of each measurement, one a round. ``vorlauf`` runs first and does not count.
    """
    for auftakt in vorlauf:
        auftakt()
    ergebnisse: list[list[T]] = [[] for _ in messungen]
    for _ in range(runden):
        for liste, miss in zip(ergebnisse, messungen, strict=True):
            liste.append(miss())
    return ergebnisse
