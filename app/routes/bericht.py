"""``/bericht`` and ``/bericht/anlage-{1,2,3}.{pdf,docx}``: the report to the council."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import GelesenDep, Kontext, KontextDep, dienst, streng
from app.bericht.anlagen import ANLAGEN, bericht, dateiname
from app.bericht.grundlage import ohne_beiwerk
from app.berichtsseite import FORMEN, berichtsansicht
from app.dateien import unveraendert
from app.druckerei import PDF
from app.errors import NichtGefunden
from app.fassung import fassung
from app.herkunftsverweis import herkunftsverweis
from app.sprachen import DEUTSCH
from app.state import Abfrage
from layers.herkunft import herkunft

router = APIRouter(include_in_schema=False)
_DOCX: Final = "app.bericht.docxsatz"
_MEDIENTYP: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FRIST_SEKUNDEN: Final = 45.0
"""An annex of 1 000 projects is four seconds of computing; a busy machine takes its time, but less
than a proxy in front waits (``deploy/nginx``: 60 s)."""
_PERSOENLICH: Final = frozenset({"q", "nahe"})


@router.get("/bericht")
async def uebersicht(k: KontextDep, g: GelesenDep) -> Response:
    """Return the page that leads to the annexes, in the asked state."""
    abfrage = ohne_beiwerk(g.abfrage)
    return await k.antworte(
        ("bericht", abfrage.query(), repr(g.fehler)),
        lambda: k.html("bericht", "bericht.html", berichtsansicht(k.d, abfrage, g.fehler), abfrage),
    )


@router.get("/bericht/anlage-{nummer}.{form}")
async def anlage(nummer: str, form: str, request: Request, k: KontextDep) -> Response:
    """Return an annex in the asked state; bad values are an error."""
    snapshot = k.stand.snapshot
    if nummer not in map(str, ANLAGEN) or form not in FORMEN or snapshot.schriften is None:
        raise NichtGefunden
    abfrage = ohne_beiwerk(streng(request, k))
    schluessel = (snapshot.id, k.settings.adresse, "bericht", nummer, form, abfrage.query())
    marke = f'"{sha256(chr(0).join(schluessel).encode()).hexdigest()[:32]}"'
    privat = not _PERSOENLICH.isdisjoint(request.query_params)
    kopf = {
        "etag": marke,
        "cache-control": "private, no-cache" if privat else "no-cache",
        "content-language": DEUTSCH.lang,
        "link": herkunftsverweis(herkunft("projekte", snapshot.quellen)),
        "content-disposition": f'inline; filename="{dateiname(int(nummer), form, abfrage)}"',
    }
    if unveraendert(
        request.headers.get("if-none-match", "").encode("latin-1"), frozenset((marke.encode(),))
    ):
        return Response(status_code=304, headers=kopf)
    inhalt = await dienst(request).druckerei.drucke(
        schluessel,
        lambda: _auftrag(k, int(nummer), form, abfrage),
        _DOCX if form == "docx" else PDF,
        frist=_FRIST_SEKUNDEN,
    )
    return Response(inhalt, headers=kopf, media_type=_MEDIENTYP[form])


def _auftrag(k: Kontext, nummer: int, form: str, abfrage: Abfrage) -> dict[str, Any]:
    d = k.stand.vorbereitet.darstellung(fassung(DEUTSCH.code))
    inhalt = bericht(nummer, d, abfrage, k.settings.adresse)
    auftrag = {"schriften": str(k.stand.snapshot.schriften)}
    if form == "docx":
        return {**auftrag, "bericht": inhalt}
    return {**auftrag, "vorlage": "bericht.typ", "daten": inhalt}
