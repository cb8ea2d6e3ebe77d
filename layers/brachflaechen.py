"""Vacant and development land. No outlines are documented: points, never invented polygons."""

import pandas as pd
import shapely

from layers import lage
from layers.befund import Befund
from layers.tabellen import BRACHFLAECHEN


def pruefe(rahmen: pd.DataFrame, stadtgebiet: shapely.Geometry | None) -> list[Befund]:
    """Return the findings about rows of the raw table (index: line in the file)."""
    return lage.pruefe(rahmen, BRACHFLAECHEN.datei, stadtgebiet)
