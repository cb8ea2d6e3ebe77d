"""Save a workbook with very many cells and comments: they are written one by one (build half).

openpyxl takes a tenth of a second for a thousand cells. Of all comments it builds a tree, and
another one of the boxes they are shown in: some ten kilobytes for each.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, TypeAlias, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.packaging.relationship import Relationship
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

_UMFANG: Final = re.compile(rb"<dimension[^>]*?(?:/>|></dimension>)")
_OHNE_ZEILEN: Final = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_TYP: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KOPF: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BREITE_PX: Final = 380
_HOEHE_PX: Final = 60
_PUFFER: Final = 1 << 18
"""Bytes that are compressed at once."""
_STUFE: Final = 1
"""A million comments are two gigabytes of nearly the same: more would cost a minute."""
_JE_BLOCK: Final = 1024
"""Shapes that share one number of the map of ids."""
_VML_KOPF: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{bloecke}"/></o:shapelayout><v:shapetype id="_x0000_t202"'
    ' coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_VML_FORM: Final = (
    '<v:shape id="_x0000_s{nummer}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:{breite}px;height:{hoehe}px;z-index:1;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black"'
    ' obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{zeile}</x:Row>"
    "<x:Column>{spalte}</x:Column></x:ClientData></v:shape>"
)


class Notiz(NamedTuple):
    """A comment at a cell; row and column count from 1."""

    zeile: int
    spalte: int
    text: str
    autor: str


class Zelle(NamedTuple):
    """A cell: its value, and the number of its style in the workbook."""

    wert: str | float | date
    stil: int


@dataclass(frozen=True, slots=True)
class _Teil:
    """A part of the archive, as the manifest wants it."""

    path: str
    mime_type: str


Notizen: TypeAlias = Mapping[str, Iterable[Notiz]]
"""Title of a sheet → its comments, each cell once."""
Zeilen: TypeAlias = Mapping[str, Iterable[Sequence[Zelle | None]]]
"""Title of a sheet that has no cells yet → its rows; None is an empty cell."""


def speichere(
    mappe: Workbook, ziel: Path, zeilen: Zeilen, notizen: Notizen, autoren: Iterable[str]
) -> None:
    """Write the workbook with rows and comments that are not in it.

    Parameters
    ----------
    notizen
        All comments: the cells of the workbook carry none.
    autoren
        All authors that the comments name.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    with ZipFile(ziel, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=_STUFE) as archiv:
        _Schreiber(mappe, archiv, zeilen, notizen, list(autoren)).write_data()


def _zelle(zeile: int, spalte: int, zelle: Zelle | None) -> str:
    if zelle is None:
        return ""
    wert, stil = zelle
    kopf = f'<c r="{get_column_letter(spalte)}{zeile}" s="{stil}"'
    if isinstance(wert, str):
        text = f'<is><t xml:space="preserve">{escape(wert)}</t></is>'
        return f'{kopf} t="inlineStr">{text}</c>' if wert else f"{kopf}/>"
    zahl: object = to_excel(wert) if isinstance(wert, date) else wert  # type: ignore[no-untyped-call]
    return f"{kopf}><v>{zahl!r}</v></c>"


class _Schreiber(ExcelWriter):
    """openpyxl's writer, with rows and comments that come from elsewhere."""

    def __init__(
        self,
        mappe: Workbook,
        archiv: ZipFile,
        zeilen: Zeilen,
        notizen: Notizen,
        autoren: list[str],
    ) -> None:
        super().__init__(mappe, archiv)
        self._archiv, self._autoren = archiv, autoren
        self._zeilen, self._notizen = zeilen, notizen

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401
        """Write a sheet, then its comments."""
        nummer = self.workbook.worksheets.index(ws) + 1
        notizen = self._notizen.get(ws.title)
        if notizen is not None:
            ws.legacy_drawing = f"xl/drawings/notizen{nummer}.vml"
        if ws.title in self._zeilen:
            self._schreibe_zeilen(ws, self._zeilen[ws.title])
        else:
            super().write_worksheet(ws)
        if notizen is not None:
            self._schreibe_notizen(ws, f"/xl/notizen{nummer}.xml", notizen)

    @contextmanager
    def _teil(self, name: str) -> Iterator[IO[bytes]]:
        """Open a part of the archive; it is compressed in large pieces, not cell by cell."""
        with (
            self._archiv.open(name, "w", force_zip64=True) as roh,
            BufferedWriter(cast("RawIOBase", roh), _PUFFER) as strom,
        ):
            yield strom

    def _schreibe_zeilen(self, ws: Any, zeilen: Iterable[Sequence[Zelle | None]]) -> None:  # noqa: ANN401
        """Write the rows into the middle of what openpyxl makes of the empty sheet."""
        links = ws._hyperlinks  # noqa: SLF001
        schreiber: Any = WorksheetWriter(ws)
        # it begins with none, since it looks for them in the cells, of which there are none here
        ws._hyperlinks = links  # noqa: SLF001
        schreiber.write()
        vorn, hinten = _OHNE_ZEILEN.split(Path(schreiber.out).read_bytes())
        with self._teil(ws.path[1:]) as strom:
            strom.write(_UMFANG.sub(b"", vorn) + b"<sheetData>")
            for nummer, zeile in enumerate(zeilen, start=1):
                zellen = "".join(_zelle(nummer, i, zelle) for i, zelle in enumerate(zeile, 1))
                strom.write(f'<row r="{nummer}">{zellen}</row>'.encode())
            strom.write(b"</sheetData>" + hinten)
        ws._drawing, ws._rels = None, schreiber._rels  # noqa: SLF001
        self.manifest.append(ws)
        schreiber.cleanup()

    def _schreibe_notizen(self, ws: Any, pfad: str, notizen: Iterable[Notiz]) -> None:  # noqa: ANN401
        masse = array("I")
        with self._teil(pfad[1:]) as strom:
            self._schreibe_texte(strom, notizen, masse)
        with self._teil(str(ws.legacy_drawing)) as strom:
            _schreibe_formen(strom, masse)
        self.manifest.append(_Teil(pfad, _TYP))
        ws._rels.append(Relationship(Id="comments", type="comments", Target=pfad))  # noqa: SLF001

    def _schreibe_texte(
        self, strom: IO[bytes], notizen: Iterable[Notiz], masse: "array[int]"
    ) -> None:
        nummer = {autor: i for i, autor in enumerate(self._autoren)}
        autoren = "".join(f"<author>{escape(autor)}</author>" for autor in self._autoren)
        strom.write(f'{_KOPF}<comments xmlns="{_MAIN}"><authors>{autoren}</authors>'.encode())
        strom.write(b"<commentList>")
        for notiz in notizen:
            masse.extend((notiz.zeile, notiz.spalte, _HOEHE_PX + len(notiz.text) // 2))
            ort = f"{get_column_letter(notiz.spalte)}{notiz.zeile}"
            strom.write(
                f'<comment ref="{ort}" authorId="{nummer[notiz.autor]}"><text>'
                f'<t xml:space="preserve">{escape(notiz.text)}</t></text></comment>'.encode()
            )
        strom.write(b"</commentList></comments>")


def _schreibe_formen(strom: IO[bytes], masse: "array[int]") -> None:
    """Write the boxes of the comments: row, column and height of each, one after the other."""
    anzahl = len(masse) // 3
    bloecke = ",".join(map(str, range(1, anzahl // _JE_BLOCK + 2)))
    strom.write(_VML_KOPF.format(bloecke=bloecke).encode())
    for i in range(anzahl):
        zeile, spalte, hoehe = masse[3 * i : 3 * i + 3]
        form = _VML_FORM.format(
            nummer=_JE_BLOCK + 1 + i,
            breite=_BREITE_PX,
            hoehe=hoehe,
            zeile=zeile - 1,
            spalte=spalte - 1,
        )
        strom.write(form.encode())
    strom.write(b"</xml>")
