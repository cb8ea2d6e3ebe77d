"""What was fetched last: the portal's ETag, beside the source, in ``geodata/.amtlich.json``.

A cache, no provenance: it may be deleted any time, then the next update fetches everything.
"""

import hashlib
from pathlib import Path
from typing import Final

import orjson
from pydantic import BaseModel, RootModel, ValidationError

DATEI: Final = ".amtlich.json"


class _Eintrag(BaseModel):
    adresse: str
    etag: str
    sha256: str


class _Staende(RootModel[dict[str, _Eintrag]]):
    pass


def etag(geodata: Path, quelle: str, adresse: str) -> str:
    """Return the ETag under which a source was fetched; empty if it has to be fetched anew.

    That is so as soon as the source is not the one that was written then: "not modified" would
    be an answer about another file.
    """
    eintrag = _lies(geodata).get(quelle)
    if eintrag is None or eintrag.adresse != adresse:
        return ""
    return eintrag.etag if eintrag.sha256 == _summe((geodata / quelle).read_bytes()) else ""


def mit(geodata: Path, quelle: str, *, adresse: str, etag: str, daten: bytes) -> bytes:
    """Return the new content of the file, with what was just fetched."""
    neu = _Eintrag(adresse=adresse, etag=etag, sha256=_summe(daten))
    staende = _Staende(_lies(geodata) | {quelle: neu})
    return orjson.dumps(staende.model_dump(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def _lies(geodata: Path) -> dict[str, _Eintrag]:
    try:
        return _Staende.model_validate_json((geodata / DATEI).read_bytes()).root
    except (OSError, ValidationError):
        return {}


def _summe(daten: bytes) -> str:
    return hashlib.sha256(daten).hexdigest()
