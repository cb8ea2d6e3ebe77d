"""What a table to take away says about its origin, in the language of the page it belongs to."""

from collections.abc import Iterator

from app.darstellung import Darstellung
from app.vorlagen import datum
from layers.herkunft import herkunft


def herkunftszeile(d: Darstellung, ebene: str, adresse: str) -> str:
    """Return what every row of a CSV ends with: Stand, address of the same as a page, licence.

    Parameters
    ----------
    ebene
        The layer that was counted or listed, one of `layers.herkunft.EBENEN`.
    adresse
        The absolute address of the page.
    """
    woher = herkunft(ebene, d.snapshot.quellen)
    name = woher.lizenz.kurz if woher.lizenz else d.t("daten.lizenz.ohne")
    teile = (
        d.t("daten.datei.woher", stand=d.snapshot.stand, adresse=adresse),
        d.t("daten.datei.lizenz", lizenz=name),
        woher.nennung,
    )
    return "; ".join(teil for teil in teile if teil)


def quellensaetze(d: Darstellung, ebene: str) -> Iterator[str]:
    """Yield title, publisher, licence and Stand of each source of a layer."""
    for quelle in herkunft(ebene, d.snapshot.quellen).quellen:
        lizenz = quelle["lizenz"] or d.t("daten.lizenz.ohne")
        teile = (
            f"{quelle['titel']}: {quelle['herausgeber']}",
            d.t("daten.datei.lizenz", lizenz=lizenz),
            d.t("seite.stand", stand=datum(quelle["stand"], d.t)) if quelle["stand"] else "",
        )
        yield "; ".join(teil for teil in teile if teil)
