"""What the assistant asks for, and the code it makes of the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

from app.darstellung import Darstellung
from app.einbetten.wahl import ANSICHTEN, INHALT, Ansicht, Rahmenwahl
from app.errors import satz as fehlersatz
from app.filterform import Filterform, filterform
from app.grundkarten.angebot import Angebote
from app.query import Ergebnis
from app.satz import filterworte, satz
from app.sprachen import SPRACHEN
from app.state import Abfrage, Parameterfehler, eigene
from app.urls import RAHMEN, Paare, Urls
from app.werte import Ungueltig, ganzzahl

ZIEL: Final = f"{RAHMEN}/baukasten"
NAMEN: Final = ("ansicht", "rahmensprache", "breite", "hoehe", "pixel", "titel", "grundkarte")
SKRIPT: Final = "/einbetten.js"
BROWSER: Final = "browser"
"""The frame speaks the language that the visitor's browser asks for."""
PIXEL: Final = (200, 4000)
_HOEHE: Final = 640
"""Height of a frame in pixels unless somebody says otherwise; also until the script has run."""
_BREITE: Final = 800
"""Width in pixels where the style attribute of the code is not let through."""
_HOEHEN: Final = ("fest", INHALT)
_OHNE: Final = Angebote()


@dataclass(frozen=True, slots=True)
class Bauwahl:
    """The answers.

    Attributes
    ----------
    rahmensprache
        A language of the map, ``browser``, or None for that of the assistant.
    breite, pixel
        Width and height in pixels; without a width the frame fills its column.
    titel
        Name of the frame for screen readers; empty for one made of the selection.
    """

    rahmen: Rahmenwahl = field(default_factory=Rahmenwahl)
    rahmensprache: str | None = None
    breite: int | None = None
    pixel: int = _HOEHE
    titel: str = ""

    def paare(self) -> Paare:
        """Return the parameters that differ from what is usual."""
        werte = (
            ("rahmensprache", self.rahmensprache or ""),
            ("breite", str(self.breite or "")),
            ("pixel", "" if self.pixel == _HOEHE else str(self.pixel)),
            ("titel", self.titel),
        )
        return self.rahmen.paare() + tuple((name, wert) for name, wert in werte if wert)


def lies(
    paare: Iterable[tuple[str, str]], grundkarten: Angebote = _OHNE
) -> tuple[Bauwahl, tuple[Parameterfehler, ...]]:
    """Read the answers; a value that was not understood is left out and named.

    Parameters
    ----------
    grundkarten
        The base maps there are.
    """
    werte, fehler = eigene(paare, NAMEN)
    erlaubt = {
        "ansicht": ANSICHTEN,
        "rahmensprache": (*SPRACHEN, BROWSER),
        "hoehe": _HOEHEN,
        "grundkarte": grundkarten.namen,
    }
    for name, moeglich in erlaubt.items():
        if name in werte and werte[name] not in moeglich:
            fehler.append(Parameterfehler(name, werte.pop(name), "wahl", ", ".join(moeglich)))
    masse: dict[str, int] = {}
    for name in ("breite", "pixel"):
        try:
            if name in werte:
                masse[name] = ganzzahl(werte[name], PIXEL, "anzahl")
        except Ungueltig as falsch:
            fehler.append(Parameterfehler(name, werte[name], falsch.grund, falsch.erlaubt))
    ansicht = cast("Ansicht", werte.get("ansicht", "beides"))
    grundkarte = werte.get("grundkarte", "")
    if grundkarte == grundkarten.erste:  # what the map shows anyway needs no word in the code
        grundkarte = ""
    return Bauwahl(
        Rahmenwahl(ansicht, werte.get("hoehe") == INHALT, grundkarte),
        werte.get("rahmensprache"),
        masse.get("breite"),
        masse.get("pixel", _HOEHE),
        werte.get("titel", ""),
    ), tuple(fehler)


@dataclass(frozen=True, slots=True)
class Schnipsel:
    """The values of the code; ``schnipsel.html`` writes them down, escaped.

    ``src``, ``verweis`` and ``skript`` are absolute addresses, ``skript`` is empty for a frame
    with a height of its own; ``breite`` and ``hoehe`` are pixels, ``hoechstens`` is the width it
    is held to, if any; ``lang`` is the language of the words, None if it is left to the browser.
    """

    src: str
    titel: str
    breite: int
    hoechstens: int | None
    hoehe: int
    verweis: str
    verweistext: str
    skript: str
    lang: str | None


def schnipsel(d: Darstellung, abfrage: Abfrage, wahl: Bauwahl, basis: str) -> Schnipsel:
    """Return the code for a state.

    Parameters
    ----------
    d
        The snapshot in the language of the frame's title and link.
    basis
        The public address of the service, no slash at its end.
    """
    # the language of the assistant is not that of the frame
    abfrage = replace(abfrage, sprache=None)
    sprache = None if wahl.rahmensprache == BROWSER else d.t.sprache
    urls = Urls(sprache.code if sprache else None, wahl.rahmen.paare())
    worte = d.t("satz.trenner").join(filterworte(abfrage, d.t, d.labels.facetten))
    return Schnipsel(
        src=basis + urls.einbetten(abfrage),
        titel=wahl.titel
        or (d.t("einbetten.rahmen.von", worte=worte) if worte else d.t("einbetten.rahmen")),
        breite=wahl.breite or _BREITE,
        hoechstens=wahl.breite,
        hoehe=wahl.pixel,
        verweis=basis + urls.liste(abfrage),
        verweistext=d.t("einbetten.verweis"),
        skript=basis + SKRIPT if wahl.rahmen.waechst else "",
        lang=sprache.lang if sprache else None,
    )


@dataclass(frozen=True, slots=True)
class Baukastenansicht:
    """What the assistant shows.

    ``vorschau`` is the address of the frame on this service, empty where it may not frame itself;
    ``gaeste`` are the sources that may frame it; ``grundkarten`` are (id, name, recipient if it
    lies elsewhere) of the base maps, with ``grundkarte`` chosen.
    """

    form: Filterform
    wahl: Bauwahl
    sprachen: tuple[tuple[str, str], ...]
    gewaehlte_sprache: str
    grundkarten: tuple[tuple[str, str, str], ...]
    grundkarte: str
    grenzen: tuple[int, int]
    satz: str
    hinweise: tuple[str, ...]
    schnipsel: Schnipsel
    code: str
    vorschau: str
    gaeste: tuple[str, ...]


def baukastenansicht(
    d: Darstellung,
    aussen: Darstellung,
    abfrage: Abfrage,
    wahl: Bauwahl,
    ergebnis: Ergebnis,
    *,
    fehler: Sequence[Parameterfehler],
    basis: str,
    duerfen: tuple[str, ...],
    grundkarten: Angebote,
) -> Baukastenansicht:
    """Return the context of ``baukasten.html``.

    Parameters
    ----------
    d, aussen
        The snapshot in the language of the assistant and in that of the frame.
    duerfen
        The CSP sources that may frame the map.
    grundkarten
        The base maps there are.
    """
    t = d.t
    wer = {karte.id: karte.empfaenger for karte in grundkarten.fremde}
    teile = schnipsel(aussen, abfrage, wahl, basis)
    vorlage = d.fassung.env.get_template("schnipsel.html")
    return Baukastenansicht(
        form=filterform(abfrage, ergebnis, d, ZIEL),
        wahl=wahl,
        sprachen=(
            *((s.code, s.name) for s in SPRACHEN.values()),
            (BROWSER, t("einbetten.sprache.browser")),
        ),
        gewaehlte_sprache=wahl.rahmensprache or t.sprache.code,
        grundkarten=tuple(
            (name, grundkarten.name(name, t), wer.get(name, "")) for name in grundkarten.namen
        ),
        grundkarte=wahl.rahmen.grundkarte or grundkarten.erste,
        grenzen=PIXEL,
        satz=satz(abfrage, ergebnis.anzahl, len(d.snapshot.index), t, d.labels.facetten),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
        schnipsel=teile,
        code=vorlage.render(s=teile).strip(),
        vorschau=teile.src.removeprefix(basis) if {"'self'", "*"} & set(duerfen) else "",
        gaeste=tuple(quelle for quelle in duerfen if quelle != "'self'"),
    )
