"""Who asks: forwarded addresses are believed from the named networks only, from right to left."""

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pforte.besucher import Besucher, Proxykopf, adresse

PROXYS = tuple(ip_network(netz) for netz in ("127.0.0.0/8", "10.0.0.0/8", "::1/128", "fd00::/8"))


async def _nie(*_: Any) -> Any:
    raise AssertionError("nothing is read or answered here")


def gesehen(
    nachbar: str, *kopf: tuple[str, str], art: Proxykopf = "x-forwarded-for"
) -> tuple[str, str]:
    """Return client and scheme as the application sees them."""
    scope: dict[str, Any] = {
        "type": "http",
        "client": (nachbar, 5),
        "scheme": "http",
        "headers": [(n.encode(), w.encode("latin-1")) for n, w in kopf],
    }

    async def app(scope: Any, receive: Any, send: Any) -> None:
        pass

    # by hand: nothing is waited for, and a browser test may hold the loop of this process
    with pytest.raises(StopIteration):
        Besucher(app, PROXYS, art)(scope, _nie, _nie).send(None)
    return scope["client"][0], scope["scheme"]


@pytest.mark.parametrize(
    ("nachbar", "kopf", "client"),
    [
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),  # a stranger claims to be a proxy
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),  # the left one is the visitor's
        ("127.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.9", "198.51.100.7"),
        ("127.0.0.1", "10.0.0.3, 10.0.0.9", "10.0.0.3"),  # somebody inside
        ("127.0.0.1", "1.2.3.4, unsinn, 10.0.0.9", "10.0.0.9"),
        ("127.0.0.1", "unsinn", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", ", ,", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("::1", "[2001:db8::7]:443", "2001:db8::7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("fd00::2", "fe80::1%eth0", "fe80::1"),
        ("/run/nordwaerts.sock", "198.51.100.7", "/run/nordwaerts.sock"),
    ],
)
def test_the_rightmost_address_that_is_no_proxy_counts(
    nachbar: str, kopf: str, client: str
) -> None:
    assert gesehen(nachbar, ("x-forwarded-for", kopf))[0] == client


def test_several_header_lines_are_one_list() -> None:
    zeilen = (("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "198.51.100.7"))
    assert gesehen("127.0.0.1", *zeilen)[0] == "198.51.100.7"


@pytest.mark.parametrize(
    ("kopf", "erwartet"),
    [
        ("for=198.51.100.7;proto=https", ("198.51.100.7", "https")),
        ('For="[2001:db8::7]:80";Proto=HTTPS;by=10.0.0.1', ("2001:db8::7", "https")),
        ("for=1.2.3.4, for=198.51.100.7", ("198.51.100.7", "http")),
        ('for="a,b", for=198.51.100.7;host="x;for=9.9.9.9"', ("198.51.100.7", "http")),
        ("for=_geheim", ("127.0.0.1", "http")),
        ("for=unknown, for=10.0.0.9", ("10.0.0.9", "http")),
        ("for=198.51.100.7;proto=javascript", ("198.51.100.7", "http")),
        ('for="198.51.100.7', ("127.0.0.1", "http")),
    ],
)
def test_forwarded_is_read_as_the_rfc_writes_it(kopf: str, erwartet: tuple[str, str]) -> None:
    assert gesehen("127.0.0.1", ("forwarded", kopf), art="forwarded") == erwartet


def test_only_the_header_that_the_proxy_sets_is_believed() -> None:
    beide = (("x-forwarded-for", "198.51.100.7"), ("forwarded", "for=9.9.9.9;proto=https"))
    assert gesehen("127.0.0.1", *beide) == ("198.51.100.7", "http")
    assert gesehen("127.0.0.1", *beide, art="forwarded") == ("9.9.9.9", "https")


@pytest.mark.parametrize(
    ("nachbar", "proto", "schema"),
    [
        ("127.0.0.1", "https", "https"),
        ("203.0.113.5", "https", "http"),
        ("127.0.0.1", "http, https", "https"),
        ("127.0.0.1", "https, http", "http"),
        ("127.0.0.1", "ftp", "http"),
    ],
)
def test_the_scheme_comes_from_the_same_proxies(nachbar: str, proto: str, schema: str) -> None:
    assert gesehen(nachbar, ("x-forwarded-proto", proto))[1] == schema


@given(st.text(st.characters(codec="latin-1"), max_size=80))
def test_no_header_makes_anything_but_an_address(kopf: str) -> None:
    for art in ("x-forwarded-for", "forwarded"):
        client, schema = gesehen("127.0.0.1", (art, kopf), art=art)
        assert adresse(client) is not None
        assert schema in ("http", "https")
