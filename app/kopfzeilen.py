"""Security headers on every answer (pure ASGI: one wrapper around ``send``)."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CSP = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
EINBETTBAR = "/einbetten"
RAHMEND = "/einbetten/baukasten"


class Kopfzeilen:
    """Adds CSP and its companions.

    Only ``/einbetten`` may be framed, by the listed sources; only its assistant frames anything.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: Sequence[str]) -> None:
        self.app = app
        niemand = (b"x-frame-options", b"DENY")
        self._ungerahmt = [*_kopf(("'none'",)), niemand]
        self._je_pfad = {
            EINBETTBAR: _kopf(frame_ancestors),
            RAHMEND: [*_kopf(("'none'",), "frame-src 'self'"), niemand],
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        zusatz = self._je_pfad.get(scope["path"], self._ungerahmt)

        async def mit_kopf(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *zusatz]
            await send(message)

        await self.app(scope, receive, mit_kopf)


def _kopf(frame_ancestors: Sequence[str], *mehr: str) -> list[tuple[bytes, bytes]]:
    csp = "; ".join((*_CSP, *mehr, f"frame-ancestors {' '.join(frame_ancestors)}"))
    return [
        (b"content-security-policy", csp.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"permissions-policy", b"geolocation=(self)"),
    ]
