"""What stands for a code where editors read and write it: its label, if nothing else has that."""

from collections.abc import Iterable

from layers.ueberschriften import vergleichsform


def eindeutige(eintraege: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return code → label, the code itself where its label stands for another one too.

    Parameters
    ----------
    eintraege
        Code, label and short label (``""`` = none) of every entry of one code list.

    Examples
    --------
    >>> eindeutige([("a", "Bildung", ""), ("b", "Weiterbildung", "Bildung")])
    {'a': 'a', 'b': 'Weiterbildung'}
    """
    alle = list(eintraege)
    formen = [{vergleichsform(wort) for wort in worte if wort} for worte in alle]
    return {
        code: label if sum(vergleichsform(label) in andere for andere in formen) == 1 else code
        for code, label, _ in alle
    }
