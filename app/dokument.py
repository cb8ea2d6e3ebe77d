"""What belongs to a Steckbrief beside its facts: address, QR code, PDF, e-mail, linked data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.darstellung import Darstellung
from app.jsonld import jsonld
from app.qr import qr_svg
from app.seiten import sicher
from app.settings import Settings
from app.steckbrief import SteckbriefAnsicht
from app.urls import mailto
from app.vorlagen import datum
from app.vorschaubild import bildadresse, bildname


@dataclass(frozen=True, slots=True)
class Dokument:
    """One Steckbrief as something to take along.

    Attributes
    ----------
    adresse
        Its absolute address, in the language of the request if the visitor chose one.
    qr
        That address as SVG.
    pdf
        Address of the PDF, None if the build has no fonts to set it with.
    melden
        ``mailto:`` with subject and text, None without an address in the settings.
    jsonld
        Linked data, safe inside ``<script>``.
    """

    adresse: str
    qr: Markup
    pdf: str | None
    melden: str | None
    jsonld: Markup


@dataclass(frozen=True, slots=True)
class Steckbriefseite:
    """The context of ``steckbrief.html``: the facts, and what one can do with them."""

    steckbrief: SteckbriefAnsicht
    dokument: Dokument


def dokument(projekt: Mapping[str, Any], d: Darstellung, settings: Settings) -> Dokument:
    """Return the tools of one project record."""
    adresse = settings.adresse + d.urls.projekt(projekt["id"])
    bild = bildadresse(d.snapshot, bildname("projekt", projekt["id"]))
    graph = jsonld(
        projekt,
        d,
        adresse,
        settings.adresse + d.urls.karte(),
        settings.adresse + bild if bild else "",
    )
    return Dokument(
        adresse=adresse,
        qr=Markup(qr_svg(adresse)),  # noqa: S704 - made of squares and numbers
        pdf=d.urls.pdf(projekt["id"]) if d.snapshot.schriften else None,
        melden=_mailto(projekt, d, adresse, settings.kontakt) if settings.kontakt else None,
        jsonld=sicher(graph),
    )


def _mailto(projekt: Mapping[str, Any], d: Darstellung, adresse: str, kontakt: str) -> str:
    werte = {"id": projekt["id"], "name": projekt["name"], "url": adresse}
    stand = datum(projekt.get("stand") or d.snapshot.stand, d.t)
    text = d.t("dokument.melden.text", stand=stand, **werte)
    return mailto(kontakt, d.t("dokument.melden.betreff", **werte), text)
