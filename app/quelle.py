"""Where builds come from: the folder of builds, or what else holds them (`app.postgis`)."""

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from app.store import AKTUELL, BuildFehler, Snapshot, lade
from layers import ablage

_MANIFESTE: Final = f"*/{ablage.MANIFEST}"


class Quelle(Protocol):
    """Holds published builds, one of which is the present one.

    The store asks it several times a second, so `ziel` has to be cheap.
    """

    def ziel(self) -> str | None:
        """Return the id of the present build, None if it cannot be told now."""

    def kandidaten(self) -> Iterator[str]:
        """Yield what can be served at the start, best first.

        Raises
        ------
        BuildFehler
            Nothing is published.
        """

    def lade(self, id_: str) -> Snapshot:
        """Return a build.

        Raises
        ------
        BuildFehler
            It cannot be read.
        """

    def builds(self) -> Sequence[str]:
        """Return the ids of the kept builds, newest first."""

    def steckbriefe(self, id_: str) -> Sequence[Mapping[str, Any]]:
        """Return the records of a kept build.

        Raises
        ------
        layers.ablage.Beschaedigt
            They cannot be read.
        """

    @property
    def gestoert(self) -> bool:
        """Whether the builds cannot be read just now."""

    def schliesse(self) -> None:
        """Let go of what is held open; it opens again when it is needed."""


class Ordner:
    """The folder of builds on this machine."""

    def __init__(self, build_dir: Path) -> None:
        self._build_dir = build_dir

    def ziel(self) -> str | None:
        """Return what ``aktuell`` names."""
        try:
            return (self._build_dir / AKTUELL).readlink().name
        except OSError:
            return None

    def kandidaten(self) -> Iterator[str]:
        """Yield what ``aktuell`` names, then the kept builds."""
        ziel = self.ziel()
        if ziel is None:
            ordner = self._build_dir
            if ordner.exists() and not os.access(ordner, os.R_OK | os.X_OK):
                raise BuildFehler("unzugaenglich", ordner, os.strerror(errno.EACCES))
            raise BuildFehler("kein-build", ordner / AKTUELL)
        aeltere = sorted((p.parent.name for p in self._build_dir.glob(_MANIFESTE)), reverse=True)
        yield from dict.fromkeys([ziel, *(n for n in aeltere if n != AKTUELL)])

    def lade(self, id_: str) -> Snapshot:
        """Read and check the build."""
        return lade(self._build_dir / id_)

    def builds(self) -> Sequence[str]:
        """Return the ids of the kept builds, newest first."""
        return ablage.builds(self._build_dir)

    def steckbriefe(self, id_: str) -> Sequence[Mapping[str, Any]]:
        """Return the records of a kept build."""
        return ablage.steckbriefe(self._build_dir, id_)

    gestoert = False

    def schliesse(self) -> None:
        """Do nothing: files are read whole."""
