"""How something grows: fits of medians over the number of projects."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Punkte = Sequence[tuple[float, float]]


def exponent(punkte: Punkte) -> float:
    """Return *b* of the best ``y = a · n^b``, fitted in the logarithms; 1 is linear growth.

    Parameters
    ----------
    punkte
        At least two pairs of n and y, both greater than zero.
    """
    n, y = np.log(np.asarray(punkte, dtype=np.float64)).T
    return float(np.polyfit(n, y, 1)[0])


@dataclass(frozen=True, slots=True)
class Gerade:
    """``y = sockel + je_stueck · n``: what it costs anyhow, and what each project costs."""

    sockel: float
    je_stueck: float

    def bei(self, n: float) -> float:
        """Return y at n."""
        return self.sockel + self.je_stueck * n


def gerade(punkte: Punkte) -> Gerade:
    """Return the straight line that is nearest in proportion, not in absolute terms.

    Each point weighs as much as any other: an error of a tenth at 237 projects counts as one of a
    tenth at a million does.
    """
    n, y = np.asarray(punkte, dtype=np.float64).T
    steigung, sockel = np.polyfit(n, y, 1, w=1 / y)
    return Gerade(float(sockel), float(steigung))
