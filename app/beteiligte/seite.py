"""The page of one organisation: other spellings, projects by role, where they lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.beteiligte.liste import bezirke, bezirkscodes
from app.beteiligte.mitwirkung import ROLLEN, Beteiligter
from app.darstellung import Darstellung, Text
from app.felder import Feld
from app.lageplan import Lageplan, lageplan
from app.seiten import sicher
from app.state import Abfrage


@dataclass(frozen=True, slots=True)
class Rollenteil:
    """The projects of one role, as entries of the list."""

    rolle: str
    titel: str
    satz: str
    eintraege: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Beteiligtenseite:
    """The context of ``beteiligter.html``.

    Attributes
    ----------
    ohne_ort
        How many projects the plan cannot show; empty if it shows all.
    """

    name: Text
    varianten: Text
    satz: str
    rollen: tuple[Rollenteil, ...]
    bezirke: Feld
    lageplan: Lageplan
    ohne_ort: str
    liste: str
    karte: str
    jsonld: Markup


def beteiligtenseite(wer: Beteiligter, d: Darstellung, basis: str) -> Beteiligtenseite:
    """Return the context of an organisation; ``basis`` is the public address of the service."""
    t = d.t
    auswahl = Abfrage(facetten={"beteiligt": (wer.code,)})
    projekte = d.snapshot.projekte
    orte = [ort for zeile in wer.zeilen for ort in projekte[zeile]["standorte"]]
    ohne = sum(not d.snapshot.index.mit_ort[zeile] for zeile in wer.zeilen)
    rollen = tuple(
        Rollenteil(
            rolle,
            t(f"beteiligter.als.{rolle}"),
            t(f"beteiligter.{rolle}", len(zeilen)),
            tuple(d.eintraege[zeile] for zeile in zeilen),
        )
        for rolle in ROLLEN
        if (zeilen := wer.rollen[rolle])
    )
    return Beteiligtenseite(
        name=d.deutsch(wer.name),
        varianten=d.deutsch(t("satz.trenner").join(wer.varianten)),
        satz=t("satz.trenner").join(teil.satz for teil in rollen),
        rollen=rollen,
        bezirke=bezirke(wer.zeilen, d),
        lageplan=lageplan(d.snapshot.lageplan, bezirkscodes(wer.zeilen, d), orte),
        ohne_ort=t("beteiligter.ohne_ort", int(ohne)) if ohne else "",
        liste=d.urls.liste(auswahl),
        karte=d.urls.karte(auswahl),
        jsonld=sicher(_jsonld(wer, d, basis)),
    )


def _jsonld(wer: Beteiligter, d: Darstellung, basis: str) -> dict[str, Any]:
    """Return the organisation as linked data (schema.org), the other side of a Steckbrief's."""
    adresse = basis + d.urls.beteiligter(wer.code)
    angaben = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": f"{adresse}#organisation",
        "name": wer.name,
        "alternateName": list(wer.varianten),
        "identifier": wer.code,
        "mainEntityOfPage": {"@type": "WebPage", "@id": adresse, "inLanguage": d.t.sprache.lang},
        "subOrganization": _projekte(wer.rollen["traeger"], d, basis),
        "memberOf": _projekte(wer.rollen["partner"], d, basis),
    }
    return {name: wert for name, wert in angaben.items() if wert}


def _projekte(zeilen: Sequence[int], d: Darstellung, basis: str) -> Iterable[dict[str, str]]:
    projekte = (d.snapshot.projekte[zeile] for zeile in zeilen)
    return [
        {
            "@type": "Project",
            "@id": f"{basis}{d.urls.projekt(projekt['id'])}#projekt",
            "name": projekt["name"],
            "url": basis + d.urls.projekt(projekt["id"]),
        }
        for projekt in projekte
    ]
