"""The query contract (DESIGN §4): one table of parameters, one way to parse and to write them.

The table `PARAMETER` is the only place that knows which parameters exist. Parsing, canonical
URLs, the OpenAPI parameters, the form, the chips, the sentence above the list and the
browser code (which gets the table as JSON) are all made from it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlencode

from app.sprachen import SPRACHEN
from app.werte import BBox, Punkt, Ungueltig, bbox, ganzzahl, kennung, punkt

FACETTEN: Final = (
    "handlungsfeld",
    "wirkungsfeld",
    "themenfeld",
    "projektfamilie",
    "stadtbezirk",
    "status",
    "liste",
    "generation",
    "beteiligt",
)
SORTIERUNGEN: Final = (
    "name",
    "nr",
    "stadtbezirk",
    "handlungsfeld",
    "projektfamilie",
    "generation",
    "status",
    "beginn",
    "stand",
    "entfernung",
)
MAX_TEXT: Final = 200
"""Longest accepted value, in characters."""
JAHRE: Final = (1900, 2100)
UMKREIS_METER: Final = (1, 50_000)
_STILL: Final = ("utm_", "mtm_", "pk_")
"""Campaign parameters of newsletters and statistics: passed over without a word."""

Codes: TypeAlias = Mapping[str, Mapping[str, int]]
"""Facet → code → position in its code list; comes with the snapshot."""


class Art(StrEnum):
    """What kind of value a parameter takes; decides how it is parsed."""

    TEXT = "text"
    FACETTE = "facette"
    JAHR = "jahr"
    WAHL = "wahl"
    BBOX = "bbox"
    PUNKT = "punkt"
    METER = "meter"
    SORTIERUNG = "sortierung"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the contract."""

    name: str
    art: Art
    werte: tuple[str, ...] = ()

    @property
    def mehrfach(self) -> bool:
        """Whether the parameter may be repeated (OR within it)."""
        return self.art is Art.FACETTE


PARAMETER: Final = (
    Parameter("q", Art.TEXT),
    *(Parameter(name, Art.FACETTE) for name in FACETTEN),
    Parameter("von", Art.JAHR),
    Parameter("bis", Art.JAHR),
    Parameter("lage", Art.WAHL, ("mit", "ohne")),
    Parameter("bbox", Art.BBOX),
    Parameter("nahe", Art.PUNKT),
    Parameter("umkreis", Art.METER),
    Parameter("sort", Art.SORTIERUNG, SORTIERUNGEN),
    Parameter("sprache", Art.WAHL, tuple(SPRACHEN)),
    Parameter("projekt", Art.ID),
)
_NACH_NAME: Final = {parameter.name: parameter for parameter in PARAMETER}


@dataclass(frozen=True, slots=True)
class Parameterfehler:
    """A value that was not understood.

    ``grund`` is a key of the catalogue (``parameterfehler.<grund>``), ``erlaubt`` its
    filling: what would have been right.
    """

    name: str
    wert: str
    grund: str
    erlaubt: str = ""


@dataclass(frozen=True, slots=True)
class Abfrage:
    """One parsed state; equal states are equal objects and have equal URLs."""

    q: str = ""
    facetten: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    von: int | None = None
    bis: int | None = None
    lage: str | None = None
    bbox: BBox | None = None
    nahe: Punkt | None = None
    umkreis: int | None = None
    sort: str | None = None
    sprache: str | None = None
    projekt: str | None = None

    def paare(self) -> list[tuple[str, str]]:
        """Return the state as name/value pairs in the order of the table."""
        paare: list[tuple[str, str]] = []
        for parameter in PARAMETER:
            if parameter.art is Art.FACETTE:
                paare += [(parameter.name, code) for code in self.facetten.get(parameter.name, ())]
                continue
            wert = getattr(self, parameter.name)
            if wert not in (None, ""):
                paare.append((parameter.name, str(wert)))
        return paare

    def query(self) -> str:
        """Return the canonical query string, with its ``?``, or an empty string."""
        paare = self.paare()
        return "?" + urlencode(paare, safe=",/:", quote_via=quote) if paare else ""

    def ohne(self, name: str, wert: str) -> "Abfrage":
        """Return the state without one of its values; radius and distance go with the point."""
        if name in FACETTEN:
            rest = tuple(code for code in self.facetten.get(name, ()) if code != wert)
            facetten = {k: v for k, v in self.facetten.items() if k != name}
            return replace(self, facetten=_geordnet(facetten | ({name: rest} if rest else {})))
        if name == "nahe":
            sort = None if (self.sort or "").endswith("entfernung") else self.sort
            return replace(self, nahe=None, umkreis=None, sort=sort)
        leer: dict[str, Any] = {name: "" if name == "q" else None}
        return replace(self, **leer)

    def mit_codes(self, codes: Mapping[str, str]) -> "Abfrage":
        """Return the state with exactly one code in each of the given facets."""
        neu = {name: (code,) for name, code in codes.items()}
        return replace(self, facetten=_geordnet({**self.facetten, **neu}))

    def ungefiltert(self) -> "Abfrage":
        """Return what is left when every filter is reset: order and language."""
        sort = None if (self.sort or "").endswith("entfernung") else self.sort
        return Abfrage(sort=sort, sprache=self.sprache)

    @property
    def filtert(self) -> bool:
        """Whether anything narrows the result."""
        return bool(
            self.q
            or self.facetten
            or self.lage
            or self.bbox
            or self.umkreis is not None
            or self.von is not None
            or self.bis is not None
        )


def _geordnet(facetten: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: facetten[name] for name in FACETTEN if facetten.get(name)}


def _wert(parameter: Parameter, wert: str) -> object:
    match parameter.art:
        case Art.JAHR:
            return ganzzahl(wert, JAHRE, "jahr")
        case Art.METER:
            return ganzzahl(wert, UMKREIS_METER, "meter")
        case Art.BBOX:
            return bbox(wert)
        case Art.PUNKT:
            return punkt(wert)
        case Art.WAHL if wert not in parameter.werte:
            raise Ungueltig("wahl", ", ".join(parameter.werte))
        case Art.SORTIERUNG if wert.removeprefix("-") not in parameter.werte:
            raise Ungueltig("wahl", ", ".join(parameter.werte))
        case Art.ID:
            return kennung(wert)
    return wert


def _facette(
    name: str, werte: list[str], codes: Codes
) -> tuple[tuple[str, ...], list[Parameterfehler]]:
    bekannt = codes.get(name, {})
    erlaubt = ", ".join(bekannt)
    fehler = [Parameterfehler(name, wert, "code", erlaubt) for wert in werte if wert not in bekannt]
    gut = sorted({wert for wert in werte if wert in bekannt}, key=bekannt.__getitem__)
    return tuple(gut), fehler


def _einzeln(parameter: Parameter, werte: list[str]) -> tuple[object | None, list[Parameterfehler]]:
    wert = werte[0]
    if len(werte) > 1:
        return None, [Parameterfehler(parameter.name, ", ".join(werte)[:MAX_TEXT], "mehrfach")]
    if len(wert) > MAX_TEXT:
        return None, [
            Parameterfehler(parameter.name, wert[:MAX_TEXT] + "…", "laenge", str(MAX_TEXT))
        ]
    try:
        return _wert(parameter, wert), []
    except Ungueltig as fehler:
        return None, [Parameterfehler(parameter.name, wert, fehler.grund, fehler.erlaubt)]


def _gemeinsam(werte: dict[str, object]) -> list[Parameterfehler]:
    """Drop values that make sense only together with another one, and say so."""
    fehler: list[Parameterfehler] = []
    von, bis = werte.get("von"), werte.get("bis")
    if isinstance(von, int) and isinstance(bis, int) and von > bis:
        fehler.append(Parameterfehler("bis", str(werte.pop("bis")), "reihenfolge", str(von)))
    if "nahe" not in werte:
        if "umkreis" in werte:
            fehler.append(Parameterfehler("umkreis", str(werte.pop("umkreis")), "ohne-nahe"))
        if str(werte.get("sort", "")).endswith("entfernung"):
            fehler.append(Parameterfehler("sort", str(werte.pop("sort")), "ohne-nahe"))
    return fehler


def eigene(
    paare: Iterable[tuple[str, str]], namen: Iterable[str]
) -> tuple[dict[str, str], list[Parameterfehler]]:
    """Read what a surface knows beside the state, each parameter at most once.

    Parameters
    ----------
    paare
        Decoded name/value pairs of a query string.
    namen
        The parameters of the surface; `parse` is told to skip them (``auch``).

    Returns
    -------
    Name → value without white space around it, and an error for each name that is repeated.
    Values are cut at `MAX_TEXT` characters; what they mean is the surface's matter.
    """
    bekannt = frozenset(namen)
    gruppen: defaultdict[str, list[str]] = defaultdict(list)
    for name, roh in paare:
        if name in bekannt and (wert := roh.strip()):
            gruppen[name].append(wert[:MAX_TEXT])
    fehler = [
        Parameterfehler(name, ", ".join(werte)[:MAX_TEXT], "mehrfach")
        for name, werte in gruppen.items()
        if len(werte) > 1
    ]
    return {name: werte[0] for name, werte in gruppen.items() if len(werte) == 1}, fehler


def parse(
    paare: Iterable[tuple[str, str]], codes: Codes, auch: Iterable[str] = ()
) -> tuple[Abfrage, tuple[Parameterfehler, ...]]:
    """Read a state from the pairs of a query string.

    Parameters
    ----------
    paare
        Decoded name/value pairs, in any order, repeated as often as somebody wrote them.
    codes
        The codes that exist in the snapshot, per facet.
    auch
        Names that another reader understands (``limit``, ``seite``); skipped here.

    Returns
    -------
    The state made of everything that was understood, and one `Parameterfehler` for each
    value that was not. API and exports answer 400 with them, pages show them.
    """
    gruppen: defaultdict[str, list[str]] = defaultdict(list)
    for name, wert in paare:
        if bereinigt := wert.strip():
            gruppen[name].append(bereinigt)
    uebergangen = frozenset(auch)
    werte: dict[str, Any] = {}
    facetten: dict[str, tuple[str, ...]] = {}
    fehler: list[Parameterfehler] = []
    for name, rohwerte in gruppen.items():
        parameter = _NACH_NAME.get(name)
        if parameter is None:
            if name not in uebergangen and not name.startswith(_STILL):
                namen = ", ".join(p.name for p in PARAMETER)
                fehler.append(
                    Parameterfehler(name[:MAX_TEXT], rohwerte[0][:MAX_TEXT], "unbekannt", namen)
                )
        elif parameter.art is Art.FACETTE:
            gut, schlecht = _facette(name, rohwerte, codes)
            facetten[name] = gut
            fehler += schlecht
        else:
            wert_, schlecht = _einzeln(parameter, rohwerte)
            fehler += schlecht
            if wert_ is not None:
                werte[name] = wert_
    fehler += _gemeinsam(werte)
    return Abfrage(facetten=_geordnet(facetten), **werte), tuple(fehler)
