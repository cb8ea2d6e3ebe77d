"""Make the data files of a build from the joined layers: same input, same bytes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson

from layers import codelisten, daten, kennzahlen, merkmale, seitentexte, texte
from layers.befund import Schwere
from layers.csr import Ganzzahlen
from layers.facetten import facetten
from layers.herkunft import EBENEN
from layers.join import Verbund
from layers.lageplan import lageplan
from layers.orte import orte
from layers.pruefung import verortet
from layers.raumbezug import Zahlen
from layers.saetze import schreibe
from layers.schluessel import folge
from layers.sortierung import raenge
from layers.spalten import Spalte, Steigend, packe
from layers.steckbriefe import steckbriefe
from layers.suchindex import suchindex
from layers.tabellen import BETEILIGTE
from layers.zellen import jahr, je_wert

if TYPE_CHECKING:
    import pandas as pd

MIKROGRAD: Final = 1_000_000
OHNE: Final = 0
"""Stands in a column for "no value": no year, no rank."""


def dateien(verbund: Verbund) -> dict[str, bytes]:
    """Return path → content of all data files (``docs/architecture.md``, "A build")."""
    return dict(paar for teil in teile(verbund) for paar in teil.items())


def teile(verbund: Verbund) -> Iterator[dict[str, bytes]]:
    """Yield the data files bit by bit, so that those which are ready can be compressed."""
    # first what needs most room beside its result: the results of all stay in memory
    yield {"suche.bin": suchindex(verbund)}
    yield {"index.bin": _index(verbund)}
    yield texte.dateien(verbund)
    ebenen = daten.dateien(verbund)
    yield ebenen
    yield {"steckbriefe.json": schreibe(steckbriefe(verbund))}
    yield {
        pfad: merkmale.verzeichne(ebenen[EBENEN[name].datei])
        for name, pfad in merkmale.DATEIEN.items()
    }
    json = {
        "orte.json": orte(verbund),
        "codelisten.json": _vokabulare(verbund),
        "kennzahlen.json": {"kennzahlen": kennzahlen.als_json(verbund.tabellen["kennzahlen"])},
        "lageplan.json": lageplan(verbund),
        "seitentexte.json": seitentexte.als_json(verbund.texte),
        "befunde.json": _befunde(verbund),
        "ebenen.json": daten.verzeichnis(ebenen),
    }
    yield {pfad: _bytes(inhalt) for pfad, inhalt in json.items()}


def zahlen(verbund: Verbund) -> dict[str, int | str]:
    """Return the figures that pages and the command line name, all counted from the data.

    ``teilprojekte_gesamt`` and ``plaetze_analysiert`` are the programme's own figures; a key
    is left out where ``kennzahlen.csv`` does not have the figure.
    """
    standorte = verbund.standorte
    verortet = np.isfinite(standorte["lon"])
    eigene = {
        "teilprojekte_gesamt": kennzahlen.ganzer_wert(
            verbund.tabellen["kennzahlen"], "teilprojekte"
        ),
        "plaetze_analysiert": kennzahlen.ganzer_wert(
            verbund.tabellen["kennzahlen"], "plaetze-analysiert"
        ),
    }
    schweren = Counter(befund.schwere for befund in verbund.befunde)
    return {
        "projekte": len(verbund.projekte),
        "projekte_mit_lage": int(standorte["projekt"][verortet].nunique()),
        "standorte": int(verortet.sum()),
        "plaetze": len(verbund.orte["plaetze"]),
        "brachflaechen": len(verbund.orte["brachflaechen"]),
        "stadtbezirke": len(verbund.stadtbezirke),
        "statistische_bezirke": len(verbund.statistische_bezirke),
        **{name: wert for name, wert in eigene.items() if wert is not None},
        "fehler": schweren[Schwere.FEHLER],
        "warnungen": schweren[Schwere.WARNUNG],
        "hinweise": schweren[Schwere.HINWEIS],
        "quarantaene": len(verbund.quarantaene),
        "stand": verbund.stand,
    }


def _bytes(inhalt: Mapping[str, Any]) -> bytes:
    return orjson.dumps(inhalt, option=orjson.OPT_SERIALIZE_NUMPY)


def _index(verbund: Verbund) -> bytes:
    """Return ``index.bin``: see ``docs/architecture.md``."""
    projekte = verbund.projekte
    ids = projekte["id"].tolist()
    alle_facetten = facetten(verbund)
    kopf = {
        "stand": verbund.stand,
        "anzahl": len(projekte),
        "facetten": {
            name: {"codes": facette.codes, "labels": facette.labels}
            for name, facette in alle_facetten.items()
        },
        "genauigkeiten": _genauigkeiten(verbund),
        "je_textdatei": texte.je_datei(len(projekte)),
    }
    spalten: dict[str, Spalte] = {
        "beginn": _jahre(projekte["beginn"]),
        "ende": _jahre(projekte["ende"]),
        "standjahr": _jahre(projekte["stand"]),
        "id": ids,
        "id.folge": folge(ids),
        "nr": projekte["nr"].tolist(),
        "name": projekte["name"].tolist(),
    }
    for name, facette in alle_facetten.items():
        spalten[f"facette.{name}"] = facette.zeilen.wert
        if facette.mehrfach:
            spalten[f"facette.{name}.start"] = Steigend(facette.zeilen.start)
    for name, rang in raenge(projekte, alle_facetten).items():
        # rows are in the order of their names, so these ranks only rise
        spalten[f"rang.{name}"] = Steigend(rang + 1) if name == "name" else rang + 1
    return packe(kopf, spalten | _standorte(verbund))


def _jahre(daten: "pd.Series[Any]") -> Ganzzahlen:
    return je_wert(daten, lambda datum: jahr(datum) or OHNE).astype(np.int64)


def _genauigkeiten(verbund: Verbund) -> list[str]:
    codes: list[str] = verbund.tabellen["codelisten/lagegenauigkeit"]["code"].tolist()
    return codes


def _standorte(verbund: Verbund) -> dict[str, Spalte]:
    """Return the located ones; a place that is only named is on no map."""
    verortet = verbund.standorte[np.isfinite(verbund.standorte["lon"])]
    nummer = {code: i for i, code in enumerate(_genauigkeiten(verbund))}
    return {
        "standort.projekt": Steigend(verortet["projekt"].to_numpy()),
        "standort.lon": _mikrograd(verortet["lon"].to_numpy()),
        "standort.lat": _mikrograd(verortet["lat"].to_numpy()),
        "standort.genauigkeit": verortet["lagegenauigkeit"].map(nummer).to_numpy(dtype=np.int64),
        "standort.bezeichnung": verortet["bezeichnung"].tolist(),
    }


def _mikrograd(grad: Zahlen) -> Ganzzahlen:
    return np.rint(grad * MIKROGRAD).astype(np.int64)


def _vokabulare(verbund: Verbund) -> dict[str, Any]:
    beteiligte = verbund.tabellen[BETEILIGTE.name][list(BETEILIGTE.spaltennamen)]
    return {
        **codelisten.als_json(verbund.tabellen),
        BETEILIGTE.name: beteiligte.to_dict("records"),
    }


def _befunde(verbund: Verbund) -> dict[str, Any]:
    return {
        "bilanz": verbund.bilanz,
        "befunde": [
            {
                "code": befund.code,
                "schwere": befund.schwere,
                "datei": befund.datei,
                "blatt": befund.blatt,
                "zeile": befund.zeile,
                "spalte": befund.spalte,
                "wert": befund.wert,
                "werte": dict(befund.werte),
            }
            for befund in verortet(verbund.befunde, verbund.fundorte)
        ],
        "quarantaene": verbund.quarantaene,
    }
