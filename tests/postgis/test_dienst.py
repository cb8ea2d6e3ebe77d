"""The service over a database: the same surfaces, a switch, a loss and what comes after it."""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.betrieb.start import buildfehler
from app.postgis.laden import veroeffentliche
from app.postgis.quelle import Datenbank
from app.settings import Settings
from app.store import AKTUELL, BuildFehler
from tests.conftest import WURZEL, baue
from tests.postgis.server import Server, datenbank

SURFACES = (
    "/",
    "/?q=hafen&sort=-stand",
    "/?sprache=ar&status=umgesetzt",
    "/projekte?nahe=51.53,7.45&umkreis=3000",
    "/projekte?stadtbezirk=huckarde&sort=stadtbezirk&seite=1",
    "/projekte/nw-019",
    "/projekte/gibt-es-nicht",
    "/einbetten?ansicht=liste&bbox=7.4,51.5,7.5,51.6",
    "/api/projekte?handlungsfeld=flaechenentwicklung&limit=5&offset=3&sort=-beginn",
    "/api/projekte?nahe=51.53,7.45&limit=7",
    "/api/projekte?q=xyzzy",
    "/api/projekte?status=gibt-es-nicht",
    "/api/projekte/nw-019",
    "/projekte?q=Hafn",
    "/plaetze/nordmarkt",
    "/stadtbezirke/huckarde",
    "/auswertung?zeilen=status&spalten=handlungsfeld&von=2015",
    "/auswertung.csv",
    "/beteiligte",
    "/beteiligte/stadt-dortmund",
    "/beteiligte.json?stadtbezirk=eving",
    "/zwischenbilanz",
    "/aenderungen",
    "/bericht",
    "/suche?q=nordmarkt",
    "/export.csv?stadtbezirk=huckarde",
    "/export.geojson?nahe=51.53,7.45",
    "/daten/projekte.geojson",
    "/daten/codelisten.json",
    "/ogc/collections/projekte/items?limit=3",
    "/catalog.jsonld",
    "/sitemap.xml",
    "/datenschutz",
    "/gesundheit",
)


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service over the database, on a machine that has no build."""
    nichts = tmp_path_factory.mktemp("nichts")
    with TestClient(
        create_app(Settings(rate_pro_sekunde=0, build_dir=nichts, datenquelle=geladen))
    ) as client:
        yield client


@pytest.mark.parametrize("adresse", SURFACES)
def test_every_surface_is_the_same(adresse: str, dienst: TestClient, client: TestClient) -> None:
    hier, dort = client.get(adresse), dienst.get(adresse)
    assert (dort.status_code, dort.headers["content-type"]) == (
        hier.status_code,
        hier.headers["content-type"],
    )
    ohne_zeit = [a.text.split('"timeStamp"')[0] for a in (hier, dort)]
    assert ohne_zeit[1] == ohne_zeit[0]
    if "etag" in hier.headers:
        assert dort.headers["etag"] == hier.headers["etag"]


def test_documents_are_set_with_fonts_from_the_database(dienst: TestClient) -> None:
    assert dienst.get("/projekte/nw-019.pdf").content.startswith(b"%PDF-")


def test_the_first_page_loads_no_record_it_does_not_show(geladen: str) -> None:
    with TestClient(create_app(Settings(rate_pro_sekunde=0, datenquelle=geladen))) as client:
        antwort = client.get("/api/projekte?limit=3&sort=-nr").json()
        assert len(antwort["projekte"]) == 3
        projekte: Any = client.app.state.dienst.store.stand.snapshot.projekte  # type: ignore[attr-defined]
        assert len(projekte._da) == 3


def test_who_waits_for_the_database_keeps_nobody_waiting(
    dienst: TestClient, geladen: str, build_dir: Path
) -> None:
    schema = sql.Identifier("nw_" + (build_dir / AKTUELL).resolve().name.replace("-", "_"))
    sperre = sql.SQL("LOCK TABLE {}.menge").format(schema)
    with ThreadPoolExecutor() as andere, psycopg.connect(geladen) as verbindung:
        verbindung.execute(sperre)
        wartend = andere.submit(dienst.get, "/api/projekte?status=umgesetzt&von=2016&limit=3")
        bis(lambda: bool(_wartende(geladen)))
        assert dienst.get("/gesundheit").status_code == 200
        assert dienst.get("/datenschutz").status_code == 200
        assert not wartend.done()
        verbindung.rollback()
        assert wartend.result().status_code == 200


def _wartende(adresse: str) -> list[Any]:
    frage = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with psycopg.connect(adresse) as verbindung:
        return verbindung.execute(frage).fetchall()


@pytest.fixture(scope="module")
def zweiter(build_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A later build in which one project is called otherwise."""
    ordner = tmp_path_factory.mktemp("zweiter")
    geodata = shutil.copytree(WURZEL / "geodata", ordner / "geodata")
    builds = shutil.copytree(build_dir, ordner / "build", symlinks=True)
    liste = geodata / "projekte.csv"
    liste.write_text(liste.read_text("utf-8").replace("BINARIUM", "BINARIUM (neu)"), "utf-8")
    fertig = baue(geodata, builds)
    assert fertig.returncode == 0, fertig.stderr
    return (Path(builds) / AKTUELL).resolve()


def test_a_switch_is_noticed_between_two_requests(
    server: Server, build_dir: Path, zweiter: Path
) -> None:
    adresse = datenbank(server, "wechsel")
    lade(adresse, build_dir / AKTUELL)
    gesetzt = Settings(datenquelle=adresse, poll_seconds=0.05)
    with TestClient(create_app(gesetzt)) as client:
        vorher = client.get("/api/projekte?q=binarium").json()
        altes = client.get("/").text.split('src="/assets/app.')[1].split('"')[0]
        lade(adresse, zweiter)
        bis(lambda: client.get("/gesundheit").json()["build"] == zweiter.name)
        nachher = client.get("/api/projekte?q=binarium").json()
        assert [p["name"].replace(" (neu)", "") for p in nachher["projekte"]] == [
            p["name"] for p in vorher["projekte"]
        ]
        assert nachher["projekte"] != vorher["projekte"]
        assert client.get(f"/assets/app.{altes}").status_code == 200
        assert "(neu)" in client.get(f"/aenderungen?seit={vorher['build']}").text
        # and back again: the build is still there
        assert not lade(adresse, build_dir / AKTUELL).neu
        bis(lambda: client.get("/gesundheit").json()["build"] == vorher["build"])


def test_a_lost_database_is_said_and_comes_back_by_itself(server: Server, geladen: str) -> None:
    with TestClient(
        create_app(Settings(rate_pro_sekunde=0, datenquelle=geladen, poll_seconds=0.05))
    ) as client:
        bekannt = client.get("/projekte?status=umgesetzt").text
        server.halte()
        try:
            seite = client.get("/projekte?status=gestartet")
            assert seite.status_code == 503
            assert int(seite.headers["retry-after"]) > 0
            assert "Die Datenbank antwortet zurzeit nicht" in seite.text
            api = client.get("/api/projekte?status=gestartet")
            assert api.status_code == 503
            assert api.json()["type"] == "urn:nordwaerts:problem:datenbank"
            assert client.get("/assets/" + asset(bekannt)).status_code == 503
            assert client.get("/projekte?status=umgesetzt").text == bekannt
            assert client.get("/gesundheit").json()["status"] == "gestoert"
            assert client.get("/?sprache=tr&status=gestartet").status_code == 503
        finally:
            server.starte()
        bis(lambda: client.get("/gesundheit").json()["status"] == "ok")
        assert client.get("/projekte?status=gestartet").status_code == 200


def test_a_role_that_may_only_read_is_enough_also_on_a_replica(
    server: Server, build_dir: Path, eigener_ordner: Path
) -> None:
    adresse = datenbank(server, "lesen")
    with psycopg.connect(adresse, autocommit=True) as verbindung:
        verbindung.execute("CREATE ROLE leser LOGIN")
        verbindung.execute("ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO leser")
        verbindung.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO leser")
    lade(adresse, build_dir / AKTUELL)
    replik = server.kopiere(eigener_ordner / "daten")
    try:
        gesetzt = Settings(datenquelle=replik.adresse("lesen", "leser"))
        with TestClient(create_app(gesetzt)) as client:
            assert client.get("/api/projekte?q=hafen").json()["anzahl"] > 0
            assert client.get("/projekte/nw-019").status_code == 200
    finally:
        replik.halte()


def test_sessions_of_the_service_cannot_write(quelle: Datenbank) -> None:
    ((an,),) = quelle.verbindung.zeilen("SHOW default_transaction_read_only")
    assert an == "on"


@pytest.mark.parametrize(
    ("name", "grund", "satz"),
    [
        ("leer", "datenbank-leer", "noch nichts veröffentlicht"),
        ("fremd", "datenbank-fassung", "zu einer anderen Fassung (999)"),
    ],
)
def test_a_database_without_a_build_is_said_at_the_start(
    name: str, grund: str, satz: str, server: Server
) -> None:
    adresse = datenbank(server, name)
    if name == "fremd":
        with psycopg.connect(adresse) as verbindung:
            verbindung.execute("CREATE SCHEMA nordwaerts")
            verbindung.execute("CREATE TABLE nordwaerts.fassung AS SELECT 999 AS version")
    with pytest.raises(BuildFehler) as gefangen:
        create_app(Settings(datenquelle=adresse))
    assert gefangen.value.grund == grund
    assert satz in buildfehler(gefangen.value).satz


def test_a_database_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(BuildFehler) as gefangen:
        create_app(Settings(datenquelle="postgresql://karte:geheim@127.0.0.1:1/karte"))
    satz = buildfehler(gefangen.value).satz
    assert "postgresql://***@127.0.0.1:1/karte" in satz
    assert "geheim" not in satz


def lade(adresse: str, ordner: Path) -> Any:
    return veroeffentliche(adresse, ordner.resolve(), schritt=lambda _: None)


def asset(seite: str) -> str:
    """Name of a script of a page that nobody has fetched yet."""
    return seite.split('src="/assets/')[1].split('"', maxsplit=1)[0]


def bis(wahr: Callable[[], bool], sekunden: float = 30) -> None:
    ende = time.monotonic() + sekunden
    while not wahr():
        assert time.monotonic() < ende
        time.sleep(0.02)
