"""Texts that a spreadsheet would run as a formula when it opens a CSV file, made harmless.

An export puts an apostrophe before them, reading takes it away again, so that a text comes back
as it was. In a workbook nothing of the kind is needed: there a cell says that it is text.
"""

import re
from typing import Final

_FORMEL: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), also full-width.

Apostrophes before it count, so that one that was there already survives both ways."""
_GESCHUETZT: Final = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def schuetze(text: str) -> str:
    """Return the text as no spreadsheet runs it.

    Examples
    --------
    >>> schuetze("=1+1"), schuetze("a=b"), schuetze("'=1")
    ("'=1+1", 'a=b', "''=1")
    """
    return f"'{text}" if _FORMEL.match(text) else text


def entschuetze(text: str) -> str:
    """Return the text that `schuetze` was given; any other text as it is."""
    return text[1:] if _GESCHUETZT.match(text) else text


def hat_geschuetzte(text: str) -> bool:
    """Say whether `entschuetze` would change any cell of a file: most have none."""
    return _GESCHUETZT.search(text) is not None
