"""HTML held against what the templates can write: no element, attribute or link beyond that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

_LEER: Final = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "base", "source", "wbr", "col"}
)
_ADRESSEN: Final = frozenset({"href", "src", "action", "formaction", "data", "poster", "ping"})
_SCHEMATA: Final = frozenset({"", "http", "https", "mailto", "tel"})
_DATEN: Final = ("application/json", "application/ld+json")
_LEERRAUM: Final = re.compile(r"\s+")


@dataclass
class Gelesen(HTMLParser):
    """One page: the kinds of tags on it, what is wrong, its words."""

    arten: set[tuple[str, str]] = field(default_factory=set)
    maengel: list[str] = field(default_factory=list)
    _offen: list[str] = field(default_factory=list)
    _worte: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    @property
    def text(self) -> str:
        """The words of the page, white space as one space."""
        return _LEERRAUM.sub(" ", "".join(self._worte))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.arten |= {(tag, name) for name, _ in attrs} | {(tag, "")}
        self.maengel += _falsch(tag, dict(attrs))
        if tag not in _LEER:
            self._offen.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _LEER:
            self._offen.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._offen or self._offen.pop() != tag:
            self.maengel.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self._worte.append(data)

    def handle_comment(self, data: str) -> None:
        self.maengel.append(f"comment {data[:50]!r}")


def _falsch(tag: str, attribute: dict[str, str | None]) -> Iterator[str]:
    for name, wert in attribute.items():
        if name.startswith("on") or name in ("style", "srcdoc"):
            yield f"{tag} {name}={wert!r}"
        if name in _ADRESSEN and urlsplit(wert or "").scheme.lower() not in _SCHEMATA:
            yield f"{tag} {name}={wert!r}"
    eigen = (attribute.get("src") or "").startswith(("/assets/", "/einbetten"))
    if tag == "script" and not eigen and attribute.get("type") not in _DATEN:
        yield f"script {attribute!r}"


def lies(html: str) -> Gelesen:
    """Read a page to its end."""
    gelesen = Gelesen()
    gelesen.feed(html)
    gelesen.close()
    if gelesen._offen:
        gelesen.maengel.append(f"never closed: {gelesen._offen}")
    return gelesen
