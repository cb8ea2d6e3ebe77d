"""The commands of ``build_map.py``, one module a command: the build half of ``app``.

Typer reads their signatures; what they print comes out of the catalogue. They may import geopandas
(inside the functions, because that takes a second); the service imports none of them.
"""
