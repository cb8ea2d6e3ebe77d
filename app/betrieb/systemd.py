"""Tells systemd what the service does (sd_notify(3)); elsewhere nothing happens."""

import os
import socket


def melde(zustand: str) -> None:
    """Send a state such as ``READY=1`` to the socket that systemd names, if it does."""
    ziel = os.environ.get("NOTIFY_SOCKET")
    if not ziel:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as leitung:
        leitung.sendto(zustand.encode(), f"\0{ziel[1:]}" if ziel.startswith("@") else ziel)
