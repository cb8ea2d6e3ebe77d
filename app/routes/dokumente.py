"""``/projekte/{id}.pdf``: a Steckbrief as a document."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep, dienst
from app.dateien import unveraendert
from app.dokument import dokument
from app.druckdaten import VORLAGE, druckdaten
from app.errors import NichtGefunden
from app.sprachen import DEUTSCH
from app.steckbrief import steckbrief

router = APIRouter(include_in_schema=False)


@router.get("/projekte/{projekt_id}.pdf")
async def projekt(projekt_id: str, k: KontextDep) -> Response:
    """Return a Steckbrief as tagged PDF (PDF/UA-1), in the language of the request."""
    snapshot = k.stand.snapshot
    zeile = snapshot.index.zeile.get(projekt_id)
    if zeile is None or snapshot.schriften is None:
        raise NichtGefunden
    schluessel = (*k.grundlage, "pdf", projekt_id)
    marke = f'"{sha256(chr(0).join(schluessel).encode()).hexdigest()[:32]}"'
    kopf = {
        "etag": marke,
        "cache-control": "no-cache",
        "content-language": k.t.sprache.lang,
        "vary": "Accept-Language",
        "content-disposition": f'inline; filename="{_dateiname(projekt_id, k.t.sprache.code)}"',
    }
    frage = k.request.headers.get("if-none-match", "").encode("latin-1")
    if unveraendert(frage, frozenset((marke.encode(),))):
        return Response(status_code=304, headers=kopf)
    pdf = await dienst(k.request).druckerei.drucke(
        schluessel, lambda: _auftrag(k, snapshot.projekte[zeile])
    )
    return Response(pdf, headers=kopf, media_type="application/pdf")


def _auftrag(k: Kontext, record: Mapping[str, Any]) -> dict[str, Any]:
    d, basis = k.d, k.settings.adresse
    daten = druckdaten(steckbrief(record, d), dokument(record, d, k.settings), d, basis)
    schriften = str(k.stand.snapshot.schriften)
    return {"vorlage": VORLAGE, "schriften": schriften, "daten": daten}


def _dateiname(projekt_id: str, sprache: str) -> str:
    """Return a name for saving; project ids are slugs, so nothing in it needs quoting."""
    zusatz = "" if sprache == DEUTSCH.code else f"-{sprache}"
    return f"nordwaerts-{projekt_id}{zusatz}.pdf"
