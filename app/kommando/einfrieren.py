"""``build_map.py freeze``: the published map as files that need no server."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.kommando.ausgabe import ende, konsole, t
from app.kommando.bauen import BUILD
from app.sprachen import DEUTSCH, SPRACHEN

if TYPE_CHECKING:
    from app.archiv.einfrieren import Kopie


class Umfang(StrEnum):
    """In which languages every Steckbrief is also set as PDF."""

    ALLE = "alle"
    DEUTSCH = "deutsch"
    KEINE = "keine"


_SPRACHEN: Final = {
    Umfang.ALLE: tuple(SPRACHEN),
    Umfang.DEUTSCH: (DEUTSCH.code,),
    Umfang.KEINE: (),
}


def freeze(
    ordner: Annotated[
        Path | None, typer.Argument(help="Neuer oder leerer Ordner für das Archiv")
    ] = None,
    einzeldatei: Annotated[
        Path | None,
        typer.Option(
            "--single-file",
            help="Alles in einer HTML-Datei; sie öffnet in der ersten mit --sprache genannten "
            "Sprache",
        ),
    ] = None,
    pdf: Annotated[
        Umfang, typer.Option(help="Sprachen, in denen jeder Steckbrief auch als PDF dabei ist")
    ] = Umfang.ALLE,
    sprache: Annotated[
        list[str] | None,
        typer.Option(
            help="Nur diese Sprachen: de, leicht, en, tr, ar, uk (mehrfach möglich; Deutsch ist "
            "immer dabei)"
        ),
    ] = None,
    datum: Annotated[
        str, typer.Option(help="Tag des Einfrierens, zum Beispiel 2026-01-15 (sonst: heute)")
    ] = "",
    ziel: Annotated[Path, typer.Option(help="Ordner der Builds")] = BUILD,
) -> None:
    """Die veröffentlichte Karte als Dateien einfrieren, die ohne Server lesbar bleiben."""
    tag = _tag(datum)
    _pruefe_ziele(ordner, einzeldatei)
    sprachen = _sprachen(sprache)
    als_pdf = tuple(code for code in sprachen if code in _SPRACHEN[pdf])
    # imported here: the whole service takes a second, wrong arguments should not
    from app.archiv.abruf import AbrufFehler  # noqa: PLC0415

    try:
        kopie = _kopie(ziel, tag, sprachen, als_pdf)
        if ordner:
            _friere_ordner(kopie, ordner, als_pdf)
        if einzeldatei:
            start = sprache[0] if sprache else DEUTSCH.code
            _friere_datei(kopie, ordner, einzeldatei, start)
    except AbrufFehler as luecke:
        ende(t("archivbefehl.luecke", adresse=luecke.adresse, status=luecke.status))
    except OSError as grund:
        ort = grund.filename or ordner or einzeldatei
        ende(t("archivbefehl.schreiben", ort=ort, einzelheit=grund.strerror or str(grund)))


def _pruefe_ziele(ordner: Path | None, einzeldatei: Path | None) -> None:
    if ordner is None and einzeldatei is None:
        ende(t("archivbefehl.nichts"), code=2)
    if ordner and ordner.exists() and (not ordner.is_dir() or any(ordner.iterdir())):
        ende(t("archivbefehl.ordner", ort=ordner), code=2)
    if einzeldatei and einzeldatei.exists():
        ende(t("archivbefehl.datei_da", ort=einzeldatei), code=2)


def _friere_ordner(kopie: "Kopie", ordner: Path, als_pdf: tuple[str, ...]) -> None:
    from app.archiv.liesmich import liesmich  # noqa: PLC0415
    from app.archiv.tasche import packe  # noqa: PLC0415

    beginn = time.monotonic()
    with _werkstatt(ordner) as entwurf:
        _schreibe(kopie, entwurf)
        schein = kopie.begleitschein(t)
        packe(entwurf, schein, liesmich(kopie.deutsch, schein, als_pdf))
        # onto an empty folder this is one step, too
        entwurf.rename(ordner)
    _melde(ordner, [datei for datei in ordner.rglob("*") if datei.is_file()], beginn)


def _friere_datei(kopie: "Kopie", ordner: Path | None, datei: Path, start: str) -> None:
    """Write the one file, out of the folder if there is one."""
    from app.archiv.einzeldatei import schreibe_einzeldatei  # noqa: PLC0415
    from app.archiv.tasche import NUTZLAST  # noqa: PLC0415

    beginn = time.monotonic()
    with _werkstatt(datei) as entwurf:
        quelle = ordner / NUTZLAST if ordner else entwurf / NUTZLAST
        if not ordner:
            _schreibe(kopie, quelle)
        schreibe_einzeldatei(kopie, quelle, entwurf / datei.name, start)
        (entwurf / datei.name).replace(datei)
    _melde(datei, [datei], beginn)


def _tag(datum: str) -> date:
    try:
        return date.fromisoformat(datum) if datum else date.today()  # noqa: DTZ011 - a person's day
    except ValueError:
        ende(t("archivbefehl.datum", wert=datum), code=2)


def _sprachen(gewaehlt: list[str] | None) -> tuple[str, ...]:
    unbekannt = [code for code in gewaehlt or () if code not in SPRACHEN]
    if unbekannt:
        erlaubt = ", ".join(SPRACHEN)
        ende(t("archivbefehl.sprache", wert=", ".join(unbekannt), erlaubt=erlaubt), code=2)
    if not gewaehlt:
        return tuple(SPRACHEN)
    return tuple(code for code in SPRACHEN if code in (DEUTSCH.code, *gewaehlt))


def _kopie(ziel: Path, tag: date, sprachen: tuple[str, ...], pdf: tuple[str, ...]) -> "Kopie":
    from app.archiv.einfrieren import kopie  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415
    from app.store import BuildFehler  # noqa: PLC0415

    settings = Settings(build_dir=ziel)
    if "adresse" not in settings.model_fields_set:
        konsole.print(t("archivbefehl.ohne_adresse", adresse=settings.adresse), markup=False)
    try:
        return kopie(settings, tag, sprachen, pdf)
    except BuildFehler as fehler:
        ende(t(f"start.{fehler.grund}", ort=fehler.ort, einzelheit=fehler.einzelheit))


def _schreibe(kopie: "Kopie", ordner: Path) -> None:
    from app.archiv.einfrieren import schreibe  # noqa: PLC0415

    spalten = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*spalten, TimeElapsedColumn(), console=konsole, transient=True) as balken:
        aufgabe = balken.add_task(t("archivbefehl.schritt"), total=len(kopie.plan.eintraege))
        schreibe(kopie, ordner, lambda: balken.advance(aufgabe))


@contextmanager
def _werkstatt(ordner: Path) -> Iterator[Path]:
    """Lend a folder beside what is to be made: nobody sees that before it is complete."""
    entwurf = ordner.parent / f".{ordner.name}.unfertig"
    ordner.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(entwurf, ignore_errors=True)
    entwurf.mkdir()
    try:
        yield entwurf
    finally:
        shutil.rmtree(entwurf, ignore_errors=True)


def _melde(ort: Path, dateien: list[Path], beginn: float) -> None:
    konsole.print(
        t(
            "archivbefehl.fertig",
            ort=ort,
            dateien=len(dateien),
            megabyte=round(sum(datei.stat().st_size for datei in dateien) / 1e6, 1),
            sekunden=round(time.monotonic() - beginn),
        ),
        markup=False,
    )
