"""``python -m app.pdf``: one document out of JSON, in a process of its own.

Reads ``{"vorlage", "schriften", "daten"}`` from standard input, writes the PDF to standard output.
Its memory goes back to the machine with it, and a document that takes too long can be ended.
"""

import sys
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final
from unicodedata import category

import orjson
import typst

from app.typstsatz import VORLAGEN, schriftsatz

NORM: Final = "ua-1"
_ERSATZ: Final = "\N{REPLACEMENT CHARACTER}"
_UNGEZEICHNET: Final = ("Cf", "Zs", "Zl", "Zp")
_GEZEICHNET: Final = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9\ufffa\ufffb"
)
"""Format characters that are drawn all the same (Unicode: not Default_Ignorable)."""
_UMBRUCH: Final = "\t\n\r"
"""The control characters that mean something; of all others Typst asks a glyph."""
_NICHT_DARSTELLBAR: Final = "could not be displayed"


def setze(vorlage: str, schriften: Path, daten: dict[str, Any]) -> bytes:
    """Return the document.

    Parameters
    ----------
    vorlage
        Name of a template in ``templates/``.
    schriften
        Folder of the fonts.
    daten
        What the template shows; characters that no font has are shown as U+FFFD.

    Raises
    ------
    typst.TypstError
        The template cannot show these data, or the result would break PDF/UA-1.
    """
    try:
        return _uebersetze(vorlage, schriften, daten)
    except typst.TypstError as fehler:
        if _NICHT_DARSTELLBAR not in fehler.message:
            raise
    # imported here: reading fonts takes longer than all the rest, and few documents need it
    return _uebersetze(vorlage, schriften, _bereinigt(daten, _zeichen(schriften)))


def _uebersetze(vorlage: str, schriften: Path, daten: dict[str, Any]) -> bytes:
    pdf = typst.compile(
        str(VORLAGEN / vorlage),
        format="pdf",
        pdf_standards=[NORM],
        font_paths=schriftsatz(schriften),
        sys_inputs={"daten": orjson.dumps(daten).decode()},
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - only images come as lists
    return pdf


def _zeichen(schriften: Path) -> AbstractSet[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    zeichen: set[int] = set()
    for pfad in schriften.glob("*.ttf"):
        with TTFont(pfad, lazy=True) as schrift:
            zeichen.update(schrift.getBestCmap())
    return zeichen


def _bereinigt(wert: Any, vorhanden: AbstractSet[int]) -> Any:  # noqa: ANN401
    if isinstance(wert, dict):
        return {name: _bereinigt(teil, vorhanden) for name, teil in wert.items()}
    if isinstance(wert, list):
        return [_bereinigt(teil, vorhanden) for teil in wert]
    if isinstance(wert, str):
        return "".join(z if _darstellbar(z, vorhanden) else _ERSATZ for z in wert)
    return wert


def _darstellbar(zeichen: str, vorhanden: AbstractSet[int]) -> bool:
    if category(zeichen) == "Cc":
        return zeichen in _UMBRUCH
    if ord(zeichen) in vorhanden:
        return True
    return category(zeichen) in _UNGEZEICHNET and zeichen not in _GEZEICHNET


def main() -> None:
    """Set what standard input asks for."""
    auftrag = orjson.loads(sys.stdin.buffer.read())
    pdf = setze(auftrag["vorlage"], Path(auftrag["schriften"]), auftrag["daten"])
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
