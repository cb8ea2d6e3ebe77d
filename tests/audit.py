"""``make audit``: known vulnerabilities in what the lock files pin.

Fails where a fix exists: of a Python package on any known vulnerability (its advisories state no
severity), of an npm package from severity high on. An advisory service that cannot be reached is
said in one line and fails nothing: a build must not depend on another machine.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

WURZEL: Final = Path(__file__).resolve().parents[1]
SEKUNDEN: Final = 120
_ERNST: Final = frozenset({"high", "critical"})
_PIP: Final = (
    *("pip-audit", "--requirement", "requirements-dev.lock", "--disable-pip"),
    *("--format", "json", "--progress-spinner", "off", "--timeout", "10"),
)
_NPM: Final = ("npm", "audit", "--json")


class Unerreichbar(Exception):
    """The advisory service gave no answer, or none about our packages."""


def aus_pip(antwort: Mapping[str, Any]) -> Iterator[str]:
    """Yield what pip-audit found and a newer version would mend.

    Raises
    ------
    Unerreichbar
        No package was looked at. pip-audit calls that "no known vulnerabilities".
    """
    pakete = antwort["dependencies"]
    if all("skip_reason" in paket for paket in pakete):
        raise Unerreichbar("no package could be looked up")
    for paket in pakete:
        for luecke in paket.get("vulns", ()):
            if luecke["fix_versions"]:
                fassungen = ", ".join(luecke["fix_versions"])
                yield f"{paket['name']} {paket['version']}: {luecke['id']}, fixed in {fassungen}"


def aus_npm(antwort: Mapping[str, Any]) -> Iterator[str]:
    """Yield what npm found that is high or critical and has a fix.

    Raises
    ------
    Unerreichbar
        The answer is an error instead of a report.
    """
    if "vulnerabilities" not in antwort:
        raise Unerreichbar(str(antwort.get("message") or antwort.get("error") or "no report"))
    for name, luecke in antwort["vulnerabilities"].items():
        if luecke["severity"] in _ERNST and luecke["fixAvailable"]:
            yield f"{name} {luecke['range']}: {luecke['severity']}"


def frage(befehl: tuple[str, ...], ordner: Path) -> Mapping[str, Any]:
    """Run a command that answers in JSON, whatever its exit code says.

    Raises
    ------
    Unerreichbar
        It took too long, is not there, or did not answer in JSON.
    """
    try:
        lauf = subprocess.run(
            befehl, cwd=ordner, capture_output=True, timeout=SEKUNDEN, check=False
        )
        antwort: Mapping[str, Any] = orjson.loads(lauf.stdout)
    except subprocess.TimeoutExpired as fehler:
        raise Unerreichbar("no answer in time") from fehler
    except OSError as fehler:
        raise Unerreichbar(str(fehler)) from fehler
    except orjson.JSONDecodeError as fehler:
        letzte = lauf.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Unerreichbar(*letzte) from fehler
    return antwort


def main() -> int:
    """Ask both services; return how many of them know something that has a fix."""
    code = 0
    for name, befehl, ordner, lies in (
        ("Python", _PIP, WURZEL, aus_pip),
        ("npm", _NPM, WURZEL / "app" / "web", aus_npm),
    ):
        try:
            gefunden = list(lies(frage(befehl, ordner)))
        except Unerreichbar as fehler:
            sys.stdout.write(f"audit: {name} packages could not be audited ({fehler})\n")
            continue
        for zeile in gefunden:
            sys.stdout.write(f"audit: {zeile}\n")
        if not gefunden:
            sys.stdout.write(f"audit: {name} packages have no known vulnerability with a fix\n")
        code += bool(gefunden)
    return code


if __name__ == "__main__":
    sys.exit(main())
