"""The clock of the city: what was published on which day is said in Dortmund's time."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from app.katalog import Katalog

ORTSZEIT: Final = ZoneInfo("Europe/Berlin")


def tag(zeit: datetime) -> date:
    """Return the day on which something happened."""
    return zeit.astimezone(ORTSZEIT).date()


def heute() -> date:
    """Return today."""
    return datetime.now(ORTSZEIT).date()


def in_worten(zeit: datetime, t: Katalog) -> str:
    """Return day and time of day as people say them."""
    am = format_date(tag(zeit), "long", locale=t.locale)
    return f"{am}, {format_time(zeit, 'medium', tzinfo=ORTSZEIT, locale=t.locale)}"
