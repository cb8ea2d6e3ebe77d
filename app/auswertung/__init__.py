"""Counts of a state as cross-table, district map, bars and timeline (``/auswertung``)."""
