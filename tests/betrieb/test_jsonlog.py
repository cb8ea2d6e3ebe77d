"""One line a record, whatever stands in it; addresses shortened."""

import json
import logging
import sys
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.betrieb.aufzeichnung import UNBEKANNT_WEG, weg
from app.betrieb.jsonlog import ANFRAGE, JsonZeilen
from app.zugriffsprotokoll import UNBEKANNT, gekuerzt


def zeile(text: str, **felder: object) -> dict[str, object]:
    record = logging.LogRecord("quelle", logging.INFO, "", 0, "%s", (text,), None)
    record.felder = felder
    geschrieben = JsonZeilen().format(record)
    assert "\n" not in geschrieben
    return dict(json.loads(geschrieben))


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_any_text_is_one_line(text: str, pfad: str) -> None:
    gelesen = zeile(text, pfad=pfad)
    assert gelesen["stufe"] == "info"
    if not any("\ud800" <= zeichen <= "\udfff" for zeichen in text + pfad):
        assert (gelesen["text"], gelesen["pfad"]) == (text, pfad)


def test_an_exception_is_in_the_line_of_its_request() -> None:
    ANFRAGE.set("abc")
    try:
        int("kaputt")
    except ValueError:
        record = logging.LogRecord("q", logging.ERROR, "", 0, "x", (), sys.exc_info())
    gelesen = json.loads(JsonZeilen().format(record))
    ANFRAGE.set("")
    assert gelesen["anfrage"] == "abc"
    assert "ValueError: invalid literal" in gelesen["ausnahme"]


@pytest.mark.parametrize(
    ("adresse", "kurz"),
    [
        ("192.0.2.77", "192.0.2.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("::ffff:192.0.2.77", "192.0.2.0"),
        ("unix:", UNBEKANNT),
        ("", UNBEKANNT),
    ],
)
def test_addresses_are_shortened(adresse: str, kurz: str) -> None:
    assert gekuerzt(adresse) == kurz


@given(st.ip_addresses())
def test_no_full_address_is_left(adresse: IPv4Address | IPv6Address) -> None:
    kurz = ip_address(gekuerzt(str(adresse)))
    verborgen = 8 if kurz.version == 4 else 80
    assert int(kurz) % 2**verborgen == 0


@given(st.text(), st.integers(100, 599))
def test_without_a_route_no_path_becomes_a_label(pfad: str, status: int) -> None:
    assert weg({"path": "/" + pfad}, status) in {
        UNBEKANNT_WEG,
        "/assets/{datei}",
        "/daten/{ebene}",
        "/openapi.json",
    }
