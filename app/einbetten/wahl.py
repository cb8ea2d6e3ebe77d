"""How a frame shows the map: the parameters of ``/einbetten`` beside those of `app.state`.

Their names and values stand in the pages of others: what was once valid stays valid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

from app.grundkarten.einstellung import BEZIRKE
from app.state import Parameterfehler, eigene
from app.urls import Paare

Ansicht = Literal["beides", "karte", "liste"]
ANSICHTEN: Final[tuple[Ansicht, ...]] = ("beides", "karte", "liste")
INHALT: Final = "inhalt"
NAMEN: Final = ("ansicht", "hoehe", "grundkarte")


@dataclass(frozen=True, slots=True)
class Rahmenwahl:
    """What stands in the frame.

    ``waechst``: it has no height of its own but its content's; ``grundkarte``: the base map that
    it shows first, empty for that of the map page.
    """

    ansicht: Ansicht = "beides"
    waechst: bool = False
    grundkarte: str = ""

    def paare(self) -> Paare:
        """Return the parameters that differ from what is usual."""
        ansicht = (("ansicht", self.ansicht),) if self.ansicht != "beides" else ()
        hoehe = (("hoehe", INHALT),) if self.waechst else ()
        grundkarte = (("grundkarte", self.grundkarte),) if self.grundkarte else ()
        return ansicht + hoehe + grundkarte


def lies(
    paare: Iterable[tuple[str, str]], grundkarten: Sequence[str] = (BEZIRKE,)
) -> tuple[Rahmenwahl, tuple[Parameterfehler, ...]]:
    """Read the frame's own parameters; a value that was not understood is left out and named.

    Parameters
    ----------
    grundkarten
        The ids of the base maps there are.
    """
    werte, fehler = eigene(paare, NAMEN)
    moeglich = {"ansicht": ANSICHTEN, "hoehe": (INHALT,), "grundkarte": grundkarten}
    for name, erlaubt in moeglich.items():
        if name in werte and werte[name] not in erlaubt:
            fehler.append(Parameterfehler(name, werte.pop(name), "wahl", ", ".join(erlaubt)))
    ansicht = cast("Ansicht", werte.get("ansicht", "beides"))
    return Rahmenwahl(ansicht, "hoehe" in werte, werte.get("grundkarte", "")), tuple(fehler)
