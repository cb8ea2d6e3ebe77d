"""The languages that data may be translated into; the original is German.

What the service makes of them (names, direction, choice) is said in ``app/sprachen.py``; a test
holds the two together.
"""

from typing import Final

UEBERSETZT: Final = ("leicht", "en", "tr", "ar", "uk")
"""Leichte Sprache, English, Turkish, Arabic, Ukrainian: the ending of a translated column."""
