"""One error policy: domain errors here, one table code → status, RFC 9457 on the wire."""

import logging
import secrets
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.katalog import Katalog
from app.state import Parameterfehler
from app.zugriffsprotokoll import pfad

log = logging.getLogger("nordwaerts")

PROBLEM_JSON: Final = "application/problem+json"


class Fehler(Exception):
    """Base of everything the service answers on purpose.

    ``typ`` is the stable name of the problem (last part of its ``type`` URI and key of the
    catalogue: ``problem.<typ>.titel``, ``problem.<typ>.text``).
    """

    typ: str = "intern"
    status: int = 500

    def __init__(self, grenze: int = 0, /, **kopf: str) -> None:
        """Take the limit that was passed, for the sentence, and headers of the answer."""
        super().__init__(grenze)
        self.grenze = grenze
        self.kopf = {name.replace("_", "-"): wert for name, wert in kopf.items()}


class NichtGefunden(Fehler):
    """There is no such page, project or place."""

    typ = "nicht-gefunden"
    status = 404


class MethodeNichtErlaubt(Fehler):
    """The service only reads."""

    typ = "methode"
    status = 405


class UngueltigeParameter(Fehler):
    """At least one parameter was not understood."""

    typ = "parameter"
    status = 400

    def __init__(self, fehler: tuple[Parameterfehler, ...]) -> None:
        super().__init__()
        self.fehler = fehler


class AdresseZuLang(Fehler):
    """Path and query together are longer than the service reads."""

    typ = "adresse-zu-lang"
    status = 414


class ZuVieleParameter(Fehler):
    """More parameters than any state of the map has."""

    typ = "zu-viele-parameter"
    status = 400


class KopfZuGross(Fehler):
    """The header fields together are larger than the service reads (RFC 6585)."""

    typ = "kopf-zu-gross"
    status = 431


class InhaltZuGross(Fehler):
    """The request has content, which a service that only reads has no use for."""

    typ = "inhalt-zu-gross"
    status = 413


class FremderName(Fehler):
    """The Host header names a machine that this service does not answer for."""

    typ = "fremder-name"
    status = 421


class ZuVieleAnfragen(Fehler):
    """One client asks too often."""

    typ = "zu-viele-anfragen"
    status = 429


class Ausgelastet(Fehler):
    """Too many files are being made at once; the same request works a little later."""

    typ = "ausgelastet"
    status = 503


_NACH_STATUS: Final[dict[int, type[Fehler]]] = {404: NichtGefunden, 405: MethodeNichtErlaubt}


def aus_status(status: int) -> Fehler:
    """Return the domain error for a status raised by the framework's router."""
    return _NACH_STATUS.get(status, Fehler)()


def satz(t: Katalog, fehler: Parameterfehler) -> str:
    """Return the sentence that names parameter, value and what is allowed."""
    return t(
        f"parameterfehler.{fehler.grund}",
        name=fehler.name,
        wert=fehler.wert,
        erlaubt=fehler.erlaubt,
    )


def problem(fehler: Fehler, t: Katalog, instanz: str, kennung: str = "") -> Response:
    """Return a domain error as ``application/problem+json`` (RFC 9457)."""
    inhalt: dict[str, object] = {
        "type": f"urn:nordwaerts:problem:{fehler.typ}",
        "title": t(f"problem.{fehler.typ}.titel"),
        "status": fehler.status,
        "detail": t(f"problem.{fehler.typ}.text", kennung=kennung, grenze=fehler.grenze),
        "instance": instanz,
    }
    if isinstance(fehler, UngueltigeParameter):
        inhalt["detail"] = " ".join(satz(t, einzeln) for einzeln in fehler.fehler)
        inhalt["parameter"] = [
            {"name": f.name, "wert": f.wert, "grund": satz(t, f), "erlaubt": f.erlaubt}
            for f in fehler.fehler
        ]
    return Response(orjson.dumps(inhalt), fehler.status, fehler.kopf, PROBLEM_JSON)


def protokolliert(fehler: Exception, request: Request) -> str:
    """Log an unexpected exception under an opaque id and return the id."""
    nummer = secrets.token_hex(4)
    log.error("unexpected error %s at %s", nummer, pfad(request.url.path), exc_info=fehler)
    return nummer
