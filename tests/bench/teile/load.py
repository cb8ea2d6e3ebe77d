"""Mixed visitor traffic while a new build is published every second: failures, memory, p99."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Final

from app.store import AKTUELL, lade
from layers.publish import schalte
from tests.bench.kurven import gerade
from tests.bench.messung import Zahlen, Ziel
from tests.bench.prozesse import familie, speicher_mib, unser
from tests.bench.seitenteile import tabelle
from tests.bench.werkbank import Werkbank, konsole
from tests.bench.wrk import Antworten, wrk
from tests.betrieb.conftest import verdopple

TITEL: Final = "Load"
ANTWORTEN: Final = "load: answers"
SCHLECHT: Final = "load: failed"
P50, P99 = "load: median, ms", "load: p99, ms"
WECHSEL: Final = "load: switches"
SPEICHER: Final = "load: PSS of all processes, MiB"
ZEITEN: Final = "load: seconds"
FALL: Final = "mixed traffic"
ARBEITER: Final = 2
VERBINDUNGEN: Final = 48
PAUSE_MS: Final = 150
BLICKE: Final = 8
"""Looks at the memory that are one sample, their mean: builds are switched every second, and
fewer looks would see the switches now more, now less."""
BLICK_SEKUNDEN: Final = 0.27
ANLAUF_SEKUNDEN: Final = 60
"""Traffic and switches before anything counts, until all that is kept has been asked for."""
HOECHSTENS_MIB_JE_STUNDE: Final = 5.0

# Every connection reads: it asks, waits a moment that is not always the same, asks for the next.
_SKRIPT: Final = """\
local pfade = {%s}
local n = 0
function init(args) math.randomseed(17) end
function delay() return math.random(0, %d) end
function request()
  n = n + 1
  return wrk.format("GET", pfade[math.random(#pfade)])
end
"""


def miss(bank: Werkbank) -> None:
    """Let visitors in, switch builds, watch the memory."""
    zwillinge = verdopple((bank.echter_build() / AKTUELL).resolve(), bank.ordner / "last")
    skript = bank.ordner / "verkehr.lua"
    pfade = verkehr(zwillinge[0] / AKTUELL)
    skript.write_text(_SKRIPT % (", ".join(map(json.dumps, pfade)), 2 * PAUSE_MS), "utf-8")
    bank.aufbau(
        f"`python -m app --workers {ARBEITER}`, shipped data; wrk with {VERBINDUNGEN} connections "
        f"that wait 0 to {2 * PAUSE_MS} ms between two requests, {len(pfade)} addresses: pages in "
        "six languages, Steckbriefe, filters, searches, exports as CSV and GeoJSON, a feed, "
        "layers, OGC API. A new build is published every second: no answer is kept for longer. "
        f"The same for {ANLAUF_SEKUNDEN} s before anything is counted. Each figure of memory is "
        f"the mean of {BLICKE} looks."
    )
    with unser(zwillinge[0], "--workers", str(ARBEITER)) as (basis, prozess):
        _belaste(bank.dauer(ANLAUF_SEKUNDEN), zwillinge, basis, skript, prozess.pid)
        konsole.print(f"  {bank.sekunden} s of traffic")
        sekunden = bank.dauer(bank.sekunden)
        ergebnis, proben, wechsel = _belaste(sekunden, zwillinge, basis, skript, prozess.pid)
    bank.merke(ANTWORTEN, FALL, [ergebnis.anzahl])
    bank.merke(SCHLECHT, FALL, [ergebnis.schlecht])
    bank.merke(P50, FALL, [ergebnis.p50])
    bank.merke(P99, FALL, [ergebnis.p99])
    bank.merke(WECHSEL, FALL, [wechsel])
    bank.merke(ZEITEN, FALL, [zeit for zeit, _ in proben])
    bank.merke(SPEICHER, FALL, [mib for _, mib in proben])


def verkehr(build: Path) -> list[str]:
    """Return what visitors ask for; pages more often than files."""
    snapshot = lade(build)
    seiten = ["/", "/projekte", "/beteiligte", "/auswertung", "/zwischenbilanz", "/aenderungen"]
    projekte = [f"/projekte/{i}" for i in snapshot.index.ids[:40]]
    facetten = [
        f"{art}?{name}={code}"
        for name in ("handlungsfeld", "stadtbezirk", "status")
        for code in list(snapshot.index.codes[name])[:6]
        for art in ("/projekte", "/api/projekte")
    ]
    sprachen = [
        f"{s}?sprache={code}" for s in seiten[:2] for code in ("leicht", "en", "tr", "ar", "uk")
    ]
    daten = [f"/daten/{ebene}.geojson" for ebene in ("projekte", "plaetze", "stadtbezirke")]
    dateien = [
        "/export.csv?status=umgesetzt",
        "/export.geojson?lage=mit",
        "/feed.atom",
        "/gesundheit",
    ]
    ogc = [f"/ogc/collections/projekte/items?limit=50&offset={o}" for o in (0, 20, 40)]
    suchen = [
        f"/{art}?q={wort}" for art in ("suche", "projekte") for wort in ("hafen", "park", "schule")
    ]
    return [*seiten * 4, *projekte, *facetten, *sprachen, *daten, *dateien, *ogc, *suchen]


def _belaste(
    sekunden: int, zwillinge: tuple[Path, str, str], basis: str, skript: Path, pid: int
) -> tuple[Antworten, list[tuple[float, float]], int]:
    """Return what wrk saw, memory over time (seconds, MiB), and how often builds were switched."""
    ende = threading.Event()
    wechsel: list[int] = []
    proben: list[tuple[float, float]] = []
    faeden = [
        threading.Thread(target=_schalte, args=(zwillinge, ende, wechsel)),
        threading.Thread(target=_beobachte, args=(pid, ende, proben)),
    ]
    for faden in faeden:
        faden.start()
    try:
        ergebnis = wrk(basis, sekunden, verbindungen=VERBINDUNGEN, skript=skript)
    finally:
        ende.set()
        for faden in faeden:
            faden.join()
    return ergebnis, proben, len(wechsel)


def _schalte(zwillinge: tuple[Path, str, str], ende: threading.Event, wechsel: list[int]) -> None:
    ordner, *builds = zwillinge
    while not ende.wait(1):
        wechsel.append(1)
        schalte(ordner, builds[len(wechsel) % 2])


def _beobachte(pid: int, ende: threading.Event, proben: list[tuple[float, float]]) -> None:
    beginn = time.monotonic()
    blicke: list[float] = []
    while not ende.wait(BLICK_SEKUNDEN):
        blicke.append(sum(speicher_mib(einer)["pss"] for einer in familie(pid)))
        if len(blicke) == BLICKE:
            proben.append((time.monotonic() - beginn, fmean(blicke)))
            blicke.clear()
    if not proben:
        proben.append((time.monotonic() - beginn, fmean(blicke)))


def steigung(zahlen: Zahlen) -> float | None:
    """Return the growth of memory in MiB an hour, over the second half of the time."""
    zeiten, mib = zahlen.reihe(ZEITEN, FALL), zahlen.reihe(SPEICHER, FALL)
    if zeiten is None or mib is None or len(mib.werte) < 8:
        return None
    proben = list(zip(zeiten.werte, mib.werte, strict=True))
    return gerade(proben[len(proben) // 2 :]).je_stueck * 3600


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield one line of answers and one of memory."""
    reihen = [zahlen.reihe(g, FALL) for g in (ANTWORTEN, SCHLECHT, P50, P99, WECHSEL, SPEICHER)]
    anzahl, schlecht, p50, p99, wechsel, mib = (r for r in reihen if r)
    zeiten = zahlen.reihe(ZEITEN, FALL)
    kopf = ("seconds", "answers", "failed", "median, ms", "p99, ms", "switches")
    zeile = (f"{zeiten.werte[-1] if zeiten else 0:.0f}", anzahl.text(".0f"), schlecht.text(".0f"))
    yield from tabelle(kopf, [(*zeile, p50.text(".0f"), p99.text(".0f"), wechsel.text(".0f"))])
    anfang, schluss = mib.werte[0], mib.werte[-1]
    yield (
        f"\nMemory of all processes (PSS): {anfang:.0f} MiB at the start, {schluss:.0f} MiB at "
        f"the end, {max(mib.werte):.0f} MiB at most."
    )
    if (mib_je_stunde := steigung(zahlen)) is not None:
        yield f"Straight line through the second half: {mib_je_stunde:+.1f} MiB an hour."


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield: no failed request, no growth of memory."""
    schlecht, anzahl = zahlen.reihe(SCHLECHT, FALL), zahlen.reihe(ANTWORTEN, FALL)
    zeiten, p99 = zahlen.reihe(ZEITEN, FALL), zahlen.reihe(P99, FALL)
    if not (schlecht and anzahl and zeiten and p99):
        return
    minuten = f"{zeiten.werte[-1] / 60:.0f} min of traffic while builds are switched"
    ist = f"{schlecht.median:.0f} of {anzahl.median:.0f} (p99 {p99.median:.0f} ms)"
    yield Ziel(f"{minuten}: failed requests", "0", ist, schlecht.median == 0)
    wachstum = steigung(zahlen)
    yield Ziel(
        f"{minuten}: growth of memory",
        f"none (≤ {HOECHSTENS_MIB_JE_STUNDE:.0f} MiB an hour)",
        "" if wachstum is None else f"{wachstum:+.1f} MiB an hour",
        None if wachstum is None else wachstum <= HOECHSTENS_MIB_JE_STUNDE,
    )
