"""What of a build is kept ready for requests: list entries and API items."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import orjson
from markupsafe import Markup

from app.auswertung.kosten import kostenspalte
from app.auswertung.kreuztabelle import Zahlen
from app.beschriftung import OHNE_ANGABE, Beschriftung, beschriftung
from app.beteiligte.mitwirkung import Mitwirkung, mitwirkung
from app.facettentext import facettenmuster
from app.fassung import Fassung
from app.folge import Folge
from app.index import Index, mit_labels
from app.katalog import Katalog
from app.ogc.bestand import Bestand
from app.ortsverzeichnis import Ortsverzeichnis, ortsverzeichnis
from app.protokoll import meldungen
from app.sprachen import DEUTSCH, UEBERSETZT
from app.store import Snapshot
from app.urls import NEUTRAL, Urls
from app.vorlagen import jahre
from app.zeitvergleich import Zeitvergleich

_API_FELDER = (
    "id",
    "nr",
    "name",
    "liste",
    "status",
    "handlungsfeld",
    "wirkungsfeld",
    "themenfeld",
    "projektfamilie",
    "generation",
    "stadtbezirke",
    "beginn",
    "ende",
    "kurzbeschreibung",
    "belegstufe",
    "zuordnung",
    "stand",
)
Teil = Literal["kosten", "mitwirkung", "orte"]
"""What of a snapshot may take seconds to make (`Vorbereitet`)."""
_BELEGT: Final = "nordwaerts-projekt"
_ORT_FELDER = ("bezeichnung", "lon", "lat", "lagegenauigkeit")


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One project as the list shows it.

    ``nr``, ``bezirke`` and ``status`` can be searched, ``rest`` (years, no location) cannot.
    """

    id: str
    name: str
    handlungsfeld: str
    handlungsfeld_text: str
    nr: str
    bezirke: str
    status: str
    rest: tuple[str, ...]
    hat_lage: bool

    @property
    def meta(self) -> str:
        """The line below the name."""
        teile = (self.nr, self.bezirke, self.status, *self.rest)
        return " · ".join(teil for teil in teile if teil)


@dataclass(frozen=True, slots=True)
class Text:
    """Words of an editor; ``lang`` says in which language, None if it is the page's."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Darstellung:
    """A snapshot in one language.

    Attributes
    ----------
    index
        Its index, in which the labels of this language are searched too.
    labels
        What its codes are called.
    eintraege
        List entries as HTML, by row of the index.
    facettenmuster
        The facets of ``/api/projekte``, but for their counts (`app.facettentext`).
    """

    snapshot: Snapshot
    fassung: Fassung
    index: Index
    labels: Beschriftung
    daten: Sequence[Eintrag]
    eintraege: Sequence[Markup]
    eintrag: Callable[..., str]
    facettenmuster: bytes

    @property
    def t(self) -> Katalog:
        """The catalogue."""
        return self.fassung.t

    @property
    def urls(self) -> Urls:
        """The addresses of the pages."""
        return self.fassung.urls

    @property
    def ungeprueft(self) -> bool:
        """Whether nobody has reviewed this translation yet."""
        code = self.t.sprache.code
        return code in UEBERSETZT and code not in self.snapshot.geprueft

    def mit_entfernung(self, zeile: int, text: str | None) -> Markup:
        """Return a list entry that also says how far it is (the only part made per request)."""
        return Markup(self.eintrag(self.daten[zeile], text))  # noqa: S704 - autoescaped macro

    def mit_fund(self, zeile: int, entfernung: str | None, fund: object) -> Markup:
        """Return a list entry with what was found in it (`app.fundtexte.Fund`) marked."""
        return Markup(self.eintrag(self.daten[zeile], entfernung, fund))  # noqa: S704 - as above

    def uebersetzt(self, record: Mapping[str, Any], spalte: str) -> Text:
        """Return a text of a record: its translation where there is one, else the German words."""
        sprache = self.t.sprache
        if sprache.code == DEUTSCH.code:
            return Text(record.get(spalte) or "")
        if eigener := record.get(f"{spalte}_{sprache.code}"):
            return Text(eigener)
        return self.deutsch(record.get(spalte) or "")

    def deutsch(self, text: str) -> Text:
        """Return words that are German on every page."""
        return Text(text, None if self.t.sprache.code == DEUTSCH.code else DEUTSCH.lang)


class Vorbereitet:
    """Everything that is made of one snapshot, each part when it is first asked for.

    ``api`` are the items of ``/api/projekte`` as JSON without their closing brace, so that a
    distance can be added.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._fassungen: dict[tuple[str, str], Darstellung] = {}
        self.api: Sequence[bytes] = Folge(
            len(snapshot.index), lambda zeile: orjson.dumps(_api(snapshot.projekte[zeile]))[:-1]
        )
        self.meldungen = meldungen(snapshot)
        self.zeitvergleich = Zeitvergleich(snapshot)
        self.ogc = Bestand(snapshot)

    def hat(self, teil: Teil) -> bool:
        """Say whether a part that may take seconds was made already."""
        return teil in vars(self)

    @cached_property
    def nordwaerts_projekte(self) -> int:
        """How many projects have a number or an award of the programme."""
        index = self._snapshot.index
        stelle = index.codes["liste"].get(_BELEGT)
        return 0 if stelle is None else int(index.gesamt["liste"][stelle])

    @cached_property
    def kosten(self) -> Zahlen:
        """The costs in euros by row (`app.auswertung.kosten`)."""
        return kostenspalte(self._snapshot.projekte)

    @cached_property
    def orte(self) -> Ortsverzeichnis:
        """The places that ``/suche`` finds."""
        return ortsverzeichnis(self._snapshot)

    @cached_property
    def mitwirkung(self) -> Mitwirkung:
        """Who takes part in which project."""
        return mitwirkung(self._snapshot)

    def darstellung(self, fassung: Fassung) -> Darstellung:
        """Return the snapshot in a language."""
        gefunden = self._fassungen.get(fassung.kennung)
        if gefunden is None:
            gefunden = self._fassungen[fassung.kennung] = _darstellung(self._snapshot, fassung)
        return gefunden


def _darstellung(snapshot: Snapshot, fassung: Fassung) -> Darstellung:
    macro = fassung.env.get_template("bausteine.html").module.eintrag  # type: ignore[attr-defined]
    labels = beschriftung(snapshot, fassung.t)
    index = snapshot.index
    daten = Folge(len(index), lambda z: _eintrag(snapshot.projekte[z], labels, fassung.t))
    eintraege = Folge(len(index), lambda z: Markup(macro(daten[z])))  # noqa: S704 - autoescaped
    if fassung.t.sprache.code != DEUTSCH.code:
        # Organisations are called the same in every language.
        eigene = {name: texte for name, texte in labels.facetten.items() if name != "beteiligt"}
        index = mit_labels(index, eigene, ohne=OHNE_ANGABE)
    muster = facettenmuster(labels.facetten)
    return Darstellung(snapshot, fassung, index, labels, daten, eintraege, macro, muster)


def _eintrag(projekt: Mapping[str, Any], labels: Beschriftung, t: Katalog) -> Eintrag:
    feld = projekt.get("handlungsfeld") or OHNE_ANGABE
    status = projekt.get("status")
    hat_lage = any(ort["lon"] is not None for ort in projekt["standorte"])
    nr = projekt.get("nr")
    bezirke = (labels.facetten["stadtbezirk"][c] for c in projekt.get("stadtbezirke") or ())
    return Eintrag(
        id=projekt["id"],
        name=projekt["name"],
        handlungsfeld=feld,
        handlungsfeld_text=labels.facetten["handlungsfeld"][feld],
        nr=t("liste.nr", nr=nr) if nr else "",
        bezirke=t("satz.trenner").join(bezirke),
        status=labels.facetten["status"][status] if status else "",
        rest=(jahre(projekt, t), "" if hat_lage else t("liste.ohne_lage")),
        hat_lage=hat_lage,
    )


def _api(projekt: Mapping[str, Any]) -> dict[str, Any]:
    item = {feld: projekt[feld] for feld in _API_FELDER if projekt.get(feld) is not None}
    item["standorte"] = [
        {feld: ort.get(feld) for feld in _ORT_FELDER} for ort in projekt["standorte"]
    ]
    return item | {"url": NEUTRAL.projekt(projekt["id"])}
