"""All places that can be searched without a server, as data for the browser code."""

import orjson

from app.darstellung import Darstellung, Vorbereitet
from app.ortssuche import Treffer, in_worten


def ortsliste(vorbereitet: Vorbereitet, d: Darstellung) -> bytes:
    """Return the places of a snapshot as the search would answer with them, as JSON.

    The shape of one is that of an answer of ``/suche`` without its address: ``art``, ``name``,
    ``zusatz``, ``id``, and ``lat``, ``lon`` (WGS84 degrees), ``umkreis`` (metres) where known.
    """
    zusatz = in_worten(d.labels.facetten["stadtbezirk"], d.t("satz.trenner"))
    treffer = (
        Treffer(0, ort.art, ort.name, zusatz(ort.bezirke), ort.lage, ort.schluessel)
        for ort in vorbereitet.orte.alle()
    )
    return orjson.dumps([_ohne_adresse(einer) for einer in treffer])


def _ohne_adresse(treffer: Treffer) -> dict[str, object]:
    return {name: wert for name, wert in treffer.json().items() if name != "url"}
