"""Ports for the servers that tests and measurements start."""

import secrets
import socket

BEREICH = range(20_000, 32_000)
"""Below the ports that Linux lends to outgoing connections (32768–60999): what is free here when
asked stays free until the server is up, however many connections the tests beside it open."""


def freier_port() -> int:
    """Return a loopback port that nobody uses right now.

    Drawn from the system's chance: hypothesis sets ``random`` to the same seed in every process,
    and two of them would draw the same port.
    """
    while True:
        port = BEREICH[secrets.randbelow(len(BEREICH))]
        with socket.socket() as sonde:
            try:
                sonde.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
