"""What takes seconds with very many projects holds nobody else, and is not done twice."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.beiseite import ZUGLEICH, Beiseite
from app.settings import Settings

GEDULD = 30
"""Seconds; far more than anything here takes."""


class Gehalten:
    """A function that waits until it is let go, and counts how often it began."""

    def __init__(self, eigentlich: Callable[..., Any]) -> None:
        self.eigentlich = eigentlich
        self.begonnen = threading.Event()
        self.frei = threading.Event()
        self.anzahl = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.anzahl += 1
        self.begonnen.set()
        assert self.frei.wait(GEDULD), "held whoever was to let it go"
        return self.eigentlich(*args, **kwargs)


@pytest.fixture
def frisch(build_dir: Path) -> Iterator[TestClient]:
    """A service that has not been asked anything yet."""
    app = create_app(Settings(build_dir=build_dir, rate_pro_sekunde=0))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("pfad", "schwer"),
    [
        ("/suche?q=park", "app.darstellung.ortsverzeichnis"),
        ("/zwischenbilanz", "app.darstellung.mitwirkung"),
        ("/beteiligte", "app.darstellung.mitwirkung"),
        ("/beteiligte.csv", "app.darstellung.mitwirkung"),
        ("/beteiligte.json", "app.darstellung.mitwirkung"),
        ("/beteiligte/stadt-dortmund", "app.darstellung.mitwirkung"),
        ("/auswertung", "app.darstellung.kostenspalte"),
        ("/auswertung.csv", "app.darstellung.kostenspalte"),
        ("/export.csv", "app.routes.exporte.auszug"),
        ("/export.geojson?q=park", "app.routes.exporte.auszug"),
        ("/sitemap.xml", "app.sitemap.eintraege"),
        ("/sitemap-1.xml", "app.sitemap.eintraege"),
    ],
)
def test_others_are_answered_meanwhile_and_equal_requests_are_one(
    frisch: TestClient, monkeypatch: pytest.MonkeyPatch, pfad: str, schwer: str
) -> None:
    modul, _, name = schwer.rpartition(".")
    gehalten = Gehalten(getattr(import_module(modul), name))
    monkeypatch.setattr(schwer, gehalten)
    with ThreadPoolExecutor(3) as besucher:
        fragen = [besucher.submit(frisch.get, pfad) for _ in range(3)]
        assert gehalten.begonnen.wait(GEDULD)
        for andere in ("/gesundheit", "/projekte"):
            assert frisch.get(andere).status_code == 200
        assert not any(frage.done() for frage in fragen)
        gehalten.frei.set()
        antworten = {(frage.result().status_code, frage.result().content) for frage in fragen}
    assert len(antworten) == 1
    assert gehalten.anzahl == 1


def test_what_fails_is_tried_again_by_the_next(
    frisch: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scheitert(*_: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as kaputt:
        kaputt.setattr("app.darstellung.ortsverzeichnis", scheitert)
        assert frisch.get("/suche?q=park").status_code == 500
    assert frisch.get("/suche?q=park").status_code == 200


def test_only_so_much_is_under_way_and_the_rest_waits_its_turn() -> None:
    schranke = threading.Barrier(ZUGLEICH)
    laufend: set[int] = set()
    meiste: list[int] = []

    def arbeit(nummer: int) -> None:
        laufend.add(nummer)
        # together, or the barrier breaks
        schranke.wait(GEDULD)
        meiste.append(len(laufend))
        schranke.wait(GEDULD)
        laufend.discard(nummer)

    async def alle() -> None:
        beiseite = Beiseite()
        async with asyncio.TaskGroup() as gruppe:
            for nummer in range(3 * ZUGLEICH):
                gruppe.create_task(beiseite.erledige(nummer, partial(arbeit, nummer)))

    # a thread of its own: in this one a browser's event loop may run
    with ThreadPoolExecutor(1) as faden:
        faden.submit(asyncio.run, alle()).result()
    assert set(meiste) == {ZUGLEICH}
