"""An index of names that also finds what was mistyped or begun: SQLite FTS5 and edit distance.

It proposes candidates, it does not rank them. The trigrams in FTS5 lead to names that share a part
with what was typed; the distance to every name leads to the one with a slip in it, however short.
The builder writes the trigrams of the streets to disk, the service holds those of a snapshot's
places in memory.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from layers.adressen.ortsnamen import Suchform

FASSUNG: Final = 1
"""Of the directory on disk: changes with this index and with ``layers/adressablage.py``."""
_RAND: Final = "  "
"""Before every word, so that its first letters make trigrams of their own."""
_TRIGRAMM: Final = 3
_WENIGSTENS: Final = 3
_NAMEN: Final = 300
"""The rarest trigrams are looked up: so many at least, and on while they lead to few names."""
_HOECHSTENS: Final = 20
_FEHLER: Final = 2
_KURZ: Final = 4
"""Below this many characters every other name is near."""
_NAHE: Final = 20


def lege_an(verbindung: sqlite3.Connection, namen: Iterable[tuple[int, Suchform]]) -> None:
    """Create the index in a database, of names under their numbers, in its fastest form."""
    verbindung.execute(
        "CREATE VIRTUAL TABLE namen USING fts5(form, content='', tokenize='trigram')"
    )
    verbindung.executemany(
        "INSERT INTO namen(rowid, form) VALUES (?, ?)",
        ((nummer, _text(form)) for nummer, form in namen),
    )
    verbindung.execute("INSERT INTO namen(namen) VALUES ('optimize')")


class Namensindex:
    """The index in a database, to be asked.

    Parameters
    ----------
    verbindung
        A database in which `lege_an` has made the index.
    formen
        The forms of the names, in the order of their numbers from 0.

    Raises
    ------
    sqlite3.Error
        There is no index, or it cannot be read.
    """

    def __init__(self, verbindung: sqlite3.Connection, formen: Sequence[Suchform]) -> None:
        self._verbindung = verbindung
        self._grob = [form.grob for form in formen]
        verbindung.execute("CREATE VIRTUAL TABLE temp.vokabeln USING fts5vocab(main, namen, row)")
        self._namen_mit = dict(verbindung.execute("SELECT term, doc FROM vokabeln").fetchall())

    def kandidaten(self, formen: Sequence[Suchform], grenze: int) -> set[int]:
        """Return the numbers of the names that share most with any of the forms.

        Parameters
        ----------
        formen
            Readings of what was typed.
        grenze
            How many numbers at most by shared trigrams; a few near ones come in addition.
        """
        gefunden = self._mit_gleichen_teilen(formen, grenze)
        for form in formen:
            if len(form.grob) >= _KURZ:
                nahe = process.extract(
                    form.grob, self._grob, scorer=OSA.distance, score_cutoff=_FEHLER, limit=_NAHE
                )
                gefunden.update(nummer for _, _, nummer in nahe)
        return gefunden

    def _mit_gleichen_teilen(self, formen: Sequence[Suchform], grenze: int) -> set[int]:
        trigramme = self._seltene(t for form in formen for t in _trigramme(_text(form)))
        if not trigramme:
            return set()
        # Only letters, digits and spaces get here: nothing can end the quotation.
        frage = " OR ".join(f'"{t}"' for t in trigramme)
        zeilen = self._verbindung.execute(
            "SELECT rowid FROM namen WHERE namen MATCH ? ORDER BY rank LIMIT ?", (frage, grenze)
        )
        return {int(nummer) for (nummer,) in zeilen}

    def _seltene(self, trigramme: Iterable[str]) -> list[str]:
        bekannt = {t for t in trigramme if t in self._namen_mit}
        gewaehlt: list[str] = []
        namen = 0
        for trigramm in sorted(bekannt, key=lambda t: (self._namen_mit[t], t))[:_HOECHSTENS]:
            namen += self._namen_mit[trigramm]
            if len(gewaehlt) >= _WENIGSTENS and namen > _NAMEN:
                break
            gewaehlt.append(trigramm)
        return gewaehlt


def _text(form: Suchform) -> str:
    einzeln = form.worte if len(form.worte) > 1 else ()
    return "".join(_RAND + wort for wort in (form.schluessel, *einzeln) if wort)


def _trigramme(text: str) -> Iterable[str]:
    return (text[i : i + _TRIGRAMM] for i in range(len(text) - _TRIGRAMM + 1))
