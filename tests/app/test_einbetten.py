"""The frame's own parameters, the assistant and the code it makes, over HTTP."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.einbetten import baukasten, wahl
from app.settings import Settings
from app.sprachen import SPRACHEN
from app.store import Snapshot


class _Elemente(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.gefunden: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.gefunden.append((tag, dict(attrs)))


def code(client: TestClient, query: str = "") -> str:
    """The snippet as somebody copies it."""
    html = client.get(f"/einbetten/baukasten{query}", headers={"accept-language": "de"}).text
    gefunden = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert gefunden
    text = gefunden[1]
    for zeichen, entitaet in (("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        assert zeichen not in text
        text = text.replace(entitaet, zeichen)
    return text.replace("&amp;", "&")


def test_the_code_that_was_handed_out_once(client: TestClient) -> None:
    """Golden: these lines stand in pages of others, so a change here is a change for them."""
    assert code(client, "?stadtbezirk=huckarde&ansicht=liste&hoehe=inhalt") == (
        '<iframe src="http://127.0.0.1:8000/einbetten?stadtbezirk=huckarde&amp;sprache=de'
        '&amp;ansicht=liste&amp;hoehe=inhalt" title="nordwärts-Karte: Stadtbezirk Huckarde" '
        'lang="de" width="800" height="640" style="width: 100%; border: 0" loading="lazy" '
        'allow="geolocation; fullscreen" referrerpolicy="strict-origin-when-cross-origin">'
        "</iframe>\n"
        '<p lang="de" dir="auto"><a href="http://127.0.0.1:8000/projekte?stadtbezirk=huckarde'
        '&amp;sprache=de">Diese Projekte als Liste in der nordwärts-Karte öffnen</a></p>\n'
        '<script src="http://127.0.0.1:8000/einbetten.js" async></script>'
    )


def test_size_and_language_of_the_code(client: TestClient) -> None:
    fest = code(client, "?breite=500&pixel=900&rahmensprache=tr")
    assert 'width="500" height="900" style="width: 100%; max-width: 500px; border: 0"' in fest
    assert 'lang="tr"' in fest
    assert "sprache=tr" in fest
    assert "<script" not in fest
    offen = code(client, "?rahmensprache=browser&sprache=en")
    assert "sprache=" not in offen
    assert "lang=" not in offen
    assert "Open these projects" in offen


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_the_assistant_speaks_every_language(client: TestClient, sprache: str) -> None:
    html = client.get(f"/einbetten/baukasten?sprache={sprache}&titel=Testtitel").text
    assert "einbetten." not in re.sub(r"/einbetten\.js|stil/einbetten", "", html)
    assert f'<option value="{sprache}" selected>' in html
    links = [a for tag, a in _Elemente(html).gefunden if tag == "a" and "data-sprache" in a]
    assert all("titel=Testtitel" in (a["href"] or "") for a in links)


BOESE = ('"><script>alert(1)</script>', "' onload='x", "</textarea><img src=x>", "&quot;{{7*7}}")


@pytest.mark.parametrize("titel", BOESE)
def test_nothing_of_a_title_becomes_markup(client: TestClient, titel: str) -> None:
    text = code(client, f"?titel={quote(titel)}")
    elemente = _Elemente(text).gefunden
    assert [tag for tag, _ in elemente] == ["iframe", "p", "a"]
    assert elemente[0][1]["title"] == titel
    html = client.get(f"/einbetten/baukasten?titel={quote(titel)}").text
    seite = _Elemente(html).gefunden
    assert [a["title"] for tag, a in seite if tag == "iframe"] == [titel]
    assert not any("onload" in a or tag == "img" for tag, a in seite)


def test_what_was_not_understood_is_said_and_left_out(client: TestClient) -> None:
    html = client.get("/einbetten/baukasten?breite=5&pixel=1e9&ansicht=x&rahmensprache=xx").text
    for wert in ("„5“", "„1e9“", "„x“", "„xx“"):
        assert wert in html
    assert "width=&#34;800&#34; height=&#34;640&#34;" in html
    html = client.get("/einbetten?ansicht=quer&hoehe=voll&ansicht=karte").text
    assert "„voll“ ist kein erlaubter Wert" in html
    assert "darf nur einmal stehen" in html
    assert 'data-rahmen="beides"' in html


def test_the_views_of_the_frame(client: TestClient) -> None:
    liste = client.get("/einbetten?ansicht=liste").text
    assert "karte.js" not in re.sub(r"[-.][0-9a-f]{8,}", "", liste)
    assert 'id="kartenbereich"' not in liste
    karte = client.get("/einbetten?ansicht=karte").text
    assert 'id="liste"' in karte, "without script it is all there is"
    assert "data-ansicht=" not in liste + karte
    assert "data-ansicht=" in client.get("/einbetten").text
    assert "data-waechst" not in liste
    assert "data-waechst" in client.get("/einbetten?hoehe=inhalt").text


def test_every_link_of_the_state_keeps_how_the_frame_shows_it(client: TestClient) -> None:
    html = client.get("/einbetten?ansicht=liste&hoehe=inhalt&stadtbezirk=huckarde&status=x").text
    gefunden = _Elemente(html).gefunden
    eigene = [a["href"] or "" for tag, a in gefunden if tag == "a" and a.get("target") == "_self"]
    eigene = [href for href in eigene if href.startswith("/einbetten")]
    assert len(eigene) > 8
    assert all(href.endswith("ansicht=liste&hoehe=inhalt") for href in eigene)
    versteckt = {
        a["name"]: a["value"] for t, a in gefunden if t == "input" and a["type"] == "hidden"
    }
    assert versteckt["ansicht"] == "liste"
    assert versteckt["hoehe"] == "inhalt"
    hinaus = [a for t, a in gefunden if t == "a" and (a.get("href") or "").startswith("/projekte")]
    assert hinaus
    assert all("target" not in a and "ansicht" not in (a["href"] or "") for a in hinaus)
    assert '<base target="_blank">' in html


def test_the_parameters_of_the_frame_belong_to_no_other_page(client: TestClient) -> None:
    assert client.get("/api/projekte?ansicht=liste").status_code == 400
    assert "„ansicht“" in client.get("/?ansicht=liste").text


def test_the_script_for_other_pages_is_small_and_stays_where_it_is(
    client: TestClient, snapshot: Snapshot
) -> None:
    antwort = client.get("/einbetten.js", headers={"accept-encoding": "identity"})
    assert antwort.status_code == 200
    assert len(antwort.content) <= 1024
    assert antwort.headers["content-type"].startswith("text/javascript")
    assert "immutable" not in antwort.headers["cache-control"]
    assert antwort.headers.get("cross-origin-resource-policy") in (None, "cross-origin")
    etag = antwort.headers["etag"]
    assert client.get("/einbetten.js", headers={"if-none-match": etag}).status_code == 304
    assert "einbetten.js" in snapshot.assets


def test_who_may_frame_what(build_dir: Path) -> None:
    gast = "https://stadt.example"
    with TestClient(
        create_app(Settings(rate_pro_sekunde=0, build_dir=build_dir, frame_ancestors=(gast,)))
    ) as client:
        rahmen = client.get("/einbetten?ansicht=liste")
        assert f"frame-ancestors {gast}" in rahmen.headers["content-security-policy"]
        assert "x-frame-options" not in rahmen.headers
        assert f'data-duerfen="{gast}"' in rahmen.text
        for pfad in ("/", "/projekte", "/einbetten/baukasten", "/einbetten/nix", "/einbetten.js"):
            kopf = client.get(pfad).headers
            assert "frame-ancestors 'none'" in kopf["content-security-policy"], pfad
            assert kopf["x-frame-options"] == "DENY"
        bau = client.get("/einbetten/baukasten")
        assert "frame-src 'self'" in bau.headers["content-security-policy"]
        assert "frame-src" not in client.get("/").headers["content-security-policy"]
        # Who is not on the list cannot be previewed by itself; the page says so.
        assert "<iframe" not in bau.text
        assert "Vorschau ist hier nicht eingerichtet" in bau.text
        assert gast in bau.text


TEXT = st.text(max_size=30)


@given(st.lists(st.tuples(st.sampled_from((*wahl.NAMEN, *baukasten.NAMEN)), TEXT), max_size=12))
def test_any_query_is_read_and_what_is_read_is_read_again(paare: list[tuple[str, str]]) -> None:
    gelesen, _ = wahl.lies(paare)
    assert wahl.lies(gelesen.paare()) == (gelesen, ())
    gebaut, _ = baukasten.lies(paare)
    assert baukasten.lies(gebaut.paare()) == (gebaut, ())
