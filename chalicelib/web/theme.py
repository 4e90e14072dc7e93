"""The office's accent colour, made readable on the light and on the dark page.

Contrast as WCAG 2.1 defines it: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
"""

LIGHT_PAPER = "#ffffff"
DARK_PAPER = "#0f191b"
CONTROL_CONTRAST = 3.0

Colour = tuple[float, float, float]


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(_rgb(first)), _luminance(_rgb(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, paper: str, ratio: float = CONTROL_CONTRAST) -> str:
    """`colour`, moved towards black or white until its contrast with `paper` is at least `ratio`."""
    towards = "#000000" if _luminance(_rgb(paper)) > 0.5 else "#ffffff"
    for step in range(21):
        candidate = _mix(colour, towards, step / 20)
        if contrast(candidate, paper) >= ratio:
            return candidate
    return towards


def stylesheet(template: str, accent: str) -> str:
    """The text of `theme.css` with its two colours set from `accent` (`#rrggbb`)."""
    return template.replace("#111111", readable(accent, LIGHT_PAPER)).replace(
        "#eeeeee", readable(accent, DARK_PAPER)
    )


def _rgb(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(colour: str, towards: str, share: float) -> str:
    parts = zip(_rgb(colour), _rgb(towards), strict=True)
    return "#" + "".join(f"{round((a + (b - a) * share) * 255):02x}" for a, b in parts)
