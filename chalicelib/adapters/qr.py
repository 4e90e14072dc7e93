"""A text, most often an address of this site, as a QR code: for a page and for paper.

The library is in a layer of its own, which only functions that draw codes have (docs/decisions/0033).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.kernel.cells import flat

if TYPE_CHECKING:
    from segno import QRCode

QUIET_ZONE = 4
"""Modules of white around a code (ISO/IEC 18004); without them it is not found on a dark page."""
DARK, LIGHT = "#000", "#fff"
PIXELS_PER_MODULE = 8
AS_A_PICTURE = 'role="img" shape-rendering="crispEdges"'
"""Without the second, seams show between its rows at some sizes."""


def svg(text: str, title: str) -> str:
    """The code as an `<svg>` for inside a page, as large as its style sheet says; `title` is what a screen reader says.

    Black on white whatever the page's colours, for not every reader takes the inverse. Raises `ValueError` for more
    than 2 331 octets.
    """
    drawn = _code(text).svg_inline(
        border=QUIET_ZONE,
        dark=DARK,
        light=LIGHT,
        title=flat(title),
        omitsize=True,
        svgclass="qr",
        lineclass=None,
    )
    return drawn.replace("<svg ", f"<svg {AS_A_PICTURE} ", 1)


def png(text: str) -> bytes:
    """The code as a picture of a few hundred pixels, black on white. Raises `ValueError` for more than 2 331 octets."""
    from io import BytesIO

    kept = BytesIO()
    _code(text).save(kept, kind="png", border=QUIET_ZONE, scale=PIXELS_PER_MODULE, dark=DARK, light=LIGHT)
    return kept.getvalue()


def rows(text: str) -> list[str]:
    """The code as `documents/layouts/qr.typ` draws it: a text a row, `1` for a dark module, without the white around.

    Raises `ValueError` for more than 2 331 octets.
    """
    return ["".join(str(int(module)) for module in row) for row in _code(text).matrix]


def _code(text: str) -> QRCode:
    """Readable with a seventh of it gone (level M); never a Micro QR code, which telephones do not know."""
    import segno

    return segno.make_qr(text, error="m", boost_error=False)
