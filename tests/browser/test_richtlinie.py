"""The watch over the policy can fail: a violation of any kind is noticed, also a reported one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.browser.besuch import Besuch, bis

VERSTOESSE = {
    "script-src-elem": "const s = document.createElement('script'); s.textContent = '1';",
    "script-src-attr": "const s = document.createElement('b'); s.setAttribute('onclick', '1');",
    "style-src-attr": "const s = document.createElement('b'); s.setAttribute('style', 'top:0');",
    "style-src-elem": "const s = document.createElement('style'); s.textContent = 'b{top:0}';",
    "img-src": "const s = new Image(); s.src = 'https://fremd.example/x.png';",
    "frame-src": "const s = document.createElement('iframe'); s.src = '/projekte';",
    "connect-src": "const s = ''; fetch('https://fremd.example/').catch(() => 0);",
    "object-src": "const s = document.createElement('object'); s.data = '/symbol.svg';",
}


@pytest.fixture
def seite(besuche: Callable[..., Besuch]) -> tuple[Besuch, Page]:
    besuch = besuche(auch=("fremd.example",))
    return besuch, besuch.oeffne("/impressum")


def bemerkt(besuch: Besuch, blatt: Page, was: str) -> None:
    """Wait until the visit has noticed it; then forget it, or the visit fails as it should."""
    bis(lambda: blatt.title() and any(was in a for a in besuch.auffaellig))
    besuch.auffaellig.clear()


@pytest.mark.parametrize(("anweisung", "skript"), VERSTOESSE.items(), ids=VERSTOESSE.keys())
def test_a_violation_is_noticed(seite: tuple[Besuch, Page], anweisung: str, skript: str) -> None:
    besuch, blatt = seite
    blatt.evaluate(f"() => {{ {skript} document.body.append(s); }}")
    bemerkt(besuch, blatt, f"CSP (enforce): {anweisung}")


def test_eval_is_noticed(seite: tuple[Besuch, Page]) -> None:
    besuch, blatt = seite
    # a timer of the page itself: what Playwright evaluates is exempt
    blatt.evaluate("() => { setTimeout('1', 0); }")
    bemerkt(besuch, blatt, "CSP (enforce): script-src")


def test_what_is_only_reported_is_noticed_too(besuche: Callable[..., Besuch]) -> None:
    besuch = besuche()

    def strenger(weg: Route) -> None:
        antwort = weg.fetch()
        kopf = {**antwort.headers, "content-security-policy-report-only": "style-src 'none'"}
        weg.fulfill(response=antwort, headers=kopf)

    besuch.context.route("**/impressum", strenger)
    bemerkt(besuch, besuch.oeffne("/impressum"), "CSP (report): style-src-elem")


def test_without_script_the_console_still_tells(besuche: Callable[..., Besuch]) -> None:
    besuch = besuche(java_script_enabled=False)

    def mit_stil(weg: Route) -> None:
        antwort = weg.fetch()
        weg.fulfill(
            response=antwort, body=antwort.text().replace("<main", '<b style="top:0"></b><main')
        )

    besuch.context.route("**/impressum", mit_stil)
    bemerkt(besuch, besuch.oeffne("/impressum"), "Content Security Policy")
