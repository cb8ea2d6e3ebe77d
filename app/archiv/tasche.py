"""Packs a frozen copy as a BagIt bag (RFC 8493): payload, checksums, what it is and whence."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import bagit

LIESMICH: Final = "LIESMICH.txt"
NUTZLAST: Final = "data"
"""The folder of a bag that holds what was packed."""
_SUMMEN: Final = ["sha256", "sha512"]
_FASSUNG: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_PROGRAMM: Final = "nordwaerts-karte, build_map.py freeze"


@dataclass(frozen=True, slots=True)
class Begleitschein:
    """What ``bag-info.txt`` says.

    Attributes
    ----------
    build, stand
        Id of the frozen build, and as of when its data are (ISO, as exact as known).
    datum
        The day of freezing.
    adresse
        Where the public found the service.
    herausgeber, kontakt
        Who publishes the map; an e-mail address, or empty.
    beschreibung
        One German sentence.
    """

    build: str
    stand: str
    datum: date
    adresse: str
    herausgeber: str
    kontakt: str
    beschreibung: str

    def felder(self) -> dict[str, str]:
        """Return the fields; the reserved names of RFC 8493 first, then our own."""
        felder = {
            "Source-Organization": self.herausgeber,
            "Contact-Email": self.kontakt,
            "External-Description": self.beschreibung,
            "External-Identifier": self.build,
            "Internal-Sender-Identifier": self.adresse,
            "Bagging-Date": self.datum.isoformat(),
            "Bag-Software-Agent": _PROGRAMM,
            "Nordwaerts-Stand": self.stand,
            "Nordwaerts-Build": self.build,
        }
        return {name: wert for name, wert in felder.items() if wert}


def packe(ordner: Path, schein: Begleitschein, liesmich: str) -> None:
    """Turn a folder with a copy into a bag: what lies in it moves to ``data/``.

    The text for readers stands beside the payload and in it, so that whoever gets only one of the
    two still knows what it is.
    """
    (ordner / LIESMICH).write_text(liesmich, encoding="utf-8")
    tasche = bagit.make_bag(str(ordner), schein.felder(), checksums=_SUMMEN)
    (ordner / LIESMICH).write_text(liesmich, encoding="utf-8")
    # the library writes the last draft's number; the rules it follows are those of the RFC
    (ordner / "bagit.txt").write_text(_FASSUNG, encoding="utf-8")
    tasche.save()
