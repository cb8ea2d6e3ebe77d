"""Markdown as the city writes it, turned into HTML that can harm nobody.

Allowed are headings, paragraphs, lists, quotations, emphasis, lines and links. HTML, pictures and
links that could run a program are mistakes, not text: they are named, and the text is refused
(`layers.seitentexte`). What is set here is safe all the same: HTML would come out as the signs it
is written with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from layers.befund import Code
from layers.deutung import datum

LINKZIELE: Final = ("http://", "https://", "mailto:", "tel:")
_AUSZUFUELLEN: Final = re.compile(r"\[\s*auszuf(?:ü|ue)llen\s*:\s*([^\[\]]*)\]", re.IGNORECASE)
_STAND: Final = re.compile(r"Stand\s*:\s*(.+)", re.IGNORECASE)
_STEUERZEICHEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]")
_NICHT_GESETZT: Final = ("code", "fence", "html_block", "image", "html_inline")
_FUND: Final = 60
"""Characters of a mistake that are repeated."""


@dataclass(frozen=True, slots=True)
class Stelle:
    """A mistake: what kind, in which line (from 1), and the signs in question."""

    code: Code
    zeile: int
    fund: str


@dataclass(frozen=True, slots=True)
class Markdowntext:
    """A text, set.

    Parameters
    ----------
    titel
        The first heading of the first level, without emphasis; empty if there is none.
    html
        Everything else. Its headings begin at the second level and leave none out.
    stand
        ISO date of the line "Stand: …", which the HTML then no longer has; empty without one.
    auszufuellen
        What the markers ``[auszufüllen: …]`` ask for, in their order.
    """

    titel: str
    html: str
    stand: str
    auszufuellen: tuple[str, ...]


class _Pruefer(MarkdownIt):
    """Reads everything Markdown knows, so that what is forbidden can be named."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the library's name
        return True


class _Setzer(MarkdownIt):
    """Sets what is allowed; a link elsewhere stays the signs it is written with."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return _erlaubt(url)


def _auszufuellen(state: StateInline, silent: bool) -> bool:
    treffer = _AUSZUFUELLEN.match(state.src, state.pos, state.posMax)
    if treffer is None:
        return False
    if not silent:
        state.push("auszufuellen", "mark", 0).content = " ".join(treffer[1].split())
    state.pos = treffer.end()
    return True


def _marke(_: Any, tokens: Sequence[Token], nummer: int, *__: Any) -> str:  # noqa: ANN401
    return f'<mark class="auszufuellen">[auszufüllen: {escape(tokens[nummer].content)}]</mark>'


def _mit_marken(md: MarkdownIt) -> MarkdownIt:
    md.inline.ruler.before("link", "auszufuellen", _auszufuellen)
    md.add_render_rule("auszufuellen", _marke)
    return md


_PRUEFER: Final = _mit_marken(_Pruefer("commonmark", {"html": True}))
# An address is written line by line: a line break is meant.
_SETZER: Final = _mit_marken(_Setzer("commonmark", {"html": False, "breaks": True})).disable(
    _NICHT_GESETZT
)


def fehlstellen(text: str) -> Iterator[Stelle]:
    """Yield everything that must not be in a text, in its order."""
    for nummer, zeile in enumerate(text.split("\n"), start=1):
        if treffer := _STEUERZEICHEN.search(zeile):
            yield Stelle(Code.TEXT_ZEICHEN, nummer, f"U+{ord(treffer[0]):04X}")
    for token, nummer in _alle(_PRUEFER.parse(text)):
        if token.type in ("html_block", "html_inline"):
            yield Stelle(Code.TEXT_HTML, nummer, _kurz(token.content))
        elif token.type == "image":
            yield Stelle(Code.TEXT_BILD, nummer, _kurz(str(token.attrs.get("src", ""))))
        elif token.type == "link_open" and not _erlaubt(str(token.attrs.get("href", ""))):
            yield Stelle(Code.TEXT_LINK, nummer, _kurz(str(token.attrs.get("href", ""))))


def setze(text: str) -> Markdowntext:
    """Return a text as HTML with its title and its Stand."""
    tokens = _SETZER.parse(text)
    marken = tuple(t.content for t, _ in _alle(tokens) if t.type == "auszufuellen")
    titel = _nimm_titel(tokens)
    stand = _nimm_stand(tokens)
    _ordne_ueberschriften(tokens)
    for token, _ in _alle(tokens):
        if token.type == "link_open" and str(token.attrs["href"]).lower().startswith("http"):
            token.attrs["rel"] = "external noopener"
    html = _SETZER.renderer.render(tokens, _SETZER.options, {})
    return Markdowntext(titel, html, stand, marken)


def _alle(tokens: Sequence[Token], zeile: int = 1) -> Iterator[tuple[Token, int]]:
    """Yield every token with its line, also those within others."""
    for token in tokens:
        zeile = token.map[0] + 1 if token.map else zeile
        yield token, zeile
        innen = zeile
        for kind in token.children or ():
            yield from _alle([kind], innen)
            innen += kind.type in ("softbreak", "hardbreak")


def _erlaubt(url: str) -> bool:
    return url.lower().startswith(LINKZIELE)


def _kurz(text: str) -> str:
    erste = (text.strip().splitlines() or [""])[0]
    return erste if len(erste) <= _FUND else f"{erste[:_FUND]}…"


def _nimm_titel(tokens: list[Token]) -> str:
    """Take the first heading of the first level out and return its words."""
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            teile = (
                " " if k.type == "softbreak" else k.content
                for k, _ in _alle(tokens[i + 1].children or ())
            )
            titel = "".join(teile)
            del tokens[i : i + 3]
            return titel
    return ""


def _nimm_stand(tokens: list[Token]) -> str:
    """Take the paragraph "Stand: …" out and return its date; one that cannot be read stays."""
    for i, token in enumerate(tokens):
        if token.type != "inline" or tokens[i - 1].type != "paragraph_open":
            continue
        if treffer := _STAND.fullmatch(token.content.replace("*", "").strip()):
            angabe = datum.deute(treffer[1].strip())
            if angabe and angabe.zeitpunkt and not angabe.ungenau:
                del tokens[i - 1 : i + 2]
                return angabe.zeitpunkt
    return ""


def _ordne_ueberschriften(tokens: Sequence[Token]) -> None:
    """Renumber the headings: below the title of the page, and no level left out."""
    vorher = 1
    for token in tokens:
        if token.type == "heading_open":
            vorher = max(2, min(int(token.tag[1]), vorher + 1))
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{vorher}"
