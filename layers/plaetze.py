"""The public squares. The programme analysed 27; which ones is not public."""

import pandas as pd
import shapely

from layers import lage
from layers.befund import Befund
from layers.tabellen import PLAETZE


def pruefe(rahmen: pd.DataFrame, stadtgebiet: shapely.Geometry | None) -> list[Befund]:
    """Return the findings about rows of the raw table (index: line in the file)."""
    return lage.pruefe(rahmen, PLAETZE.datei, stadtgebiet)
