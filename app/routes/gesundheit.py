"""``/gesundheit``: which build is served, as of when, how much is in it."""

from typing import Any

from fastapi import APIRouter

from app.anfrage import KontextDep, dienst

router = APIRouter(tags=["Betrieb"])


@router.get("/gesundheit", summary="Build, Stand und Anzahlen")
async def gesundheit(k: KontextDep) -> dict[str, Any]:
    """Return build id, Stand and counts; ``gestoert``: only answers that are kept can be given."""
    snapshot = k.stand.snapshot
    return {
        "status": "gestoert" if dienst(k.request).store.quelle.gestoert else "ok",
        "build": snapshot.id,
        "stand": snapshot.stand,
        "zahlen": dict(snapshot.zahlen),
    }
