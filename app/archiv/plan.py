"""What a frozen copy holds: every address of the service that is kept, and the file it becomes.

A page is ``<path>/index.html``, so that a web server which serves the copy at the old address
still answers the old paths; links name the file itself, because ``file://`` knows no index. German
lies at the root, every other language below its code.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from app.berichtsseite import berichtsansicht
from app.darstellung import Darstellung
from app.seitentexte import SEITEN as TEXTSEITEN
from app.sitemap import eintraege
from app.sprachen import DEUTSCH
from app.state import Abfrage
from app.store import Snapshot
from app.urls import Paare, Urls
from app.vorschaubild import bildadresse, bildnamen
from layers.herkunft import EBENEN

Art = Literal["seite", "datei", "skript"]
Schluessel = tuple[str, str, Paare]
"""Path, language ("" for what has none), the rest of the query."""
ZUSTANDSSEITEN: Final = ("/", "/projekte")
"""Pages whose state the browser reads from the address itself; it needs no file of its own."""
_SEITEN: Final = (
    *ZUSTANDSSEITEN,
    "/auswertung",
    "/beteiligte",
    "/zwischenbilanz",
    "/aenderungen",
    "/bericht",
    *(f"/{name}" for name in TEXTSEITEN),
)
_JE_SPRACHE: Final = (
    "/auswertung.csv",
    "/auswertung.xlsx",
    "/beteiligte.csv",
    "/beteiligte.xlsx",
    "/beteiligte.json",
    "/aenderungen.csv",
    "/aenderungen.json",
    "/feed.atom",
)
"""Files whose words are those of the page they are offered on."""
_DATEIEN: Final = (
    *(f"/export.{endung}" for endung in ("csv", "xlsx", "geojson", "gpkg", "pdf")),
    "/catalog.ttl",
    "/catalog.jsonld",
)
_BLAETTER: Final = "seite"
"""The parameter that turns the leaves of a long list."""
_DATEN: Final = (".json", ".bin")
"""Assets that the browser code asks for."""
_NICHT: Final = (*_DATEN, ".mjs", "einbetten.js", "baukasten.js", "einzeldatei.js", "kacheln.js")
"""Assets of surfaces that are not frozen, and data, which lie there as scripts."""
ORTE: Final = "/suche"
"""The list of places that takes the place of the search on the server."""


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One file of the copy.

    Attributes
    ----------
    adresse
        What the service is asked: path and query.
    datei
        Where the answer lies, relative to the root of the copy, with ``/``.
    art
        A page (its links are rewritten), a file (kept byte for byte), or data for the browser
        (a script that hands them over, because ``file://`` cannot be fetched from).
    """

    adresse: str
    datei: str
    art: Art
    sprache: str = DEUTSCH.code


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole copy; ``eintraege`` is in the order in which it is written."""

    eintraege: Mapping[Schluessel, Eintrag]

    def ziel(self, adresse: str) -> str | None:
        """Return where an address of the service leads in the copy, with query and fragment.

        Parameters
        ----------
        adresse
            An address that begins with ``/``, as the templates write it.

        Returns
        -------
        str or None
            The file relative to the root of the copy; None if only a server could answer.
        """
        teile = urlsplit(adresse)
        sprache, rest = _zerlegt(teile.query)
        for schluessel in ((teile.path, sprache, rest), (teile.path, "", rest)):
            if eintrag := self.eintraege.get(schluessel):
                return eintrag.datei + _fragment(teile.fragment)
        nummer = [wert for name, wert in rest if name == _BLAETTER]
        andere = tuple(paar for paar in rest if paar[0] != _BLAETTER)
        seite = self.eintraege.get((teile.path, sprache, ()))
        if seite is None or seite.art != "seite":
            return None
        if teile.path in ZUSTANDSSEITEN and andere:
            return f"{seite.datei}?{urlencode(andere, safe=',')}{_fragment(teile.fragment)}"
        if nummer and not andere:
            return _blatt(seite.datei, nummer[0]) + _fragment(teile.fragment)
        return None

    def folgeblatt(self, eintrag: Eintrag, adresse: str) -> Eintrag:
        """Return the next leaf of a long list, whose address stands on the leaf before."""
        datei = self.ziel(adresse)
        return Eintrag(adresse, datei or eintrag.datei, "seite", eintrag.sprache)


def _zerlegt(query: str) -> tuple[str, Paare]:
    paare = parse_qsl(query)
    sprache = next((wert for name, wert in paare if name == "sprache"), DEUTSCH.code)
    return sprache, tuple(sorted(paar for paar in paare if paar[0] != "sprache"))


def _fragment(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""


def _blatt(datei: str, nummer: str) -> str:
    ordner = datei.removesuffix("index.html")
    return datei if nummer == "1" else f"{ordner}{_BLAETTER}-{nummer}/index.html"


def plan(d: Darstellung, sprachen: Iterable[str], pdf: Iterable[str]) -> Plan:
    """Return what is frozen of a build.

    Parameters
    ----------
    d
        The snapshot in any language.
    sprachen
        Codes of the languages of the pages.
    pdf
        Codes of the languages in which every Steckbrief is also set as PDF.
    """
    pdf = frozenset(pdf)
    gefunden: dict[Schluessel, Eintrag] = {}
    for eintrag in (*_eigene(d.snapshot, sprachen, pdf), *_gemeinsame(d.snapshot), *_anlagen(d)):
        gefunden[_schluessel(eintrag)] = eintrag
    return Plan(gefunden)


def _schluessel(eintrag: Eintrag) -> Schluessel:
    if eintrag.art == "skript":
        # the same address may be a file that links lead to
        return f"/{eintrag.datei}", "", ()
    teile = urlsplit(eintrag.adresse)
    sprache, rest = _zerlegt(teile.query)
    return teile.path, sprache if "sprache=" in teile.query else "", rest


def _eigene(snapshot: Snapshot, sprachen: Iterable[str], pdf: frozenset[str]) -> Iterator[Eintrag]:
    """Yield what exists in every language."""
    pfade = [eintrag.pfad for eintrag in eintraege(snapshot, _SEITEN)]
    for code in sprachen:
        urls, ordner = Urls(code), "" if code == DEUTSCH.code else f"{code}/"
        for pfad in pfade:
            datei = f"{ordner}{pfad.strip('/')}/index.html".replace("//", "/").lstrip("/")
            yield Eintrag(urls.seite(pfad), datei, "seite", code)
        for pfad in _JE_SPRACHE:
            yield Eintrag(urls.seite(pfad), ordner + pfad[1:], "datei", code)
        if code in pdf and snapshot.schriften is not None:
            for projekt_id in snapshot.index.ids:
                adresse = urls.pdf(projekt_id)
                yield Eintrag(adresse, ordner + urlsplit(adresse).path[1:], "datei", code)
        yield Eintrag(urls.suche(), f"{ordner}{ORTE[1:]}.js", "skript", code)


def _gemeinsame(snapshot: Snapshot) -> Iterator[Eintrag]:
    """Yield what is the same for all languages."""
    for pfad in _DATEIEN:
        yield Eintrag(pfad, pfad[1:], "datei")
    for ebene in EBENEN.values():
        yield Eintrag(f"/{ebene.datei}", ebene.datei, "datei")
    for name, gehasht in snapshot.assets.items():
        if not name.endswith(_NICHT):
            yield Eintrag(f"/assets/{gehasht}", f"assets/{gehasht}", "datei")
    for name in bildnamen(snapshot):
        pfad = bildadresse(snapshot, name)
        yield Eintrag(pfad, pfad[1:], "datei")
    for pfad in datenadressen(snapshot):
        yield Eintrag(pfad, f"{pfad[1:]}.js", "skript")


def _anlagen(d: Darstellung) -> Iterator[Eintrag]:
    """Yield the annexes that the page of the report offers, those of single districts too."""
    ansicht = berichtsansicht(d, Abfrage(), ())
    for anlage in ansicht.anlagen if ansicht.vorhanden else ():
        je_bezirk = (datei for bezirk in anlage.bezirke for datei in bezirk.dateien)
        for datei in (*anlage.dateien, *je_bezirk):
            teile = urlsplit(datei.href)
            stamm, _, endung = teile.path[1:].rpartition(".")
            werte = "".join(f"-{wert}" for _, wert in parse_qsl(teile.query))
            yield Eintrag(datei.href, f"{stamm}{werte}.{endung}", "datei")


def datenadressen(snapshot: Snapshot) -> list[str]:
    """Return what the browser asks the service for: index, words, texts, layers, Steckbriefe."""
    assets = [f"/assets/{name}" for name in snapshot.assets.values() if name.endswith(_DATEN)]
    ebenen = [f"/{ebene.datei}" for ebene in EBENEN.values() if ebene.raum]
    return [*sorted(assets), *ebenen, *(f"/api/projekte/{id_}" for id_ in snapshot.index.ids)]
