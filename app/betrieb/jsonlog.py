"""The log: one line of JSON a request and event, or plain text for a person at a terminal."""

import contextlib
import logging
import os
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final, Literal

import orjson

ZUGRIFF: Final = "nordwaerts.zugriff"
"""Name of the logger with a record for every request."""
ANFRAGE: Final[ContextVar[str]] = ContextVar("anfrage", default="")
"""The id of the request in work; every line that belongs to it has it."""


class JsonZeilen(logging.Formatter):
    """Writes a record as one line of JSON.

    ``zeit`` (UTC, milliseconds), ``stufe``, ``quelle`` (name of the logger), ``text``,
    ``prozess``, with a request ``anfrage``, with an exception ``ausnahme``, and what the record
    carries as ``felder``.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without a line break in it."""
        zeile: dict[str, Any] = {
            "zeit": _zeit(record.created),
            "stufe": record.levelname.lower(),
            "quelle": record.name,
            "text": record.getMessage(),
            "prozess": os.getpid(),
        }
        if anfrage := ANFRAGE.get():
            zeile["anfrage"] = anfrage
        zeile |= getattr(record, "felder", {})
        if record.exc_info:
            zeile["ausnahme"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(zeile, default=str).decode()
        except orjson.JSONEncodeError:
            # lone surrogates: whatever a client sent must not cost the line
            sauber = {k: str(w).encode(errors="replace").decode() for k, w in zeile.items()}
            return orjson.dumps(sauber).decode()


def _zeit(sekunden: float) -> str:
    zeit = datetime.fromtimestamp(sekunden, UTC)
    return zeit.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def richte_ein(form: Literal["text", "json"]) -> None:
    """Send all records to standard error; requests only as JSON."""
    schreiber = logging.StreamHandler(sys.stderr)
    if form == "json":
        schreiber.setFormatter(JsonZeilen())
    else:
        schreiber.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        logging.getLogger(ZUGRIFF).setLevel(logging.WARNING)
    logging.basicConfig(level=logging.INFO, handlers=[schreiber], force=True)
    # says at INFO what systemd and our own records say already
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def sage(text: str, **felder: object) -> None:
    """Log an event with its values."""
    with contextlib.suppress(ValueError):  # the stream may be closed when a process ends
        logging.getLogger("nordwaerts").info(text, extra={"felder": felder})
