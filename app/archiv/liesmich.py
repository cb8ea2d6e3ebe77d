"""The plain text that lies in a frozen copy: what it is, how to open it, which file holds what."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from app.archiv.tasche import Begleitschein
from app.darstellung import Darstellung
from app.sprachen import SPRACHEN
from app.vorlagen import datum
from layers.herkunft import EBENEN, herkunft

_BREITE: Final = 78


def liesmich(d: Darstellung, schein: Begleitschein, pdf: Iterable[str]) -> str:
    """Return the German text.

    Parameters
    ----------
    d
        The snapshot in German.
    pdf
        Codes of the languages whose Steckbriefe are there as PDF.
    """
    t = d.t
    titel = t("liesmich.titel", datum=datum(schein.datum.isoformat(), t))
    absaetze = [titel + "\n" + "=" * len(titel)]
    for ueberschrift, saetze in _teile(d, schein, tuple(pdf)):
        if ueberschrift:
            absaetze.append(ueberschrift + "\n" + "-" * len(ueberschrift))
        absaetze += [_umbrochen(satz) for satz in saetze]
    return "\n\n".join(absaetze) + "\n"


def _teile(
    d: Darstellung, schein: Begleitschein, pdf: tuple[str, ...]
) -> Iterator[tuple[str, list[str]]]:
    t = d.t
    stand = datum(schein.stand, t)
    yield "", [t("liesmich.was", stand=stand, projekte=str(len(d.snapshot.index)))]
    yield (
        t("liesmich.oeffnen.titel"),
        [
            t("liesmich.oeffnen.datei", ordner="data/"),
            t("liesmich.oeffnen.server"),
            t("liesmich.oeffnen.script"),
        ],
    )
    namen = ", ".join(SPRACHEN[code].name for code in pdf) or t("liesmich.daten.pdf.keine")
    yield (
        t("liesmich.daten.titel"),
        [
            t("liesmich.daten.export"),
            t("liesmich.daten.steckbriefe", pdf=namen),
            t("liesmich.daten.bericht"),
            t("liesmich.daten.katalog"),
            t("liesmich.daten.ebenen"),
            *_ebenen(d),
        ],
    )
    yield t("liesmich.fehlt.titel"), [t("archiv.fehlt")]
    yield t("liesmich.rechte.titel"), [t("liesmich.rechte")]
    yield t("liesmich.echtheit.titel"), [t("liesmich.echtheit")]
    herkunft_ = t(
        "liesmich.herkunft",
        adresse=schein.adresse,
        herausgeber=schein.herausgeber,
        build=schein.build,
    )
    yield t("liesmich.herkunft.titel"), [herkunft_]


def _ebenen(d: Darstellung) -> Iterator[str]:
    for name, ebene in EBENEN.items():
        lizenz = herkunft(name, d.snapshot.quellen).lizenz
        text = f"{lizenz.name}, {lizenz.text}" if lizenz else d.t("liesmich.daten.ohne_lizenz")
        yield d.t("liesmich.daten.ebene", datei=ebene.datei, lizenz=text)


def _umbrochen(satz: str) -> str:
    return textwrap.fill(satz, _BREITE, break_long_words=False, break_on_hyphens=False)
