"""The header Link of a download: under which licence it is, and where it is described."""

from app.urls import NEUTRAL
from layers.herkunft import Herkunft


def herkunftsverweis(herkunft: Herkunft) -> str:
    """Return the value of ``Link`` (RFC 8288) for any representation of a layer.

    ``rel="license"`` is left out where no licence is stated; ``describedby`` is the catalogue.
    """
    verweise = [f'<{NEUTRAL.katalog()}>; rel="describedby"']
    if herkunft.lizenz:
        verweise.insert(0, f'<{herkunft.lizenz.text}>; rel="license"')
    return ", ".join(verweise)
