"""``/vorschau/{name}.{marke}.png``: the picture that messengers show beside a link."""

from dataclasses import asdict
from hashlib import sha256

from fastapi import APIRouter
from starlette.responses import Response

from app.anfrage import KontextDep, dienst
from app.dateien import NACHFRAGEN, UNVERAENDERLICH, unveraendert
from app.druckerei import BILD
from app.errors import NichtGefunden
from app.vorschaubild import bild, marke

router = APIRouter(include_in_schema=False)


@router.get("/vorschau/{name}.{gefragt}.png")
async def vorschau(name: str, gefragt: str, k: KontextDep) -> Response:
    """Return a preview, 1200 × 630; one asked for under the mark of another build is today's."""
    snapshot = k.stand.snapshot
    gezeigt = bild(snapshot, name)
    if gezeigt is None:
        raise NichtGefunden
    schluessel = (snapshot.id, "vorschau", name)
    etag = f'"{sha256(chr(0).join(schluessel).encode()).hexdigest()[:32]}"'
    ewig = gefragt == marke(snapshot)
    kopf = {"etag": etag, "cache-control": UNVERAENDERLICH if ewig else NACHFRAGEN}
    frage = k.request.headers.get("if-none-match", "").encode("latin-1")
    if unveraendert(frage, frozenset((etag.encode(),))):
        return Response(status_code=304, headers=kopf)
    auftrag = {"schriften": str(snapshot.schriften), "bild": asdict(gezeigt)}
    png = await dienst(k.request).druckerei.drucke(schluessel, lambda: auftrag, BILD)
    return Response(png, headers=kopf, media_type="image/png")
