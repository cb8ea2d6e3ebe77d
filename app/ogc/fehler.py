"""What the interface did not understand."""


class Unverstanden(Exception):
    """A value was not understood; ``grund`` is a key of the catalogue."""

    def __init__(self, grund: str, wert: str, erlaubt: str = "") -> None:
        super().__init__(grund, wert)
        self.grund = grund
        self.wert = wert
        self.erlaubt = erlaubt
