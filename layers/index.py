"""Make the data files of a build from the joined layers: same input, same bytes."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import orjson

from layers import codelisten, daten, kennzahlen, seitentexte, texte
from layers.befund import Schwere
from layers.csr import Ganzzahlen
from layers.facetten import facetten
from layers.join import Verbund
from layers.lageplan import lageplan
from layers.orte import orte
from layers.pruefung import verortet
from layers.raumbezug import Zahlen
from layers.sortierung import raenge
from layers.steckbriefe import steckbriefe
from layers.suchindex import suchindex
from layers.tabellen import BETEILIGTE
from layers.zellen import jahr

MIKROGRAD: Final = 1_000_000


def dateien(verbund: Verbund) -> dict[str, bytes]:
    """Return path → content of all data files (``docs/architecture.md``, "A build")."""
    projekte = steckbriefe(verbund)
    ebenen = daten.dateien(verbund)
    json = {
        "index.json": _index(verbund),
        "suche.json": suchindex(verbund),
        "steckbriefe.json": {"projekte": projekte},
        "orte.json": orte(verbund),
        "codelisten.json": _vokabulare(verbund),
        "kennzahlen.json": {"kennzahlen": kennzahlen.als_json(verbund.tabellen["kennzahlen"])},
        "lageplan.json": lageplan(verbund),
        "seitentexte.json": seitentexte.als_json(verbund.texte),
        "befunde.json": _befunde(verbund),
        "ebenen.json": daten.verzeichnis(ebenen),
        **texte.dateien(verbund, projekte),
    }
    return {pfad: _bytes(inhalt) for pfad, inhalt in json.items()} | ebenen


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


def _index(verbund: Verbund) -> dict[str, Any]:
    projekte = verbund.projekte
    alle_facetten = facetten(verbund)
    return {
        "stand": verbund.stand,
        "id": projekte["id"].tolist(),
        "nr": projekte["nr"].tolist(),
        "name": projekte["name"].tolist(),
        "beginn": [jahr(datum) for datum in projekte["beginn"]],
        "ende": [jahr(datum) for datum in projekte["ende"]],
        "standjahr": [jahr(datum) for datum in projekte["stand"]],
        "facetten": {name: facette.als_json() for name, facette in alle_facetten.items()},
        "standorte": _standorte(verbund),
        "rang": raenge(projekte, alle_facetten),
        "je_textdatei": texte.JE_DATEI,
    }


def _standorte(verbund: Verbund) -> dict[str, Any]:
    """Return the located ones; a place that is only named is on no map."""
    verortet = verbund.standorte[np.isfinite(verbund.standorte["lon"])]
    genauigkeiten = verbund.tabellen["codelisten/lagegenauigkeit"]["code"].tolist()
    nummer = {code: i for i, code in enumerate(genauigkeiten)}
    return {
        "projekt": verortet["projekt"].to_numpy(),
        "lon": _mikrograd(verortet["lon"].to_numpy()),
        "lat": _mikrograd(verortet["lat"].to_numpy()),
        "genauigkeit": [nummer[code] for code in verortet["lagegenauigkeit"]],
        "bezeichnung": verortet["bezeichnung"].tolist(),
        "genauigkeiten": genauigkeiten,
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
