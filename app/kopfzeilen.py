"""Security headers on every answer (pure ASGI: one wrapper around ``send``)."""

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CSP: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
EINBETTBAR: Final = "/einbetten"
RAHMEND: Final = "/einbetten/baukasten"
KARTE: Final = "/"
_OFFEN: Final = (
    *("/api/", "/auswertung.", "/aenderungen.", "/bericht/", "/beteiligte.", "/vorschau/"),
    *("/catalog", "/daten/", "/einbetten.js", "/export.", "/feed.", "/kacheln/", "/ogc"),
    *("/openapi.json", "/suche"),
)
"""What pages of others may load: open data, the script for frames, pictures of messengers."""
_UNGENUTZT: Final = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking"),
)
_RECHTE: Final = ", ".join(
    ("geolocation=(self)", "fullscreen=(self)", *(f"{name}=()" for name in _UNGENUTZT))
)
_Kopf = list[tuple[bytes, bytes]]


class Kopfzeilen:
    """Adds CSP and its companions.

    Only ``/einbetten`` may be framed, by the listed sources; only its assistant frames anything.

    Parameters
    ----------
    fremde
        Directive → sources that pages with a map may ask beside our own: configured base maps.
    hsts_sekunden
        How long browsers shall ask over TLS only; said only over TLS (RFC 6797, 7.2), never with 0.
    """

    def __init__(
        self,
        app: ASGIApp,
        frame_ancestors: Sequence[str],
        fremde: Mapping[str, Sequence[str]] | None = None,
        hsts_sekunden: int = 0,
    ) -> None:
        self.app = app
        niemand = (b"x-frame-options", b"DENY")
        allein = (b"cross-origin-opener-policy", b"same-origin")
        self._ungerahmt = [*_kopf(("'none'",)), niemand, allein]
        self._je_pfad = {
            KARTE: [*_kopf(("'none'",), fremde=fremde), niemand, allein],
            EINBETTBAR: _kopf(frame_ancestors, fremde=fremde),
            RAHMEND: [*_kopf(("'none'",), "frame-src 'self'"), niemand, allein],
        }
        hsts = f"max-age={hsts_sekunden}".encode()
        self._tls: _Kopf = [(b"strict-transport-security", hsts)] if hsts_sekunden else []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        zusatz = [
            *self._je_pfad.get(scope["path"], self._ungerahmt),
            (b"cross-origin-resource-policy", _wer_laden_darf(scope["path"])),
            *(self._tls if scope["scheme"] == "https" else ()),
        ]

        async def mit_kopf(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *zusatz]
            await send(message)

        await self.app(scope, receive, mit_kopf)


def _wer_laden_darf(pfad: str) -> bytes:
    """Return the Cross-Origin-Resource-Policy; a frame counts as loaded as well."""
    offen = pfad == EINBETTBAR or pfad.startswith(_OFFEN)
    return b"cross-origin" if offen else b"same-origin"


def _kopf(
    frame_ancestors: Sequence[str], *mehr: str, fremde: Mapping[str, Sequence[str]] | None = None
) -> _Kopf:
    auch = fremde or {}
    eigene = (" ".join((teil, *auch.get(teil.split(" ")[0], ()))) for teil in _CSP)
    csp = "; ".join((*eigene, *mehr, f"frame-ancestors {' '.join(frame_ancestors)}"))
    return [
        (b"content-security-policy", csp.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"permissions-policy", _RECHTE.encode()),
    ]
