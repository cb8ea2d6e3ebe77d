"""The context of the page that says what went wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meldung:
    """Title and one sentence, out of the catalogue."""

    titel: str
    text: str
