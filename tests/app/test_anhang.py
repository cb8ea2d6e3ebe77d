"""Bytes added to compressed answers: what comes out is what a fresh compression would unpack to."""

import gzip

import brotli
from hypothesis import given, settings
from hypothesis import strategies as st

from app.anhang import MAX_ENDE, anfang, beendet

ENTPACKE = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@settings(deadline=None)
@given(st.binary(max_size=2000), st.integers(0, 300), st.binary(min_size=1, max_size=300))
def test_any_end_can_be_added_in_every_encoding(body: bytes, mal: int, ende: bytes) -> None:
    for art, entpacke in ENTPACKE.items():
        beginn = anfang(body * mal, art, guete=4)
        for schluss in (ende, ende[::-1] + b"}"):
            assert entpacke(beendet(beginn, schluss, art)) == body * mal + schluss


def test_the_longest_end_fits() -> None:
    ende = bytes(range(256)) * (MAX_ENDE // 256) + b"x" * (MAX_ENDE % 256)
    for art, entpacke in ENTPACKE.items():
        assert entpacke(beendet(anfang(b"kurz", art, guete=4), ende, art)) == b"kurz" + ende
