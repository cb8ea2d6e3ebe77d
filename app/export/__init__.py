"""Exactly the current state as a file: CSV, workbook, GeoJSON, GeoPackage, PDF.

`auszug` says what a state holds, `zellen` how it looks in the columns of the editors' workbook;
every format is made of these two. What needs openpyxl, GDAL or Typst runs in a process of its own.
"""
