"""``/barrierefreiheit``, ``/datenschutz``, ``/impressum``: texts that the city fills."""

from fastapi import APIRouter
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep
from app.grundkarten.einstellung import Grundkarte
from app.seitentexte import Seite, textansicht

router = APIRouter(include_in_schema=False)


async def _text(k: Kontext, seite: Seite, fremde: tuple[Grundkarte, ...] | None = None) -> Response:
    return await k.antworte(
        (seite,), lambda: k.html(seite, "text.html", textansicht(seite, k.d, fremde))
    )


@router.get("/barrierefreiheit")
async def barrierefreiheit(k: KontextDep) -> Response:
    """Return the Erklärung zur Barrierefreiheit."""
    return await _text(k, "barrierefreiheit")


@router.get("/datenschutz")
async def datenschutz(k: KontextDep) -> Response:
    """Return which data are processed."""
    return await _text(k, "datenschutz", k.grundkarten.fremde)


@router.get("/impressum")
async def impressum(k: KontextDep) -> Response:
    """Return who answers for the map."""
    return await _text(k, "impressum")
