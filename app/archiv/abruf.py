"""Asks the application for one address, inside this process: no socket, no second way to render."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message, Scope


class AbrufFehler(Exception):
    """The application did not answer with 200; the archive would have a hole there."""

    def __init__(self, adresse: str, status: int) -> None:
        super().__init__(f"{adresse}: {status}")
        self.adresse = adresse
        self.status = status


@dataclass(slots=True)
class _Antwort:
    status: int = 0
    teile: list[bytes] = field(default_factory=list)


async def rufe_ab(app: ASGIApp, adresse: str) -> bytes:
    """Return the body of the answer to a GET.

    Parameters
    ----------
    adresse
        Path and query, encoded as in a link.

    Raises
    ------
    AbrufFehler
        The status is not 200.
    """
    antwort = _Antwort()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            antwort.status = message["status"]
        else:
            antwort.teile.append(message.get("body", b""))

    try:
        await app(_anfrage(adresse), receive, send)
    except Exception as fehler:
        # it has answered with 500 and written the rest to the log
        raise AbrufFehler(adresse, antwort.status) from fehler
    if antwort.status != 200:
        raise AbrufFehler(adresse, antwort.status)
    return b"".join(antwort.teile)


def _anfrage(adresse: str) -> Scope:
    teile = urlsplit(adresse)
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(teile.path),
        "raw_path": teile.path.encode(),
        "query_string": teile.query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
        "state": {},
    }
