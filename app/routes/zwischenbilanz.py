"""``/zwischenbilanz``: the programme's own figures beside what the map documents."""

from fastapi import APIRouter
from starlette.responses import Response

from app.anfrage import KontextDep
from app.zwischenbilanz import zwischenbilanz

router = APIRouter(include_in_schema=False)


@router.get("/zwischenbilanz")
async def seite(k: KontextDep) -> Response:
    """Return the page."""
    await k.bereite("mitwirkung")
    return await k.antworte(
        ("zwischenbilanz",),
        lambda: k.html(
            "zwischenbilanz", "zwischenbilanz.html", zwischenbilanz(k.d, k.stand.vorbereitet)
        ),
    )
