"""Reads the copy of one file as its own script does."""

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import orjson
from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Einzeldatei:
    """What lies in the file.

    Attributes
    ----------
    dokument
        The map, with all blocks.
    seiten
        The other pages, those of all languages, by their place in the folder.
    dateien
        What can be taken out, in the same way.
    namen
        What these are called then.
    """

    dokument: HtmlElement
    seiten: Mapping[str, HtmlElement]
    dateien: Mapping[str, bytes]
    namen: Mapping[str, str]


def lies(datei: Path) -> Einzeldatei:
    """Read a file."""
    dokument = lxml.html.document_fromstring(datei.read_bytes())
    roh: dict[str, dict[str, str]] = {}
    for block in dokument.xpath("//script[@data-seiten]"):
        roh |= orjson.loads(_entpackt(block))
    bloecke = dokument.xpath("//script[@data-inhalt]")
    return Einzeldatei(
        dokument,
        {name: lxml.html.document_fromstring(seite["inhalt"]) for name, seite in roh.items()},
        {block.get("data-inhalt"): _entpackt(block) for block in bloecke},
        {block.get("data-inhalt"): block.get("data-name") for block in bloecke},
    )


def _entpackt(block: HtmlElement) -> bytes:
    return zlib.decompress(base64.b64decode(str(block.text)))
