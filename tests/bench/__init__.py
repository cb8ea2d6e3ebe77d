"""Measurements: real processes, real requests, a real browser; figures, never verdicts."""
