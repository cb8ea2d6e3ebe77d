"""Join the log of changes: what differs between then and now, however often it changed between.

The log (``aenderungen.json``, `layers.vergleich`) says what each build changed. Joined it says what
`layers.vergleich.vergleiche` would say of the first and the last state: a field goes from its
oldest to its newest value, what was undone is no change, who came and went was never there.

One thing the log does not know: what a project that went and came back was like before. Such a
project is changed with no field named.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from layers.vergleich import ABGESCHLOSSEN, Feldaenderung, Geaendert, Genannt, Unterschied

_LEER: Final[Mapping[str, Feldaenderung]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Spur:
    """What the log says about one project up to some build.

    Attributes
    ----------
    anfangs, name
        Its name when the log first says something about it, and by now.
    vorher, da
        Whether it was there at the beginning, and whether it is by now.
    unterbrochen
        Whether it went and came back.
    felder
        Column → its oldest and its newest value.
    """

    anfangs: str
    vorher: bool
    da: bool
    name: str = ""
    unterbrochen: bool = False
    felder: Mapping[str, Feldaenderung] = field(default_factory=lambda: _LEER)

    @property
    def geaendert(self) -> tuple[Feldaenderung, ...]:
        """The fields that still differ."""
        return tuple(f for f in self.felder.values() if f.alt != f.neu)


def verbinde(eintraege: Iterable[Mapping[str, Any]]) -> Unterschied:
    """Return what some entries of the log change together.

    Parameters
    ----------
    eintraege
        Consecutive entries of ``aenderungen.json``, the **oldest first** (the file has the newest
        first).
    """
    spuren: dict[str, _Spur] = {}
    for eintrag in eintraege:
        spuren.update(_nach(eintrag, spuren))
    geordnet = sorted(spuren.items())
    geblieben = [(id_, spur) for id_, spur in geordnet if spur.vorher and spur.da]
    return Unterschied(
        neu=tuple(Genannt(i, s.name) for i, s in geordnet if s.da and not s.vorher),
        geaendert=tuple(
            Geaendert(i, s.name, () if s.unterbrochen else s.geaendert)
            for i, s in geblieben
            if s.unterbrochen or s.geaendert
        ),
        abgeschlossen=tuple(
            Genannt(i, s.name) for i, s in geblieben if not s.unterbrochen and _fertig(s)
        ),
        entfallen=tuple(Genannt(i, s.anfangs) for i, s in geordnet if s.vorher and not s.da),
    )


def _nach(eintrag: Mapping[str, Any], spuren: Mapping[str, _Spur]) -> Iterator[tuple[str, _Spur]]:
    """Yield what is known of each project of an entry after it."""
    for genannt in eintrag["neu"]:
        bisher = spuren.get(genannt["id"], _Spur(genannt["name"], vorher=False, da=False))
        yield (
            genannt["id"],
            replace(bisher, name=genannt["name"], da=True, unterbrochen=bisher.vorher),
        )
    for geaendert in eintrag["geaendert"]:
        namen = (f["alt"] for f in geaendert["felder"] if f["feld"] == "name")
        anfangs = next(namen, geaendert["name"])
        bisher = spuren.get(geaendert["id"], _Spur(anfangs, vorher=True, da=True))
        felder = {**bisher.felder}
        for f in geaendert["felder"]:
            erste = felder.get(f["feld"])
            felder[f["feld"]] = Feldaenderung(f["feld"], erste.alt if erste else f["alt"], f["neu"])
        # the old values of who came back are not those of the beginning
        bleibt = bisher.felder if bisher.unterbrochen else felder
        yield geaendert["id"], replace(bisher, name=geaendert["name"], felder=bleibt)
    for genannt in eintrag["entfallen"]:
        bisher = spuren.get(genannt["id"], _Spur(genannt["name"], vorher=True, da=True))
        yield genannt["id"], replace(bisher, name=genannt["name"], da=False)


def _fertig(spur: _Spur) -> bool:
    status = spur.felder.get("status")
    return bool(status and status.neu == ABGESCHLOSSEN and status.alt != ABGESCHLOSSEN)
