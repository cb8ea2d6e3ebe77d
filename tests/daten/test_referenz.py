"""The districts as the city publishes them: gaps are reported, and the map still gets built."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from layers import index
from layers.befund import Code
from layers.join import join
from layers.raumbezug import nach_utm
from tests.layers.conftest import Ordner
from tests.synthetik import schreibe

WURZEL = Path(__file__).parents[2]
BEZIRKE = WURZEL.parent / "shared" / "referenz" / "statistische_bezirke_opendata.geojson"


@pytest.mark.skipif(not BEZIRKE.is_file(), reason="../shared/referenz is not there")
def test_districts_with_gaps_are_named_and_shown(tmp_path: Path) -> None:
    ordner = Ordner(schreibe(tmp_path, 20))
    kopf, *zeilen = ordner.tabelle("statistische_bezirke")
    je_nr = {zeile[0]: zeile for zeile in zeilen}
    for feature in json.loads(BEZIRKE.read_text(encoding="utf-8"))["features"]:
        nr = str(feature["properties"]["statistischer_bezirk_nr"]).zfill(3)
        je_nr[nr][kopf.index("wkt_epsg25832")] = shapely.to_wkt(
            _in_metern(shape(feature["geometry"])), rounding_precision=3
        )
    ordner.schreibe("statistische_bezirke", [kopf, *je_nr.values()])
    verbund = join(ordner.pruefe())
    assert Code.FLAECHEN_UNDICHT in {b.code for b in verbund.befunde}
    assert "daten/statistische_bezirke.geojson" in index.dateien(verbund)


def _in_metern(umriss: shapely.Geometry) -> shapely.Geometry:
    def umrechnen(grad: np.ndarray) -> np.ndarray:
        return shapely.get_coordinates(nach_utm(grad[:, 0], grad[:, 1]))

    return shapely.transform(umriss, umrechnen)
