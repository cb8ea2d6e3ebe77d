"""Which settings hold, where each comes from, and what was written that is none."""

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import orjson
from pydantic import SecretBytes, SecretStr
from pydantic_settings import BaseSettings

from app.settings import Settings
from app.zugang import GEHEIM, ohne_zugang
from layers.einstellungen import DATEI, Einstellungen, lade
from layers.einstellungsdatei import VARIABLE, VORSATZ, betriebsdatei, betriebswerte, lies

Herkunft = Literal["vorgabe", "datei", "umgebung"]


@dataclass(frozen=True, slots=True)
class Einstellung:
    """One setting as it holds.

    ``wert`` is text, lists and tables as JSON, what is secret as `GEHEIM`; ``ort`` is the variable
    or file it comes from, empty for a default.
    """

    name: str
    wert: str
    herkunft: Herkunft
    ort: str


@dataclass(frozen=True, slots=True)
class Unbekannt:
    """A name that is no setting, where it stands, and the setting that looks most like it."""

    name: str
    ort: str
    vorschlag: str


def bekannte() -> frozenset[str]:
    """Return the names of all settings, of the service and of the build half."""
    return frozenset((*Settings.model_fields, *Einstellungen.model_fields))


def des_dienstes() -> tuple[Einstellung, ...]:
    """Return the settings of the service, in the order of their definition.

    Raises
    ------
    pydantic.ValidationError, pydantic_settings.SettingsError, layers.ablehnung.Abgelehnt
        A value is not allowed, or the operator's file cannot be read.
    """
    return tuple(_eintraege(Settings(), _aus_dateien(None)))


def des_baus(geodata: Path) -> tuple[Einstellung, ...]:
    """Return the settings of the build half that hold for a folder of sources.

    Raises
    ------
    layers.ablehnung.Abgelehnt
        A file cannot be read, or a value is not allowed.
    """
    return tuple(_eintraege(lade(geodata), _aus_dateien(geodata)))


def unbekannte() -> Iterator[Unbekannt]:
    """Yield what the environment or the operator's file names without there being such a setting.

    Raises
    ------
    layers.ablehnung.Abgelehnt
        The file cannot be read.
    """
    namen = bekannte()
    variablen = {f"{VORSATZ}{name.upper()}" for name in namen} | {VARIABLE}
    gesetzt = (name for name in os.environ if name.upper().startswith(VORSATZ))
    yield from _fremde(gesetzt, variablen, "Umgebung")
    yield from _fremde(betriebswerte(), namen, str(betriebsdatei()))


def _fremde(gesetzt: Iterable[str], bekannt: Iterable[str], ort: str) -> Iterator[Unbekannt]:
    muster = {name.casefold(): name for name in sorted(bekannt)}
    for name in sorted(gesetzt):
        if name.casefold() in muster:
            continue
        aehnlich = difflib.get_close_matches(name.casefold(), muster, n=1, cutoff=0.7)
        yield Unbekannt(name, ort, muster[aehnlich[0]] if aehnlich else "")


def _aus_dateien(geodata: Path | None) -> dict[str, Path]:
    """Return which file sets which name; the operator's goes before that of the sources."""
    dateien: dict[str, Path] = {}
    if geodata is not None and (geodata / DATEI).exists():
        dateien |= dict.fromkeys(lies(geodata / DATEI), geodata / DATEI)
    if betrieb := betriebsdatei():
        dateien |= dict.fromkeys(betriebswerte(), betrieb)
    return dateien


def _eintraege(gesetzt: BaseSettings, dateien: Mapping[str, Path]) -> Iterator[Einstellung]:
    umgebung = {name.upper() for name in os.environ}
    werte = gesetzt.model_dump(mode="json")
    for name in type(gesetzt).model_fields:
        text = GEHEIM if _geheim(getattr(gesetzt, name)) else _text(werte[name])
        variable = f"{VORSATZ}{name.upper()}"
        if variable in umgebung:
            yield Einstellung(name, text, "umgebung", variable)
        elif name in dateien:
            yield Einstellung(name, text, "datei", str(dateien[name]))
        else:
            yield Einstellung(name, text, "vorgabe", "")


def _geheim(wert: object) -> bool:
    return isinstance(wert, SecretStr | SecretBytes) and bool(wert.get_secret_value())


def _text(wert: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if wert is None:
        return ""
    text = wert if isinstance(wert, str) else orjson.dumps(wert).decode()
    return ohne_zugang(text)
