"""Columns of a record as labelled values: texts, codes as links to their list, dates in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from babel.numbers import format_currency, format_decimal

from app.darstellung import Darstellung
from app.katalog import Katalog
from app.state import Abfrage
from app.vorlagen import datum

_ALS_DATUM: Final = frozenset({"status_stand", "beginn", "ende", "stand"})
_FACETTE: Final = {"stadtbezirke": "stadtbezirk"}
_KEIN_FILTER: Final = frozenset({"belegstufe", "lagegenauigkeit"})
_FREITEXT: Final = frozenset(
    {
        "ziel",
        "sachstand",
        "wirkung",
        "kontakt",
        "foerderung",
        "ort",
        "vornutzung",
        "flaeche_anmerkung",
        "nordwaerts_bezug",
        "beleg",
        "status",
        "teil_der_27",
    }
)
"""What editors wrote: German, unless there is a translated column."""


@dataclass(frozen=True, slots=True)
class Zusatz:
    """A second link behind a value: short words, and what they mean when they are read alone."""

    text: str
    bedeutung: str
    href: str


@dataclass(frozen=True, slots=True)
class Teil:
    """One value, perhaps a link; ``lang`` as in `Text`."""

    text: str
    href: str | None = None
    extern: bool = False
    lang: str | None = None
    zusatz: Zusatz | None = None


@dataclass(frozen=True, slots=True)
class Feld:
    """A label and its values."""

    titel: str
    teile: tuple[Teil, ...]
    trenner: str = ", "


def felder(
    record: Mapping[str, Any],
    namen: Iterable[str],
    d: Darstellung,
    *,
    freitext: frozenset[str] = frozenset(),
) -> tuple[Feld, ...]:
    """Return the fields of a record that have a value, in the given order.

    ``freitext`` names columns that are plain words here although a code list has their name
    (the state of vacant land is described, not coded).
    """
    gefunden = []
    for name in namen:
        wert = record.get(name)
        if wert not in (None, "", []):
            gefunden.append(
                Feld(d.t(f"feld.{name}"), _teile(name, record, wert, d, freitext), _trenner(d))
            )
    return tuple(gefunden)


def _trenner(d: Darstellung) -> str:
    return d.t("satz.trenner")


def _teile(
    name: str,
    record: Mapping[str, Any],
    wert: Any,  # noqa: ANN401
    d: Darstellung,
    freitext: frozenset[str],
) -> tuple[Teil, ...]:
    if name in ("traeger", "partner"):
        return tuple(_organisation(eintrag, d) for eintrag in wert)
    if name == "links":
        return tuple(Teil(url, url, extern=True) for url in wert)
    liste = _FACETTE.get(name, name)
    if liste in d.snapshot.codelisten and name not in freitext:
        codes = wert if isinstance(wert, list) else [wert]
        return tuple(_code(liste, code, d) for code in codes)
    if name in _FREITEXT:
        text = d.uebersetzt(record, name)
        return (Teil(text.text, lang=text.lang),)
    return (Teil(in_worten(name, wert, d.t)),)


def _organisation(eintrag: Mapping[str, Any], d: Darstellung) -> Teil:
    deutsch = d.deutsch(eintrag["name"])
    code = eintrag["code"]
    if code is None:
        return Teil(deutsch.text, lang=deutsch.lang)
    index = d.snapshot.index
    position = index.codes["beteiligt"][code]
    anzahl = int(index.gesamt["beteiligt"][position])
    zusatz = Zusatz(
        str(anzahl),
        d.t("beteiligte.filter", anzahl, name=deutsch.text),
        d.urls.liste(Abfrage(facetten={"beteiligt": (code,)})),
    )
    return Teil(deutsch.text, d.urls.beteiligter(code), lang=deutsch.lang, zusatz=zusatz)


def _code(liste: str, code: str, d: Darstellung) -> Teil:
    label = d.labels.lang[liste][code]
    if liste in _KEIN_FILTER:
        return Teil(label)
    if liste == "stadtbezirk" and code in d.snapshot.orte["stadtbezirke"]:
        return Teil(label, d.urls.stadtbezirk(code))
    return Teil(label, d.urls.liste(Abfrage(facetten={liste: (code,)})))


def in_worten(name: str, wert: Any, t: Katalog) -> str:  # noqa: ANN401
    """Return a value that is neither code nor reference: dates, amounts and areas as people say."""
    if name in _ALS_DATUM:
        return datum(wert, t)
    formen: dict[str, Callable[[], str]] = {
        "kosten_eur": lambda: format_currency(wert, "EUR", "#,##0 ¤", locale=t.locale),
        "flaeche_ha": lambda: t(
            "einheit.ha", wert=format_decimal(wert, "#,##0.#", locale=t.locale)
        ),
        "projektgebiet": lambda: t(f"projektgebiet.{wert}"),
        "zuordnung": lambda: t(f"zuordnung.{wert.lower()}"),
        "statistische_bezirke": lambda: t("satz.trenner").join(wert),
    }
    return formen[name]() if name in formen else str(wert)
