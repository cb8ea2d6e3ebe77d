"""Styles for QGIS: the colours and shapes of the map, as QML (QGIS 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from app.index import UNGEFAEHR
from app.zeichnung import AKZENT, farbe
from layers.tabellen import Spalte
from layers.ueberschriften import titel

_FORM: Final = {
    "flaechenentwicklung": "circle",
    "arbeit-und-beschaeftigung": "square",
    "umwelt-und-lebensqualitaet": "triangle",
    "qualifizierung-und-bildung": "diamond",
}
"""As in ``app.zeichnung``, with QGIS's names of the shapes."""
_GRAU: Final = "#98a6aa"
_GEBIET: Final = "#e7f0ef"
_MM: Final = "MM"


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of a legend: what belongs to it (QGIS expression), and its symbol as QML."""

    titel: str
    ausdruck: str
    symbol: str


def projekte(felder: Mapping[str, str], spalten: Iterable[Spalte]) -> str:
    """Return the style of the projects: Handlungsfeld by colour and shape.

    An approximate location is a wide soft circle, never a sharp mark.

    Parameters
    ----------
    felder
        Code of the Handlungsfeld → its label.
    """
    ungefaehr = ", ".join(f"'{stufe}'" for stufe in sorted(UNGEFAEHR))
    regeln = []
    for code, label in (*felder.items(), ("", "ohne Angabe")):
        feld = f"\"handlungsfeld\" = '{code}'" if code else '"handlungsfeld" IS NULL'
        weich = _marke("circle", farbe(code), 9, deckung=0.35, strich="dash")
        regeln += [
            Regel(
                f"{label} (Lage ungefähr)", f'{feld} AND "lagegenauigkeit" IN ({ungefaehr})', weich
            ),
            Regel(
                label,
                f'{feld} AND "lagegenauigkeit" NOT IN ({ungefaehr})',
                _marke(_FORM.get(code, "circle"), farbe(code), 3.6),
            ),
        ]
    return _qml(regeln, "marker", spalten)


def punkte(name: str, form: str, spalten: Iterable[Spalte]) -> str:
    """Return the style of squares or vacant land: one quiet shape."""
    return _qml([Regel(name, "", _marke(form, "#ffffff", 3, rand=AKZENT))], "marker", spalten)


def grenzen(name: str, breite: float) -> str:
    """Return the style of areas of which only the borders are drawn (``breite`` in mm)."""
    return _qml([Regel(name, "", _flaeche("#ffffff", _GRAU, breite, muster="no"))], "fill", ())


def gebiet() -> str:
    """Return the style of the programme area; what belongs to it only in parts is hatched."""
    return _qml(
        [
            Regel("Projektgebiet", "\"umfang\" = 'ganz'", _flaeche(_GEBIET, AKZENT, 0.3)),
            Regel(
                "nur zum Teil im Projektgebiet (welcher Teil, ist nicht belegt)",
                "\"umfang\" = 'teilweise'",
                _flaeche(AKZENT, AKZENT, 0.3, muster="b_diagonal"),
            ),
        ],
        "fill",
        (),
    )


def _qml(regeln: list[Regel], art: str, spalten: Iterable[Spalte]) -> str:
    zeilen = "".join(
        f'<rule key="r{i}" symbol="{i}" label={quoteattr(regel.titel)}'
        f"{f' filter={quoteattr(regel.ausdruck)}' if regel.ausdruck else ''}/>"
        for i, regel in enumerate(regeln)
    )
    symbole = "".join(
        f'<symbol type="{art}" name="{i}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{regel.symbol}</symbol>"
        for i, regel in enumerate(regeln)
    )
    namen = "".join(
        f'<alias index="{i}" field={quoteattr(spalte.name)} name={quoteattr(titel(spalte.name))}/>'
        for i, spalte in enumerate(spalten)
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.28" styleCategories="Symbology|Fields">'
        '<renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">'
        f'<rules key="wurzel">{zeilen}</rules><symbols>{symbole}</symbols></renderer-v2>'
        f"<aliases>{namen}</aliases></qgis>"
    )


def _marke(
    form: str,
    fuellung: str,
    groesse: float,
    *,
    rand: str = "#ffffff",
    deckung: float = 1,
    strich: str = "solid",
) -> str:
    weich = deckung < 1
    return _ebene(
        "SimpleMarker",
        {
            "name": form,
            "color": _rgba(fuellung, deckung),
            "outline_color": _rgba(fuellung if weich else rand),
            "outline_style": strich,
            "outline_width": "0.3",
            "outline_width_unit": _MM,
            "size": str(groesse),
            "size_unit": _MM,
        },
    )


def _flaeche(fuellung: str, rand: str, breite: float, *, muster: str = "solid") -> str:
    return _ebene(
        "SimpleFill",
        {
            "color": _rgba(fuellung),
            "style": muster,
            "outline_color": _rgba(rand),
            "outline_style": "solid",
            "outline_width": str(breite),
            "outline_width_unit": _MM,
        },
    )


def _ebene(klasse: str, werte: Mapping[str, str]) -> str:
    optionen = "".join(
        f'<Option type="QString" name="{name}" value="{wert}"/>' for name, wert in werte.items()
    )
    return (
        f'<layer class="{klasse}" pass="0" locked="0" enabled="1">'
        f'<Option type="Map">{optionen}</Option></layer>'
    )


def _rgba(hexwert: str, deckung: float = 1) -> str:
    rot, gruen, blau = (int(hexwert[i : i + 2], 16) for i in (1, 3, 5))
    return f"{rot},{gruen},{blau},{round(255 * deckung)}"
