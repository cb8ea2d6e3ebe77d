"""Small address lists made here, and the directory of the city's own list where it is at hand."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.adressen import Adressen, Adressverzeichnis
from app.anwendung import create_app
from app.darstellung import Vorbereitet
from app.fassung import fassung
from app.ortssuche import Treffer, in_worten, suche
from app.settings import Settings
from layers.adressen.verzeichnis import Ergebnis, baue
from tests.conftest import WURZEL

GEODATA = WURZEL / "geodata"
REFERENZ = WURZEL.parent / "shared" / "referenz" / "adressen_opendata.csv.gz"
KOPF = "STRNAME;STRSL;HNR;HNRZ;RW;HW;UBZ"
ZEILEN = (
    "MÜNSTERSTRAßE;70001;12;;392900.10;5708900.20;051",
    "MÜNSTERSTRAßE;70001;12;A;392905.10;5708905.20;051",
    "MÜNSTERSTRAßE;70001;200;;392700.00;5709900.00;042",
    "KURT-SCHUMACHER-STRAßE;70002;5;;393000.00;5707900.00;001",
    "AN DER HERZ-JESU-KIRCHE;70003;1;;393500.00;5707000.00;091",
    "1260. PROJEKTIERTE STRAßE;77414;5;;391238.57;5705056.61;613",
    "BRÜDERWEG;70004;7;;393800.00;5708200.00;070",
    "HAFENSTRAßE;70005;3;;391300.00;5709600.00;041",
    "HAFENSTRAßE;70006;3;;386100.00;5713800.00;920",
)


def liste(zeilen: Iterable[str] = ZEILEN, kopf: str = KOPF) -> bytes:
    """The bytes of a list."""
    return "\n".join((kopf, *zeilen, "")).encode()


def gebref(name: str, hausnummer: str, ost: float, nord: float, kreis: str = "13") -> str:
    """A record of the state's list in its newer layout (21 fields)."""
    return (
        f"N;DENW52HK000TEST1;A;05;Nordrhein-Westfalen;9;Arnsberg;{kreis};Testkreis;000;Teststadt;"
        f"0000;;00815;{name};{hausnummer};;32;{ost:.3f};{nord:.3f};2026-07-01"
    )


def gebref_alt(name: str, hausnummer: str, ost: float, nord: float, kreis: str = "13") -> str:
    """The same in the older layout (15 fields): with zone, with commas."""
    x, y = (f"{wert:.3f}".replace(".", ",") for wert in (ost + 32_000_000, nord))
    kennung = f"N;DENW000000000001;A;05;9;{kreis};000;0000;00815"
    return f"{kennung};{hausnummer};;{x};{y};{name};2022-01-01"


def baue_liste(ordner: Path, inhalt: bytes, name: str = "liste.csv") -> Ergebnis:
    """Write the bytes to a file and build the directory from it."""
    quelle = ordner / name
    quelle.write_bytes(inhalt)
    return baue(str(quelle), ordner / "adressen.sqlite", GEODATA)


def zufall(keim: int) -> random.Random:
    """A generator that gives the same numbers for the same seed."""
    return random.Random(keim)


def vertippe(name: str, generator: random.Random) -> str:
    """One slip: a letter wrong, too many, missing, or swapped with the next."""
    art = generator.choice(("falsch", "zuviel", "fehlt", "vertauscht"))
    i = generator.randrange(len(name))
    fremd = generator.choice("abcdefghijklmnopqrstuvwxyzäöüß")
    if art == "falsch":
        return name[:i] + fremd + name[i + 1 :]
    if art == "zuviel":
        return name[:i] + fremd + name[i:]
    if art == "fehlt":
        return name[:i] + name[i + 1 :]
    i = min(i, len(name) - 2)
    return name[:i] + name[i + 1] + name[i] + name[i + 2 :]


class Sucher:
    """The search without the network."""

    def __init__(self, pfad: Path, vorbereitet: Vorbereitet) -> None:
        self.adressen: Adressen | None = Adressverzeichnis(pfad).adressen()
        self.vorbereitet = vorbereitet

    def __call__(self, text: str, grenze: int = 5) -> list[Treffer]:
        bezirke = self.vorbereitet.darstellung(fassung("de")).labels.facetten["stadtbezirk"]
        zusatz = in_worten(bezirke, ", ")
        return suche(text, self.vorbereitet.orte, self.adressen, zusatz, grenze)

    @property
    def strassennamen(self) -> list[str]:
        """All streets of the directory."""
        assert self.adressen is not None
        return [strasse.name for strasse in self.adressen._strassen]

    def namen(self, text: str, grenze: int = 5) -> list[str]:
        return [treffer.name for treffer in self(text, grenze)]


@pytest.fixture(scope="session")
def verzeichnis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the small list."""
    ordner = tmp_path_factory.mktemp("adressen")
    baue_liste(ordner, liste())
    return ordner / "adressen.sqlite"


@pytest.fixture(scope="session")
def adressclient(build_dir: Path, verzeichnis: Path) -> Iterator[TestClient]:
    """The service with the directory of the small list."""
    einstellungen = Settings(rate_pro_sekunde=0, build_dir=build_dir, adressen=verzeichnis)
    with TestClient(create_app(einstellungen)) as client:
        yield client


@pytest.fixture(scope="session")
def vorbereitet(adressclient: TestClient) -> Vorbereitet:
    """What the service has prepared of the shipped data."""
    fertig: Vorbereitet = adressclient.app.state.dienst.store.stand.vorbereitet  # type: ignore[attr-defined]
    return fertig


@pytest.fixture(scope="session")
def klein(verzeichnis: Path, vorbereitet: Vorbereitet) -> Sucher:
    """The search over the small list."""
    return Sucher(verzeichnis, vorbereitet)


@pytest.fixture(scope="session")
def stadt_verzeichnis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the city's own list."""
    if not REFERENZ.is_file():
        pytest.skip("../shared/referenz is not there")
    ziel = tmp_path_factory.mktemp("stadt") / "adressen.sqlite"
    baue(str(REFERENZ), ziel, GEODATA)
    return ziel


@pytest.fixture(scope="session")
def stadt(stadt_verzeichnis: Path, vorbereitet: Vorbereitet) -> Sucher:
    """The search over the city's own list."""
    return Sucher(stadt_verzeichnis, vorbereitet)
