"""The same measurements where the programme would have a million projects."""

from typing import Final

from tests.bench.teile import bau, filterwechsel, server, speicher
from tests.bench.werkbank import Werkbank

ANZAHL: Final = 1_000_000


def miss(bank: Werkbank) -> None:
    """Build once, then measure server and worker on it; their sections show the figures."""
    n = 10_000 if bank.kurz else ANZAHL
    bau.miss_groesse(bank, n, 1)
    server.miss_groesse(bank, n)
    speicher.miss_groesse(bank, n)
    filterwechsel.miss_groesse(bank, n)
