"""Large files are mapped, small ones read; both hold the same bytes."""

from pathlib import Path

import pytest

from layers import abbild


@pytest.mark.parametrize(("groesse", "art"), [(0, bytes), (5, bytes), (3 << 16, memoryview)])
def test_bytes_are_the_same_wherever_they_lie(tmp_path: Path, groesse: int, art: type) -> None:
    pfad = tmp_path / "datei"
    soll = bytes(range(256)) * (groesse // 256) + b"x" * (groesse % 256)
    pfad.write_bytes(soll)
    inhalt = abbild.lies(pfad)
    assert isinstance(inhalt, art)
    abbild.gib_zurueck(inhalt)
    # who removes a build takes nothing from those who still serve it
    pfad.unlink()
    assert bytes(inhalt) == soll
