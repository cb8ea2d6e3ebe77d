"""HEAD wherever there is GET (RFC 9110, 9.3.2): same headers, no content."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NUR_KOPF: Final = "nordwaerts.nur_kopf"
"""In the scope of such a request: whoever would read much for its content need not."""


class Kopfanfrage:
    """Asks the application for the whole answer and keeps its content back.

    Routes name GET only: link checkers, crawlers and GDAL ask with HEAD first, and no route
    should have to think of them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; a HEAD as GET."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def ohne_inhalt(message: Message) -> None:
            if message["type"] == "http.response.body":
                if message.get("more_body", False):
                    return
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET", NUR_KOPF: True}, receive, ohne_inhalt)
