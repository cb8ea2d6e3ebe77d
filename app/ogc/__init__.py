"""OGC API – Features over the published layers: from ``daten/<layer>.geojson`` to ready bytes."""
