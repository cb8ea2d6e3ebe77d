"""Past the router: the same answers as through it."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from app.errors import NichtGefunden
from app.kurzweg import Kurzweg
from app.routes import ogc

ITEMS = "/ogc/collections/projekte/items"


async def _antworte(request: Request) -> Response:
    if request.path_params["name"] == "fehlt":
        raise NichtGefunden
    return PlainTextResponse(request.path_params["name"])


async def _router(request: Request) -> Response:
    return PlainTextResponse(f"router: {request.scope.get('path_params')}")


@pytest.fixture
def kurz() -> TestClient:
    app = Starlette()
    app.add_route("/{rest:path}", _router, methods=["GET", "POST"])
    return TestClient(Kurzweg(app, "/orte/{name}", _antworte))


def test_the_route_is_answered_without_the_router(kurz: TestClient) -> None:
    assert kurz.get("/orte/hafen").text == "hafen"


@pytest.mark.parametrize("pfad", ["/orte/fehlt", "/orte", "/orte/hafen/mehr", "/"])
def test_what_is_refused_or_another_address_goes_the_whole_way(kurz: TestClient, pfad: str) -> None:
    assert kurz.get(pfad).text.startswith("router: ")


def test_other_methods_go_the_whole_way(kurz: TestClient) -> None:
    assert kurz.post("/orte/hafen").text.startswith("router: ")


@pytest.mark.parametrize(
    "query",
    ["", "limit=2", "limit=2&offset=3&f=json", "offset=90000", "f=html&limit=2", "limit=-1", "x=1",
     "status=umgesetzt&limit=3", "filter=nr%20IS%20NULL&limit=2", "bbox=7.4,51.5,7.5,51.6&limit=2"],
)  # fmt: skip
def test_pages_of_features_are_those_of_their_route(client: TestClient, query: str) -> None:
    app: Any = client.app
    geroutet = FastAPI()
    geroutet.state.dienst = app.state.dienst
    geroutet.exception_handlers.update(app.exception_handlers)
    geroutet.include_router(ogc.router)
    antworten = [c.get(f"{ITEMS}?{query}") for c in (client, TestClient(geroutet))]
    assert antworten[0].status_code == antworten[1].status_code
    inhalte = [a.text.split('"timeStamp"')[0] for a in antworten]
    if "html" not in query and antworten[0].status_code == 200:
        assert inhalte[0] == inhalte[1]
        for name in ("etag", "link", "vary", "content-crs", "content-language", "cache-control"):
            assert antworten[0].headers[name] == antworten[1].headers[name]
