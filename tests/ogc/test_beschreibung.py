"""schemathesis on what the service says about itself: all its checks, on every operation.

A schema cannot say that the corners of a box are in order, or what is CQL2: where a request should
be right, these values are replaced by some that are.
"""

from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from app.ortszeit import heute
from app.state import FACETTEN
from app.store import Snapshot

EINSTELLUNGEN = settings(
    max_examples=6,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FILTER = {
    "cql2-text": ["S_INTERSECTS(geometry, POINT(7 51))", "NOT geometry IS NULL", "TRUE"],
    "cql2-json": ['{"op":"isNull","args":[{"property":"geometry"}]}', "true"],
}
ZEITEN = ["2016-05-01", "2016-05-01T12:00:00Z", "../2018-12-31", "2016-01-01/2018-12-31"]


def richtig_ogc(query: dict[str, Any], daten: st.DataObject, _: Snapshot) -> None:
    """Replace what the description cannot describe by something right."""
    if "bbox" in query:
        query["bbox"] = daten.draw(st.sampled_from(["7,51,8,52", "1,2,3,4,5,6"]))
    if "datetime" in query:
        query["datetime"] = daten.draw(st.sampled_from(ZEITEN))
    if "filter" in query:
        sprache = query.get("filter-lang", "cql2-text")
        query["filter"] = daten.draw(st.sampled_from(FILTER[sprache]))


def richtig_api(query: dict[str, Any], daten: st.DataObject, snapshot: Snapshot) -> None:
    """Codes that exist; parameters that only make sense together, together."""
    for name in FACETTEN:
        if query.get(name):
            query[name] = [daten.draw(st.sampled_from(sorted(snapshot.index.codes[name])))]
    for name, wert in (
        ("bbox", "7,51,8,52"),
        ("nahe", "51.5,7.4"),
        ("seit", heute().isoformat()),
    ):
        if name in query:
            query[name] = wert
    if "umkreis" in query or str(query.get("sort", "")).endswith("entfernung"):
        query["nahe"] = "51.5,7.4"
    if {"von", "bis"} <= query.keys():
        query["von"], query["bis"] = sorted((query["von"], query["bis"]))
    if "projekt" in query:
        query["projekt"] = snapshot.index.ids[0]


@pytest.mark.parametrize(
    ("pfad", "richtig"),
    [("/ogc/api", richtig_ogc), ("/openapi.json", richtig_api)],
    ids=["ogc", "openapi"],
)
@pytest.mark.parametrize("art", list(GenerationMode))
def test_every_answer_is_as_described(
    client: TestClient, snapshot: Snapshot, pfad: str, richtig: Any, art: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_asgi(pfad, client.app)
    geprueft = 0
    for gefunden in schema.get_all_operations():
        assert isinstance(gefunden, Ok)
        operation = gefunden.ok()

        @EINSTELLUNGEN
        @given(operation.as_strategy(generation_mode=art), st.data())
        def pruefe(case: schemathesis.Case[Any], daten: st.DataObject) -> None:
            if art is GenerationMode.POSITIVE and case.query:
                richtig(case.query, daten, snapshot)
            if art is GenerationMode.POSITIVE and "z" in case.path_parameters:
                # how far x and y go depends on z
                case.path_parameters.update(z="0", x="0", y="0")
            antwort = case.call()
            # what is longer than any question does not get as far as an operation
            if antwort.status_code != HTTPStatus.REQUEST_URI_TOO_LONG:
                case.validate_response(antwort)

        try:
            pruefe()
        except Unsatisfiable:
            # nothing wrong can be said to an operation without parameters
            assert art is GenerationMode.NEGATIVE
            continue
        geprueft += 1
    assert geprueft
