"""A QR code as a picture in the page. Pure."""

from functools import lru_cache
from io import BytesIO

import segno
from markupsafe import Markup


@lru_cache(maxsize=64)
def qr_code(address: str) -> Markup:
    """As `drawn`, remembered: for addresses that are no secret."""
    return drawn(address)


def drawn(address: str) -> Markup:
    """An SVG of one path, sized by the style sheet. Level M: still read when a tenth of it is dirty."""
    written = BytesIO()
    segno.make(address, error="m", micro=False).save(
        written, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass="code", lineclass=None, border=4
    )
    return Markup(written.getvalue().decode("utf-8"))
