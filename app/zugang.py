"""Addresses without what lets somebody in: the form in which they are shown and logged."""

import re
from typing import Final

GEHEIM: Final = "***"
_NUTZER: Final = re.compile(r"(?<=://)[^/@\s]+@")
"""User and password before the host."""
_KENNWORT: Final = re.compile(r"(?i)\b(password|passwort|sslpassword)=[^&\s]*")


def ohne_zugang(text: str) -> str:
    """Return a text with user and password of every address in it replaced."""
    return _KENNWORT.sub(rf"\1={GEHEIM}", _NUTZER.sub(f"{GEHEIM}@", text))
