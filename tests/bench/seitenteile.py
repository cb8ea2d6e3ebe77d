"""Small pieces of Markdown."""

from collections.abc import Iterable, Iterator, Sequence


def tabelle(kopf: Sequence[str], zeilen: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table line by line."""
    yield f"| {' | '.join(kopf)} |"
    yield "|---" * len(kopf) + "|"
    for zeile in zeilen:
        yield f"| {' | '.join(zeile)} |"


def gross(zahl: int) -> str:
    """Write a large number with narrow spaces between the thousands."""
    return f"{zahl:,}".replace(",", "\u202f")
