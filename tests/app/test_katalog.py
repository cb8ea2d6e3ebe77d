"""Every sentence that code or a template asks for by name is in the catalogue."""

import re

from app.katalog import lade
from app.sprachen import DEUTSCH
from tests.conftest import WURZEL

_KEY = re.compile(r"""\bt\(\s*["']([a-z0-9_.]+)["']\s*[,)]""")


def test_every_key_that_is_asked_for_is_there() -> None:
    dateien = [*WURZEL.glob("app/**/*.py"), *WURZEL.glob("app/templates/*.html")]
    gefragt = {
        (str(datei.relative_to(WURZEL)), key)
        for datei in dateien
        if "node_modules" not in datei.parts
        for key in _KEY.findall(datei.read_text("utf-8"))
    }
    assert len(gefragt) > 300
    texte = lade(DEUTSCH.code).texte
    assert sorted((datei, key) for datei, key in gefragt if key not in texte) == []
