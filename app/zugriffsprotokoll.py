"""What the log may know about a request: nothing that somebody typed, no place, no full address."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Any, Final

_KACHELN: Final = "/kacheln/"
_V4_BIT: Final = 24
_V6_BIT: Final = 48
UNBEKANNT: Final = "-"


def eintrag(scope: Mapping[str, Any], status: int, dauer_ms: float, menge: int) -> dict[str, Any]:
    """Return the record of one request.

    Parameters
    ----------
    scope
        The request's ASGI scope; its query string is not looked at.
    menge
        Bytes of the answer's body.
    """
    client = scope.get("client")
    return {
        "adresse": gekuerzt(client[0] if client else ""),
        "methode": scope["method"],
        "pfad": pfad(scope["path"]),
        "status": status,
        "ms": round(dauer_ms, 1),
        "bytes": menge,
    }


def pfad(wert: str) -> str:
    """Return a path without what says where somebody looks or what somebody typed.

    The place of a vector tile is a place on the map. A ``?`` is in a path only where a link was
    encoded twice; what follows it is a query.
    """
    wert = wert.partition("?")[0][:200]
    if wert.startswith(_KACHELN):
        return "/".join(wert.split("/", 3)[:3])
    return wert


@lru_cache(1024)
def gekuerzt(adresse: str) -> str:
    """Return an IP address without what tells one visitor from the next (IPv4 /24, IPv6 /48)."""
    try:
        ip = ip_address(adresse)
    except ValueError:
        return UNBEKANNT
    if not isinstance(ip, IPv4Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if isinstance(ip, IPv4Address):
        return str(IPv4Network((ip, _V4_BIT), strict=False).network_address)
    return str(IPv6Network((ip, _V6_BIT), strict=False).network_address)
