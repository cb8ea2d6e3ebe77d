"""One address past the router: what programs ask for by the thousand need not try all routes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Fehler


@dataclass(frozen=True, slots=True)
class Weg:
    """What the metrics ask of a route: its template."""

    path: str


class Kurzweg:
    """Asks the handler of one route itself; whatever it refuses goes the whole way.

    Parameters
    ----------
    muster
        Path of the route as it is declared.
    antworte
        Its handler.
    """

    def __init__(
        self, app: ASGIApp, muster: str, antworte: Callable[[Request], Awaitable[Response]]
    ) -> None:
        self.app = app
        self._antworte = antworte
        self._weg: Final = Weg(muster)
        self._passt: Final = compile_path(muster)[0].match

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET of the route."""
        gefunden = self._passt(scope["path"]) if scope["type"] == "http" else None
        if gefunden is None or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        scope["path_params"] = gefunden.groupdict()
        try:
            antwort = await self._antworte(Request(scope, receive))
        except Fehler:
            # the application answers errors, in the language and form of the address
            del scope["path_params"]
            await self.app(scope, receive, send)
            return
        scope["route"] = self._weg
        await antwort(scope, receive, send)
