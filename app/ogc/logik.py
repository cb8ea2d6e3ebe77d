"""Three-valued logic over all features of a collection: true, false, or unknown."""

from dataclasses import dataclass

from app.ogc.spalte import Maske


@dataclass(frozen=True, slots=True)
class Logik:
    """For which features an expression is true, and for which it is false.

    What is neither is unknown: a value that the expression needs is not documented.
    """

    wahr: Maske
    falsch: Maske

    @classmethod
    def bekannt(cls, wahr: Maske, fehlt: Maske) -> "Logik":
        """Return what is true, else false, and unknown where a value is missing."""
        return cls(wahr & ~fehlt, ~wahr & ~fehlt)

    def nicht(self) -> "Logik":
        """Return the opposite; unknown stays unknown."""
        return Logik(self.falsch, self.wahr)

    def und(self, andere: "Logik") -> "Logik":
        """Return whether both are true."""
        return Logik(self.wahr & andere.wahr, self.falsch | andere.falsch)

    def oder(self, andere: "Logik") -> "Logik":
        """Return whether at least one is true."""
        return Logik(self.wahr | andere.wahr, self.falsch & andere.falsch)
