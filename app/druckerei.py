"""Documents and files on request: made once per build in a short-lived process, then kept."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import orjson
from cachetools import LRUCache

from app.errors import Ausgelastet

_WURZEL: Final = Path(__file__).parents[1]
_BEFEHL: Final = (sys.executable, "-m")
PDF: Final = "app.pdf"
"""The module that sets documents."""
BILD: Final = "app.bildsatz"
"""The module that sets previews."""
TURTLE: Final = "app.turtle"
"""The module that writes the catalogue."""
DATEIEN: Final = "app.export.werkstatt"
"""The module that makes workbooks and GeoPackages."""
PLATZ: Final = 16 * 2**20
"""Bytes that kept documents may take."""
ZUGLEICH: Final = 2
"""Processes at once; more would only take memory from each other."""
WARTEND: Final = 16
"""Documents that may be in the making or wait for it; who asks for one more is turned away."""
FRIST_SEKUNDEN: Final = 20.0
"""How long a process may take, unless the document has a limit of its own."""


class DruckFehler(RuntimeError):
    """A document could not be set; the message is what the process said."""


class Druckerei:
    """Owns the kept documents and the queue of those being set.

    Parameters
    ----------
    platz
        How many bytes all kept documents may take together; the longest unused go first.
    """

    def __init__(self, platz: int = PLATZ) -> None:
        self._fertig: LRUCache[tuple[str, ...], bytes] = LRUCache(platz, getsizeof=len)
        self._in_arbeit: dict[tuple[str, ...], asyncio.Task[bytes]] = {}
        self._pressen = asyncio.Semaphore(ZUGLEICH)
        self.treffer = 0
        self.fehlgriffe = 0

    @property
    def in_arbeit(self) -> int:
        """How many documents are being made or wait for it."""
        return len(self._in_arbeit)

    async def drucke(
        self,
        schluessel: tuple[str, ...],
        auftrag: Callable[[], dict[str, Any]],
        modul: str = PDF,
        *,
        frist: float | None = None,
    ) -> bytes:
        """Return the document for a key; who asks while it is being set waits for the same one.

        Parameters
        ----------
        auftrag
            Makes what the process reads; called only if the document is not kept, in a thread:
            thousands of projects take a while, and other requests are answered meanwhile.
        modul
            What runs: ``python -m <modul>``, JSON in, bytes out.
        frist
            Seconds the process may take; `FRIST_SEKUNDEN` without one.

        Raises
        ------
        DruckFehler
            The process failed or took too long.
        Ausgelastet
            Too many others wait already.
        """
        gefunden = self._fertig.get(schluessel)
        if gefunden is not None:
            self.treffer += 1
            return gefunden
        self.fehlgriffe += 1
        aufgabe = self._in_arbeit.get(schluessel)
        if aufgabe is None:
            if len(self._in_arbeit) >= WARTEND:
                raise Ausgelastet
            aufgabe = asyncio.create_task(self._setze(schluessel, auftrag, modul, frist))
            self._in_arbeit[schluessel] = aufgabe
            aufgabe.add_done_callback(lambda _: self._in_arbeit.pop(schluessel, None))
        # a visitor who leaves must not take the document away from the others
        return await asyncio.shield(aufgabe)

    async def _setze(
        self,
        schluessel: tuple[str, ...],
        auftrag: Callable[[], dict[str, Any]],
        modul: str,
        frist: float | None,
    ) -> bytes:
        async with self._pressen:
            eingabe = await asyncio.to_thread(lambda: orjson.dumps(auftrag()))
            pdf = await _rufe(eingabe, modul, frist)
        if len(pdf) <= self._fertig.maxsize:
            self._fertig[schluessel] = pdf
        return pdf


async def _rufe(eingabe: bytes, modul: str, frist: float | None = None) -> bytes:
    prozess = await asyncio.create_subprocess_exec(
        *_BEFEHL,
        modul,
        cwd=_WURZEL,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        ablauf = FRIST_SEKUNDEN if frist is None else frist
        pdf, fehler = await asyncio.wait_for(prozess.communicate(eingabe), ablauf)
    except TimeoutError as zeit:
        prozess.kill()
        await prozess.wait()
        raise DruckFehler("timeout") from zeit
    if prozess.returncode:
        raise DruckFehler(fehler.decode(errors="replace")[-2000:])
    return pdf
