"""Messages as an Atom feed (RFC 4287): for readers without an account."""

from collections.abc import Sequence
from datetime import UTC, datetime

from feedgenerator import Atom1Feed
from markupsafe import Markup, escape

from app.darstellung import Darstellung
from app.neuigkeiten import Aenderung, Nachricht

_PFEIL = {"ltr": "→", "rtl": "←"}


def atom(
    nachrichten: Sequence[Nachricht],
    d: Darstellung,
    *,
    titel: str,
    seite: str,
    feed: str,
    basis: str,
) -> bytes:
    """Return the feed.

    Parameters
    ----------
    seite, feed
        Paths of the page that says the same, and of the feed itself.
    basis
        Where the public finds the service: scheme and host.
    """
    strom = Atom1Feed(
        title=titel,
        link=basis + seite,
        description=d.t("neuigkeiten.beschreibung"),
        language=d.t.sprache.lang,
        feed_url=basis + feed,
        author_name=d.t("seite.titel"),
    )
    for n in nachrichten:
        strom.add_item(
            title=f"{n.art_text}: {n.name.text}",
            link=basis + (n.href or seite),
            description=_zusammenfassung(n, d),
            unique_id=n.meldung.kennung,
            updateddate=n.meldung.zeit,
            pubdate=n.meldung.zeit,
            categories=(n.art_text,),
        )
    if not nachrichten:
        # an empty feed has to say since when it is empty; now would change with every request
        strom.latest_post_date = lambda: _beginn(d)
    return bytes(strom.writeString("utf-8"), "utf-8")


def _beginn(d: Darstellung) -> datetime:
    return datetime.fromisoformat(d.snapshot.erstellt).astimezone(UTC)


def _zusammenfassung(nachricht: Nachricht, d: Darstellung) -> str:
    """Return the changed fields as HTML; words of editors are escaped."""
    pfeil = _PFEIL[d.t.sprache.richtung]
    zeilen = [
        Markup("<li>{}</li>").format(_zeile(aenderung, pfeil, d))
        for aenderung in nachricht.aenderungen
    ]
    return str(Markup("<ul>{}</ul>").format(Markup("").join(zeilen))) if zeilen else ""


def _zeile(aenderung: Aenderung, pfeil: str, d: Darstellung) -> Markup:
    leer = d.t("neuigkeiten.leer")
    alt, neu = aenderung.alt.text or leer, aenderung.neu.text or leer
    return Markup("{}: {} {} {}").format(escape(aenderung.titel), alt, pfeil, neu)
