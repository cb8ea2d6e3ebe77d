"""What the audit of dependencies fails on, and what it only says."""

from pathlib import Path
from typing import Any

import pytest

from tests import audit
from tests.audit import Unerreichbar, aus_npm, aus_pip, frage

LUECKE = {"id": "TEST-1", "fix_versions": ["2.0"]}


def pip(*pakete: dict[str, Any]) -> dict[str, Any]:
    return {"dependencies": [{"name": "gut", "version": "1.0", "vulns": []}, *pakete]}


def npm(severity: str, fix: object) -> dict[str, Any]:
    luecke = {"severity": severity, "range": "<2", "fixAvailable": fix}
    return {"vulnerabilities": {"testpaket": luecke}}


def test_a_python_package_with_a_fix_is_named() -> None:
    ohne_abhilfe = {"id": "TEST-2", "fix_versions": []}
    paket = {"name": "testpaket", "version": "1.0", "vulns": [LUECKE, ohne_abhilfe]}
    assert list(aus_pip(pip(paket))) == ["testpaket 1.0: TEST-1, fixed in 2.0"]
    assert list(aus_pip(pip({"name": "unbekannt", "skip_reason": "not found"}))) == []


@pytest.mark.parametrize(
    ("severity", "fix", "anzahl"),
    [("critical", True, 1), ("high", {"name": "x"}, 1), ("high", False, 0), ("moderate", True, 0)],
)
def test_an_npm_package_is_named_from_high_on(severity: str, fix: object, anzahl: int) -> None:
    assert len(list(aus_npm(npm(severity, fix)))) == anzahl


def test_nothing_looked_up_is_not_nothing_found() -> None:
    with pytest.raises(Unerreichbar):
        list(aus_pip({"dependencies": [{"name": "x", "skip_reason": "not found"}]}))
    with pytest.raises(Unerreichbar, match="405"):
        list(aus_npm({"message": "405 Method Not Allowed"}))


def test_a_service_that_is_away_fails_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for befehl in (("gibt-es-nicht",), ("false",), ("sleep", "5")):
        monkeypatch.setattr(audit, "SEKUNDEN", 0.2)
        with pytest.raises(Unerreichbar):
            frage(befehl, tmp_path)
    monkeypatch.setattr(audit, "_PIP", ("false",))
    monkeypatch.setattr(audit, "_NPM", ("echo", '{"message": "offline"}'))
    assert audit.main() == 0
    assert capsys.readouterr().out.count("could not be audited") == 2
    monkeypatch.setattr(audit, "_NPM", ("echo", '{"vulnerabilities": {}}'))
    assert audit.main() == 0
    assert "npm packages have no known vulnerability" in capsys.readouterr().out
