"""The report in the terminal, as a page and as JSON, written line by line (build half)."""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from typing import IO, Any, Final

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from app import befundtext
from app.katalog import Katalog
from app.pruefbericht import Art, Bericht, Zeile
from app.vorlagen import datum, umgebung

_PUFFER: Final = 500
"""Pieces of the page that are written at once."""


def drucke(konsole: Console, inhalt: Bericht, t: Katalog) -> None:
    """Print the report, every finding in it.

    Findings go past rich, which takes a fifth of a millisecond for a line.
    """
    konsole.print(t("pruefung.quelle", quelle=inhalt.quelle), style="bold", markup=False)
    for gruppe in inhalt.gruppen:
        farbe = befundtext.FARBE[gruppe.schwere]
        wort = t(f"befund.schwere.{gruppe.schwere.lower()}")
        konsole.print()
        konsole.rule(f"[bold {farbe}]{wort}: {gruppe.anzahl}[/]", align="left", style=farbe)
        for art in gruppe.arten:
            konsole.file.writelines(_art(konsole, art, farbe))
    konsole.print()
    konsole.print(_bilanztabelle(inhalt, t))
    konsole.print(_zahlen(inhalt, t), style="bold", markup=False)
    schluss = inhalt.hindernis or t("pruefung.gut")
    konsole.print(schluss, style="bold red" if inhalt.hindernis else "bold green", markup=False)


def _art(konsole: Console, art: Art, farbe: str) -> Iterator[str]:
    """Yield the findings of one kind; what to do stands below those that share it."""
    punkt, fett, blass = (_stil(konsole, stil) for stil in (farbe, "bold", "dim"))
    umbrochen = _umbruch(konsole)
    for rat, gleiche in groupby(art.zeilen, key=lambda zeile: zeile.tun):
        for zeile in gleiche:
            text = umbrochen(f"{zeile.ort}: {zeile.was}")
            if text.startswith(zeile.ort):
                text = fett(zeile.ort) + text[len(zeile.ort) :]
            yield f"{punkt('●')} {text}\n"
        yield "  " + blass(f"→ {umbrochen(rat)}") + "\n"


def _zahlen(inhalt: Bericht, t: Katalog) -> str:
    namen = {"fehler": "fehler", "warnungen": "warnung", "hinweise": "hinweis"}
    return ", ".join(t(f"befund.anzahl.{namen[n]}", zahl) for n, zahl in inhalt.zahlen.items())


def _stil(konsole: Console, stil: str) -> Callable[[str], str]:
    """Return what gives a text a style; nothing happens to it where the output is a file."""
    with konsole.capture() as probe:
        konsole.print(Text("x", style=stil), end="")
    vor, nach = probe.get().split("x")
    return lambda text: f"{vor}{text}{nach}"


def _umbruch(konsole: Console) -> Callable[[str], str]:
    """Return what breaks a text into lines of the terminal; a file has no width."""
    if not konsole.is_terminal:
        return str
    breite = max(20, konsole.width - 4)
    return lambda text: textwrap.fill(text, breite, subsequent_indent="  ")


def _bilanztabelle(inhalt: Bericht, t: Katalog) -> Table:
    tabelle = Table(title=t("pruefung.bilanz"), title_justify="left", show_footer=True)
    tabelle.add_column(t("pruefung.bilanz.tabelle"), footer=t("pruefung.bilanz.summe"))
    tabelle.add_column(t("pruefung.bilanz.woher"), overflow="fold")
    for kopf, feld in (
        ("zeilen", "zeilen"),
        ("auf_karte", "veroeffentlicht"),
        ("zurueck", "quarantaene"),
    ):
        summe = sum(getattr(posten, feld) for posten in inhalt.bilanz)
        tabelle.add_column(t(f"pruefung.bilanz.{kopf}"), str(summe), justify="right")
    for p in inhalt.bilanz:
        zahlen = (str(p.zeilen), str(p.veroeffentlicht), str(p.quarantaene))
        tabelle.add_row(escape(p.tabelle), escape(p.woher), *zahlen)
    return tabelle


def schreibe_html(datei: IO[bytes], inhalt: Bericht, t: Katalog) -> None:
    """Write the report as one self-contained page."""
    vorlage = umgebung(t).get_template("pruefbericht.html")
    strom = vorlage.stream(bericht=inhalt, tag=datum(inhalt.tag.isoformat(), t))
    strom.enable_buffering(_PUFFER)
    strom.dump(datei, encoding="utf-8")


def schreibe_json(datei: IO[bytes], inhalt: Bericht) -> None:
    """Write the report as JSON: the findings with code, values and sentences, one in a line."""
    kopf: dict[str, Any] = {
        "quelle": inhalt.quelle,
        "geprueft_am": inhalt.tag.isoformat(),
        "zahlen": inhalt.zahlen,
        "rueckgabe": inhalt.rueckgabe,
        "hindernis": inhalt.hindernis,
        "je_art": {art.code.value: len(art.befunde) for art in inhalt.arten},
        "bilanz": [asdict(posten) for posten in inhalt.bilanz],
    }
    befunde = (_als_eintrag(zeile) for art in inhalt.arten for zeile in art.zeilen)
    datei.write(orjson.dumps(kopf, option=orjson.OPT_INDENT_2).removesuffix(b"\n}"))
    datei.writelines(_als_liste("befunde", befunde))
    datei.writelines(_als_liste("quarantaene", inhalt.quarantaene))
    datei.write(b"\n}\n")


def _als_liste(name: str, eintraege: Iterable[Any]) -> Iterator[bytes]:
    """Yield a further member of the document, an array."""
    yield b',\n  "%s": [' % name.encode()
    trenner = b"\n    "
    for eintrag in eintraege:
        yield trenner + orjson.dumps(eintrag)
        trenner = b",\n    "
    yield b"\n  ]"


def _als_eintrag(zeile: Zeile) -> dict[str, Any]:
    befund = zeile.befund
    return {
        "code": befund.code,
        "schwere": befund.schwere,
        "datei": befund.datei,
        "blatt": befund.blatt,
        "zeile": befund.zeile,
        "spalte": befund.spalte,
        "wert": befund.wert,
        "werte": dict(befund.werte),
        "was": zeile.was,
        "tun": zeile.tun,
    }
