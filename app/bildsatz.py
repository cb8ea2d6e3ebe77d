"""``python -m app.bildsatz``: one preview out of JSON, in a process of its own.

Reads ``{"schriften", "bild"}`` from standard input, writes the PNG to standard output.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson
import typst

from app.typstsatz import VORLAGEN, schriftsatz

_VORLAGE: Final = VORLAGEN / "vorschau.typ"


def setze(schriften: Path, bild: Mapping[str, Any]) -> bytes:
    """Return the image.

    Parameters
    ----------
    schriften
        Folder of the fonts.
    bild
        What it shows: the fields of `app.vorschaubild.Bild`.

    Raises
    ------
    typst.TypstError
        The template cannot show these data.
    """
    png = typst.compile(
        str(_VORLAGE),
        format="png",
        ppi=72,
        font_paths=schriftsatz(schriften),
        sys_inputs={"daten": orjson.dumps(bild).decode()},
    )
    assert isinstance(png, bytes)  # noqa: S101 - only several pages come as a list
    return png


def main() -> None:
    """Set what standard input asks for."""
    auftrag = orjson.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(setze(Path(auftrag["schriften"]), auftrag["bild"]))


if __name__ == "__main__":
    main()
