"""QR codes as small inline SVG, black on white in every colour scheme."""

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """Return a QR code with 15 % redundancy as SVG without size, style or id."""
    puffer = BytesIO()
    segno.make_qr(text, error="m").save(
        puffer,
        kind="svg",
        border=4,  # empty modules around it: ISO/IEC 18004 asks for four
        dark="#000",
        light="#fff",
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    # without it a renderer that smooths edges leaves hairlines between the rows
    return puffer.getvalue().decode().replace("<svg ", '<svg shape-rendering="crispEdges" ', 1)
