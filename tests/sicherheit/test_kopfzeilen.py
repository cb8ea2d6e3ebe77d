"""Every answer carries the policy: pages, files, refusals, redirects and what went wrong."""

from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.settings import Settings
from app.store import Snapshot

SEITEN = (
    *("/", "/projekte", "/projekte/nw-019", "/auswertung", "/beteiligte", "/zwischenbilanz"),
    *("/bericht", "/aenderungen", "/einbetten/baukasten", "/impressum", "/gesundheit", "/nichts"),
)
DATEN = (
    *("/api/projekte?limit=1", "/daten/plaetze.geojson", "/export.csv", "/catalog", "/ogc"),
    *("/feed.atom", "/openapi.json", "/export.csv?status=quatsch", "/einbetten.js"),
)


def richtlinie(antwort: Response) -> dict[str, list[str]]:
    (csp,) = antwort.headers.get_list("content-security-policy")  # type: ignore[attr-defined]
    return {teile[0]: teile[1:] for teil in csp.split(";") if (teile := teil.split())}


@pytest.mark.parametrize("methode", ["GET", "HEAD", "POST", "OPTIONS"])
def test_the_policy_is_on_every_answer(client: TestClient, methode: str) -> None:
    for pfad in (*SEITEN, *DATEN, "/einbetten"):
        antwort = client.request(methode, pfad, follow_redirects=False)
        csp = richtlinie(antwort)  # type: ignore[arg-type]
        assert csp["default-src"] == csp["base-uri"] == ["'none'"], pfad
        assert csp["script-src"] == csp["style-src"] == ["'self'"]
        assert csp["form-action"] == ["'self'"]
        for quellen in csp.values():
            assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & {*quellen}
        assert antwort.headers["x-content-type-options"] == "nosniff"
        assert antwort.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "strict-transport-security" not in antwort.headers
        assert "set-cookie" not in antwort.headers
        rechte = antwort.headers["permissions-policy"].split(", ")
        assert {"geolocation=(self)", "camera=()", "microphone=()", "usb=()"} <= {*rechte}
        assert len(rechte) == len({*rechte})


def test_only_the_frame_may_be_framed(client: TestClient) -> None:
    for pfad in (*SEITEN, *DATEN):
        antwort = client.get(pfad, follow_redirects=False)
        assert richtlinie(antwort)["frame-ancestors"] == ["'none'"]  # type: ignore[arg-type]
        assert antwort.headers["x-frame-options"] == "DENY"
        assert antwort.headers["cross-origin-opener-policy"] == "same-origin"
    rahmen = client.get("/einbetten")
    assert richtlinie(rahmen)["frame-ancestors"] == ["'self'", "https://*.dortmund.de"]  # type: ignore[arg-type]
    assert not {"x-frame-options", "cross-origin-opener-policy"} & {*rahmen.headers}


def test_pages_are_for_us_and_data_for_everybody(client: TestClient, snapshot: Snapshot) -> None:
    def darf(pfad: str) -> str:
        kopf = client.get(pfad, follow_redirects=False).headers
        return str(kopf["cross-origin-resource-policy"])

    assert {darf(pfad) for pfad in SEITEN} == {"same-origin"}
    assert {darf(pfad) for pfad in (*DATEN, "/einbetten")} == {"cross-origin"}
    namen = snapshot.assets.values()
    assert darf("/vorschau/karte.0.png") == "cross-origin"
    assert darf(f"/assets/{next(n for n in namen if n.endswith('.js'))}") == "same-origin"


def test_what_nobody_expected_is_an_answer_like_any_other(build_dir: Path) -> None:
    app = create_app(Settings(build_dir=build_dir))

    def kaputt() -> None:
        raise ZeroDivisionError("geheim")

    app.add_api_route("/api/kaputt", kaputt)
    app.add_api_route("/kaputt", kaputt)
    with TestClient(app, raise_server_exceptions=False) as client:
        for pfad, art in (("/kaputt", "text/html"), ("/api/kaputt", "application/problem+json")):
            antwort = client.get(pfad)
            assert antwort.status_code == 500
            assert antwort.headers["content-type"].startswith(art)
            assert richtlinie(antwort)["default-src"] == ["'none'"]  # type: ignore[arg-type]
            assert "geheim" not in antwort.text
            assert "Traceback" not in antwort.text
