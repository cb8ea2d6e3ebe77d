"""Zip archives from strangers: looked at before anything is unpacked."""

import zipfile
import zlib
from typing import Final

from layers.befund import Code
from layers.quelle.grenzen import MIB
from layers.quelle.raster import Auftrag

_TEILE: Final = 2000
_VERFAHREN: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_VERSCHLUESSELT: Final = 0x1
DEFEKT: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What reading a damaged archive raises."""


def pruefe(auftrag: Auftrag) -> None:
    """Raise `Abgewiesen` for an archive that must not be unpacked.

    Python unpacks no member beyond its stated size, so the stated sizes are what counts.
    """
    grenzen = auftrag.grenzen
    try:
        if auftrag.pfad.stat().st_size > grenzen.datei_mb * MIB:
            raise auftrag.ablehnung(Code.DATEI_ZU_GROSS, grenze=grenzen.datei_mb)
        with zipfile.ZipFile(auftrag.pfad) as archiv:
            teile = archiv.infolist()
    except DEFEKT as fehler:
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=type(fehler).__name__) from fehler
    if len(teile) > _TEILE or sum(teil.file_size for teil in teile) > grenzen.entpackt_mb * MIB:
        raise auftrag.ablehnung(Code.ARCHIV_ZU_GROSS, grenze=grenzen.entpackt_mb)
    if any(teil.flag_bits & _VERSCHLUESSELT for teil in teile):
        raise auftrag.ablehnung(Code.DATEI_VERSCHLUESSELT)
    if any(teil.compress_type not in _VERFAHREN for teil in teile):
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund="compress_type")
