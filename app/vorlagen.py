"""The templates: an autoescaping Jinja environment that knows the catalogue and the URLs."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.katalog import Katalog
from app.urls import NEUTRAL, Urls

ORDNER: Final = Path(__file__).parent / "templates"
_MUSTER: Final = {1: "y", 2: "LLLL y", 3: "long"}


def umgebung(t: Katalog, urls: Urls = NEUTRAL) -> Environment:
    """Return the environment of one language; every template gets ``t`` and ``urls``."""
    env = Environment(
        loader=FileSystemLoader(ORDNER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(t=t, urls=urls, sprache=t.sprache)
    env.filters.update(
        datum=lambda wert: datum(wert, t),
        euro=lambda wert: euro(wert, t),
        zahl=lambda wert: format_decimal(wert, locale=t.locale),
        host=lambda url: urlsplit(url).hostname or url,
    )
    return env


def euro(wert: int, t: Katalog) -> str:
    """Return whole euros in full."""
    return format_currency(wert, "EUR", "#,##0 ¤", locale=t.locale, currency_digits=False)


def datum(wert: str, t: Katalog) -> str:
    """Return an ISO date (``2016``, ``2016-12``, ``2016-12-08``) in words, as exact as it is."""
    teile = [int(teil) for teil in wert.split("-")]
    jahr, monat, tag = (*teile, 1, 1)[:3]
    return format_date(date(jahr, monat, tag), _MUSTER[len(teile)], locale=t.locale)


def jahre(projekt: Mapping[str, Any], t: Katalog) -> str:
    """Return the Laufzeit in years: ``2016–2023``, ``2016``, or the one end that is documented."""
    beginn, ende = (str(projekt.get(feld) or "")[:4] for feld in ("beginn", "ende"))
    if beginn and ende:
        return beginn if beginn == ende else t("zeitraum.von_bis", von=beginn, bis=ende)
    if not beginn and not ende:
        return ""
    return t("zeitraum.beginn", jahr=beginn) if beginn else t("zeitraum.ende", jahr=ende)
