"""The report to the council: three annexes, each one typed content set as PDF and as DOCX.

`inhalt` says what a report is made of, `anlage1` to `anlage3` make it out of the published
snapshot, ``templates/bericht.typ`` and `docxsatz` set it. Neither knows a fact of its own.
"""
