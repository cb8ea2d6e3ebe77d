"""The published snapshot in memory, and the switch to the next one between two requests."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import orjson

from app.dateien import NACHFRAGEN, UNVERAENDERLICH, Datei, datei
from app.herkunftsverweis import herkunftsverweis
from app.index import Index, lies
from app.kacheln.archiv import kacheldateien
from app.kacheln.vorrat import Kacheln
from layers import abbild, merkmale
from layers.abbild import Puffer
from layers.herkunft import EBENEN, herkunft
from layers.saetze import Saetze
from layers.textstuecke import Stellen, Textstuecke

if TYPE_CHECKING:
    from app.quelle import Quelle

log = logging.getLogger("nordwaerts")

AKTUELL: Final = "aktuell"
_KODIERUNGEN: Final = {"": "", "gzip": ".gz", "br": ".br"}
INDEXDATEIEN: Final = ("index.bin", "suche.bin")
_FESTE: Final = {"/einbetten.js": "einbetten.js"}
"""Assets that the pages of others name: their addresses have no hash and stay."""
T = TypeVar("T")


class BuildFehler(Exception):
    """A build cannot be served; ``grund`` is a key of the catalogue (``start.<grund>``)."""

    def __init__(self, grund: str, ort: Path | str, einzelheit: str = "") -> None:
        super().__init__(f"{grund}: {ort} {einzelheit}")
        self.grund = grund
        self.ort = ort
        self.einzelheit = einzelheit


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One build, read and checked; nothing in it ever changes.

    ``ebenen``: layer → size, hash and bbox of its file, empty in builds from before.
    ``geprueft`` are the languages whose texts a person has reviewed.
    ``projekte`` are the records of ``steckbriefe.json`` in row order of ``index``, each parsed
    when it is asked for;
    ``seitentexte``: page (``datenschutz``, …) → language → text, empty in builds from before;
    ``texte`` are their searched texts, (field, text) each, in the order of ``layers.texte``;
    ``merkmale``: layer → the columns of its features, empty in builds from before;
    ``dateien`` maps URL paths to prebuilt bytes; ``schriften`` is the folder of the fonts for
    documents, None in builds from before there were any.
    """

    id: str
    stand: str
    erstellt: str
    geprueft: frozenset[str]
    zahlen: Mapping[str, Any]
    ebenen: Mapping[str, Mapping[str, Any]]
    quellen: tuple[Mapping[str, Any], ...]
    assets: Mapping[str, str]
    index: Index
    projekte: Sequence[Mapping[str, Any]]
    texte: Sequence[Stellen]
    orte: Mapping[str, Mapping[str, Mapping[str, Any]]]
    codelisten: Mapping[str, Mapping[str, Mapping[str, Any]]]
    kennzahlen: tuple[Mapping[str, Any], ...]
    aenderungen: tuple[Mapping[str, Any], ...]
    lageplan: Mapping[str, Any]
    dateien: Mapping[str, Datei]
    schriften: Path | None
    kacheln: Kacheln
    merkmale: Mapping[str, Puffer]
    seitentexte: Mapping[str, Mapping[str, Mapping[str, Any]]]


def lade(ordner: Path) -> Snapshot:
    """Read a build and check every file against the hash in its manifest.

    Raises
    ------
    BuildFehler
        The folder, the manifest or a file is missing or does not hold what was published.
    """
    try:
        manifest = orjson.loads((ordner / "manifest.json").read_bytes())
        roh = {pfad: _pruefe(ordner, pfad, soll) for pfad, soll in manifest["dateien"].items()}
        index = lies(*(roh[f"assets/{manifest['assets'][name]}"] for name in INDEXDATEIEN))
        inhalt = Inhalt(
            index=index,
            projekte=Saetze(roh["steckbriefe.json"]),
            texte=Textstuecke(tuple(_textdateien(manifest["assets"], roh)), len(index)),
            dateien={
                adresse: fertige(manifest, adresse, pfad, roh)
                for adresse, pfad in dateipfade(manifest).items()
            },
            schriften=_schriften(ordner, roh),
            kacheln=kacheldateien(ordner.resolve(), manifest["dateien"]),
            merkmale={name: roh[pfad] for name, pfad in merkmale.DATEIEN.items() if pfad in roh},
        )
        return zusammen(manifest, roh, inhalt)
    except FileNotFoundError as fehler:
        raise BuildFehler("unvollstaendig", ordner, str(fehler.filename)) from fehler
    except OSError as fehler:
        raise BuildFehler("unzugaenglich", ordner, str(fehler.strerror)) from fehler
    except (KeyError, TypeError, ValueError) as fehler:
        raise BuildFehler("unlesbar", ordner, repr(fehler)) from fehler


@dataclass(frozen=True, slots=True)
class Inhalt:
    """What grows with the number of projects, read at once or when it is asked for."""

    index: Index
    projekte: Sequence[Mapping[str, Any]]
    texte: Sequence[tuple[tuple[str, str], ...]]
    dateien: Mapping[str, Datei]
    schriften: Path | None
    kacheln: Kacheln
    merkmale: Mapping[str, Puffer]


def zusammen(manifest: Mapping[str, Any], roh: Mapping[str, Puffer], inhalt: Inhalt) -> Snapshot:
    """Put a snapshot together out of its manifest, its small files and what grows.

    Raises
    ------
    KeyError, TypeError, ValueError
        A file is missing or does not have the documented form.
    """
    json = {
        name: orjson.loads(roh[f"{name}.json"])
        for name in ("orte", "codelisten", "kennzahlen", "lageplan", "aenderungen")
    }
    return Snapshot(
        id=manifest["id"],
        stand=manifest["stand"],
        erstellt=manifest["erstellt"],
        geprueft=frozenset(manifest.get("uebersetzungen_geprueft", ())),
        zahlen=manifest["zahlen"],
        ebenen=orjson.loads(roh.get("ebenen.json", b"{}")),
        quellen=tuple(manifest["quellen"]),
        assets=manifest["assets"],
        index=inhalt.index,
        projekte=inhalt.projekte,
        texte=inhalt.texte,
        orte={
            art: {ort["code" if art == "stadtbezirke" else "id"]: ort for ort in orte}
            for art, orte in json["orte"].items()
        },
        codelisten={
            liste: {eintrag["code"]: eintrag for eintrag in eintraege}
            for liste, eintraege in json["codelisten"].items()
        },
        kennzahlen=tuple(json["kennzahlen"]["kennzahlen"]),
        aenderungen=tuple(json["aenderungen"]["eintraege"]),
        lageplan=json["lageplan"],
        dateien=inhalt.dateien,
        schriften=inhalt.schriften,
        kacheln=inhalt.kacheln,
        merkmale=inhalt.merkmale,
        seitentexte=_seitentexte(roh),
    )


def _textdateien(assets: Mapping[str, str], roh: Mapping[str, Puffer]) -> Iterator[Puffer]:
    """Yield the files of searched texts in the order of their rows."""
    nummer = 0
    while name := assets.get(f"texte-{nummer}.json"):
        yield roh[f"assets/{name}"]
        nummer += 1


def _seitentexte(roh: Mapping[str, Puffer]) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    # a kept build may be older than these pages, and has to be there to go back to
    inhalt = roh.get("seitentexte.json")
    seiten: Mapping[str, Mapping[str, Mapping[str, Any]]] = (
        orjson.loads(inhalt)["seiten"] if inhalt else {}
    )
    return seiten


def _schriften(ordner: Path, roh: Mapping[str, Puffer]) -> Path | None:
    # resolved: the folder of this build, not of whatever "aktuell" will name later
    vorhanden = any(pfad.startswith("schriften/") for pfad in roh)
    return (ordner / "schriften").resolve() if vorhanden else None


def _pruefe(ordner: Path, pfad: str, soll: Mapping[str, Any]) -> Puffer:
    inhalt = abbild.lies(ordner / pfad)
    if hashlib.sha256(inhalt).hexdigest() != soll["sha256"]:
        raise BuildFehler("veraendert", ordner, pfad)
    abbild.gib_zurueck(inhalt)
    return inhalt


def dateipfade(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Return URL path → path in the build, of every file that is served as it lies there."""
    pfade = {
        f"/{pfad}": str(pfad)
        for pfad in manifest["dateien"]
        if pfad.startswith(("assets/", "daten/")) and not pfad.endswith((".gz", ".br"))
    }
    # a kept build may be older than the files with an address of their own
    feste = {a: n for a, n in _FESTE.items() if n in manifest["assets"]}
    return pfade | {
        adresse: f"assets/{manifest['assets'][name]}" for adresse, name in feste.items()
    }


def fertige(
    manifest: Mapping[str, Any], adresse: str, pfad: str, roh: Mapping[str, Puffer]
) -> Datei:
    """Return a file with all its encodings, ready to be served at an address."""
    fassungen = {
        kodierung: roh[pfad + endung]
        for kodierung, endung in _KODIERUNGEN.items()
        if pfad + endung in roh
    }
    ebene = next((name for name, ebene in EBENEN.items() if ebene.datei == pfad), "")
    verweis = herkunftsverweis(herkunft(ebene, manifest["quellen"])) if ebene else ""
    ewig = UNVERAENDERLICH if adresse.startswith("/assets/") else NACHFRAGEN
    return datei(pfad, fassungen, manifest["dateien"][pfad]["sha256"], ewig, verweis)


@dataclass(frozen=True, slots=True)
class Stand(Generic[T]):
    """A snapshot and what was prepared from it (ready fragments of pages and answers)."""

    snapshot: Snapshot
    vorbereitet: T


class Store(Generic[T]):
    """Owns which build is served.

    A request takes `stand` once and keeps it to its end; a new build replaces the whole
    object. The files of the build before stay reachable, because a page that was loaded
    from it may still ask for them.

    Raises
    ------
    BuildFehler
        No build of the source can be served.
    """

    def __init__(self, quelle: "Quelle", vorbereiten: Callable[[Snapshot], T]) -> None:
        self.quelle = quelle
        self._vorbereiten = vorbereiten
        self._fruehere: Mapping[str, Datei] = {}
        self._versucht: str | None = None
        self.stand = self._erster_stand()

    def datei(self, pfad: str) -> Datei | None:
        """Return the prebuilt file at a URL path, of this build or (assets only) the one before."""
        return self.stand.snapshot.dateien.get(pfad) or self._fruehere.get(pfad)

    def aktualisiere(self) -> bool:
        """Look which build is the present one and swap if it is another; return whether it did.

        A build that cannot be served is logged once and the present one stays.
        """
        name = self.quelle.ziel()
        if name is None or name in (self._versucht, self.stand.snapshot.id):
            return False
        self._versucht = name
        try:
            neu = self._bereite(name)
        except BuildFehler as fehler:
            log.warning("build %s is not served: %s", name, fehler)
            return False
        self._fruehere = _nur_assets(self.stand.snapshot.dateien, neu.snapshot.dateien)
        self.stand = neu
        self._versucht = None
        log.info("now serving build %s", neu.snapshot.id)
        return True

    def _bereite(self, name: str) -> Stand[T]:
        snapshot = self.quelle.lade(name)
        return Stand(snapshot, self._vorbereiten(snapshot))

    def _erster_stand(self) -> Stand[T]:
        fehlschlaege: list[BuildFehler] = []
        for name in self.quelle.kandidaten():
            try:
                stand = self._bereite(name)
            except BuildFehler as fehler:
                log.warning("build %s is not served: %s", name, fehler)
                fehlschlaege.append(fehler)
            else:
                self._versucht = self.quelle.ziel()
                return stand
        raise fehlschlaege[0]


def _nur_assets(alt: Mapping[str, Datei], neu: Mapping[str, Datei]) -> Mapping[str, Datei]:
    """Return what only the build before has; equal names are equal bytes, kept once."""
    weg = [pfad for pfad in alt.keys() - neu.keys() if pfad.startswith("/assets/")]
    # what lies elsewhere is fetched when it is asked for
    teil = getattr(alt, "teil", None)
    return teil(weg) if teil else {pfad: alt[pfad] for pfad in weg}
