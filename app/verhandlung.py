"""Which of two readers asks: a person with a browser, or a program."""

from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

_ANGEBOT = ("application/json", "application/geo+json", "text/html")


@lru_cache(256)
def will_seite(accept: str) -> bool:
    """Say whether HTML is preferred; what asks for nothing in particular gets JSON."""
    return parse_accept_header(accept, MIMEAccept).best_match(_ANGEBOT) == "text/html"
