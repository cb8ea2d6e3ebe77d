"""The last net: an exception nobody expected becomes an answer (pure ASGI).

Starlette's own net lies outside all middleware: its answer would have no security headers.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Auffang:
    """Answers with what ``antworte`` makes of the exception, then lets it go on to the log."""

    def __init__(
        self, app: ASGIApp, antworte: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self.app = app
        self._antworte = antworte

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer for whoever breaks before having begun to."""
        begonnen = scope["type"] != "http"

        async def merkend(message: Message) -> None:
            nonlocal begonnen
            begonnen = True
            await send(message)

        try:
            await self.app(scope, receive, merkend)
        except Exception as fehler:
            if not begonnen:
                antwort = await self._antworte(Request(scope), fehler)
                await antwort(scope, receive, send)
            raise
