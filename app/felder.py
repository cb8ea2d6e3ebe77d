"""Columns of a record as labelled values: texts, codes as links to their list, dates in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from babel.numbers import format_currency, format_decimal

from app import urls
from app.katalog import Katalog
from app.state import Abfrage
from app.store import Snapshot
from app.vorlagen import datum

_ALS_DATUM: Final = frozenset({"status_stand", "beginn", "ende", "stand"})
_FACETTE: Final = {"stadtbezirke": "stadtbezirk"}
_KEIN_FILTER: Final = frozenset({"belegstufe", "lagegenauigkeit"})


@dataclass(frozen=True, slots=True)
class Teil:
    """One value, perhaps a link."""

    text: str
    href: str | None = None
    extern: bool = False


@dataclass(frozen=True, slots=True)
class Feld:
    """A label and its values."""

    titel: str
    teile: tuple[Teil, ...]
    trenner: str = ", "


def felder(
    record: Mapping[str, Any],
    namen: Iterable[str],
    snapshot: Snapshot,
    t: Katalog,
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
            gefunden.append(Feld(t(f"feld.{name}"), _teile(name, wert, snapshot, t, freitext)))
    return tuple(gefunden)


def code_label(snapshot: Snapshot, liste: str, code: str) -> str:
    """Return the label of a code in its code list."""
    label: str = snapshot.codelisten[liste][code]["label"]
    return label


def _teile(
    name: str,
    wert: Any,  # noqa: ANN401
    snapshot: Snapshot,
    t: Katalog,
    freitext: frozenset[str],
) -> tuple[Teil, ...]:
    if name in ("traeger", "partner"):
        return tuple(_organisation(eintrag) for eintrag in wert)
    if name == "links":
        return tuple(Teil(url, url, extern=True) for url in wert)
    liste = _FACETTE.get(name, name)
    if liste in snapshot.codelisten and name not in freitext:
        codes = wert if isinstance(wert, list) else [wert]
        return tuple(_code(liste, code, snapshot) for code in codes)
    return (Teil(_text(name, wert, t)),)


def _organisation(eintrag: Mapping[str, Any]) -> Teil:
    if eintrag["code"] is None:
        return Teil(eintrag["name"])
    return Teil(eintrag["name"], urls.liste(Abfrage(facetten={"beteiligt": (eintrag["code"],)})))


def _code(liste: str, code: str, snapshot: Snapshot) -> Teil:
    label = code_label(snapshot, liste, code)
    if liste in _KEIN_FILTER:
        return Teil(label)
    if liste == "stadtbezirk" and code in snapshot.orte["stadtbezirke"]:
        return Teil(label, urls.stadtbezirk(code))
    return Teil(label, urls.liste(Abfrage(facetten={liste: (code,)})))


def _text(name: str, wert: Any, t: Katalog) -> str:  # noqa: ANN401
    if name in _ALS_DATUM:
        return datum(wert, t)
    formen: dict[str, Callable[[], str]] = {
        "kosten_eur": lambda: format_currency(wert, "EUR", "#,##0 ¤", locale=t.locale),
        "flaeche_ha": lambda: t(
            "einheit.ha", wert=format_decimal(wert, "#,##0.#", locale=t.locale)
        ),
        "projektgebiet": lambda: t(f"projektgebiet.{wert}"),
        "zuordnung": lambda: t(f"zuordnung.{wert.lower()}"),
        "statistische_bezirke": lambda: ", ".join(wert),
    }
    return formen[name]() if name in formen else str(wert)
