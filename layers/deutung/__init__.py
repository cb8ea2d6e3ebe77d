"""What people mean when they write a date, an amount or a coordinate their own way.

Each module turns one text into the form of ``geodata/``, or says that it cannot. Nothing is guessed
that the text does not say; what was understood is always reported.
"""
