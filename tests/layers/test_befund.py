"""Codes, severities and the catalogue belong together."""

import re

from app.katalog import lade
from layers.befund import SCHWERE, Code, Schwere


def test_every_code_has_two_sentences_and_no_sentence_is_left_over() -> None:
    texte = lade("de").texte
    erwartet = {f"befund.{code}.{teil}" for code in Code for teil in ("was", "tun")}
    vorhanden = {key for key in texte if re.fullmatch(r"befund\..+\.(was|tun)", key)}
    assert vorhanden == erwartet
    assert all(texte[key] for key in erwartet)


def test_every_code_has_a_severity() -> None:
    assert set(SCHWERE) == set(Code)
    assert set(SCHWERE.values()) == set(Schwere)
