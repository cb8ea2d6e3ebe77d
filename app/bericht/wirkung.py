"""Which projects' effects cannot be described yet, and why (Anlage 3)."""

from collections.abc import Mapping
from typing import Any, Final, Literal

Grund = Literal["unreif", "nicht-begonnen", "nicht-berichtet"]
GRUENDE: Final[tuple[Grund, ...]] = ("unreif", "nicht-begonnen", "nicht-berichtet")
"""In the order of the chapters of Anlage 3."""
_NACH_STATUS: Final[Mapping[str, Grund]] = {
    "in-vorbereitung": "unreif",
    "noch-nicht-begonnen": "nicht-begonnen",
}


def grund(projekt: Mapping[str, Any]) -> Grund | None:
    """Return why the effects of a project are not described, None if they are.

    What is written in ``wirkung`` counts, whatever the status: an effect that somebody described
    is described. Without it the status gives the reason: ``in-vorbereitung`` is immature,
    ``noch-nicht-begonnen`` not started; for every other status, also for none, nothing was
    reported. So each project is either in Anlage 3, once, or has a described effect.
    """
    if (projekt.get("wirkung") or "").strip():
        return None
    return _NACH_STATUS.get(projekt.get("status") or "", "nicht-berichtet")
