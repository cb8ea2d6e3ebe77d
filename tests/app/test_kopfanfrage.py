"""HEAD is answered wherever GET is, with the same headers and nothing behind them."""

import pytest
from starlette.testclient import TestClient

_OHNE_VERGLEICH = {"x-request-id", "date"}


@pytest.mark.parametrize(
    "pfad",
    [
        "/",
        "/projekte/nw-019",
        "/projekte/nw-019.pdf",
        "/projekte/nichts",
        "/api/projekte?limit=1",
        "/export.csv",
        "/export.csv?status=quatsch",
        "/beteiligte.xlsx",
        "/bericht/anlage-3.pdf",
        "/catalog.jsonld",
        "/daten/plaetze.geojson",
        "/ogc/collections/plaetze/items",
        "/feed.atom",
        "/gesundheit",
    ],
)
def test_head_tells_what_get_would_bring(client: TestClient, pfad: str) -> None:
    ganz, kopf = client.get(pfad), client.head(pfad)
    assert kopf.status_code == ganz.status_code
    assert kopf.content == b""
    erwartet = {k: v for k, v in ganz.headers.items() if k not in _OHNE_VERGLEICH}
    assert {k: v for k, v in kopf.headers.items() if k not in _OHNE_VERGLEICH} == erwartet
