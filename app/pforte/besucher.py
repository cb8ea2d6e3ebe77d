"""Who asks: the client behind the operator's own proxies (pure ASGI).

A proxy says in a header for whom it asks. Everybody can send that header, so it is believed only
from the networks the operator names, and only as far to the left as those networks reach.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, Literal, TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send

Netz: TypeAlias = IPv4Network | IPv6Network
IP: TypeAlias = IPv4Address | IPv6Address
Proxykopf: TypeAlias = Literal["x-forwarded-for", "forwarded"]
_GLIED: Final = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^",])+')
"""One element of a list of RFC 7239: commas in quotation marks do not end it."""
_ANGABE: Final = re.compile(r'\s*([^\s=;"]+)=("(?:[^"\\]|\\.)*"|[^";]*)\s*(?:;|$)')
_SCHEMATA: Final = ("http", "https")


class Besucher:
    """Puts the client's address and scheme into the scope, for everything behind it.

    Parameters
    ----------
    proxys
        Networks of the operator's proxies; nobody else is believed.
    kopf
        The one header they set. Believing two would let a visitor choose: through a proxy that
        sets one and passes the other on.
    """

    def __init__(self, app: ASGIApp, proxys: Sequence[Netz], kopf: Proxykopf) -> None:
        self.app = app
        self._proxys = tuple(proxys)
        self._kopf = kopf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as asked by the client.

        The scope is changed in place: the log, which lies around the whole application, shall
        know the client as well.
        """
        if scope["type"] == "http" and scope.get("client"):
            nachbar = adresse(scope["client"][0])
            if nachbar is not None and self._vertraut(nachbar):
                self._uebernimm(scope, nachbar)
        await self.app(scope, receive, send)

    def _vertraut(self, ip: IP) -> bool:
        return any(ip in netz for netz in self._proxys)

    def _uebernimm(self, scope: Scope, nachbar: IP) -> None:
        werte = [w.decode("latin-1") for n, w in scope["headers"] if n == self._kopf.encode()]
        glieder = list(_glieder(self._kopf, werte))
        client = nachbar
        for glied, _ in reversed(glieder):
            ip = adresse(glied)
            if ip is None:
                break  # what lies further left was not said by anybody we know
            client = ip
            if not self._vertraut(ip):
                break
        if client != nachbar:
            scope["client"] = (str(client), 0)
        schema = _schema(scope, self._kopf, glieder)
        if schema in _SCHEMATA:
            scope["scheme"] = schema


@lru_cache(1024)
def adresse(text: str) -> IP | None:
    """Return the IP address in a text as proxies write it, None if there is none.

    With or without a port, in brackets, with a zone; IPv4 in IPv6 is IPv4.
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        ip = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip


def _glieder(kopf: Proxykopf, werte: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (address, scheme) of each hop, the one next to the client first."""
    zeile = ",".join(werte)
    if kopf == "x-forwarded-for":
        yield from ((teil, "") for teil in zeile.split(",") if teil.strip())
        return
    for glied in _GLIED.findall(zeile):
        angaben = _angaben(glied)
        yield angaben.get("for", ""), angaben.get("proto", "")


def _angaben(glied: str) -> dict[str, str]:
    """Return what one hop says; nothing if it is not written as the RFC wants it."""
    angaben, stelle = {}, 0
    while stelle < len(glied):
        if (treffer := _ANGABE.match(glied, stelle)) is None:
            return {}
        angaben[treffer[1].lower()] = _ohne_anfuehrung(treffer[2].strip())
        stelle = treffer.end()
    return angaben


def _ohne_anfuehrung(wert: str) -> str:
    return re.sub(r"\\(.)", r"\1", wert[1:-1]) if wert.startswith('"') else wert


def _schema(scope: Scope, kopf: Proxykopf, glieder: Sequence[tuple[str, str]]) -> str:
    """Return what the nearest proxy says about the scheme; "" if nothing."""
    if kopf == "forwarded":
        return glieder[-1][1].lower() if glieder else ""
    werte = [w for n, w in scope["headers"] if n == b"x-forwarded-proto"]
    return werte[-1].decode("latin-1").rpartition(",")[2].strip().lower() if werte else ""
