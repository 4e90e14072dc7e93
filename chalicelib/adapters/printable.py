"""Text from outside, made fit for paper: one line, of signs that the typeface has.

A sign without a glyph would stop the printing (PDF/UA forbids it), one that turns text around would mislead.
"""

import re
from functools import lru_cache
from unicodedata import category, combining, normalize

COVERED = re.compile(
    "[ -~\xa0-¬®-´¶-ćĊ-ēĖ-ěĞ-ģĦ-ħĪ-īĮ-ĳĶ-ķĹ-ľŁ-ňŐ-ŕŘ-śŞ-ťŪ-ūŮ-žƒȘ-țȷˆ-ˇˉ˘-˝"
    "\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0312\u0326-\u0328ΔΩμπẀ-ẅẞỲ-ỳ"
    "–-—‘-‚“-„†-•…‰‹-›⁄€₹ℓ™℮∂∏∑-−∕∙-√∞∫≈≠≤-≥◊♪\u202f]"
)
"""What `chalicelib/documents/fonts` has, but a thin space; Typst makes the narrow no-break one."""
LACKING = "□"
"""Stands for a sign of another script; it comes with Typst."""
HYPHENS = {"\u2010": "-", "\u2011": "-"}
INVISIBLE = {"Cf", "Cs", "Mn", "Me", "Cn", "Co"}
HEAPED = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")
"""No language puts more accents on a letter; a heap of them covers the lines around it."""
SPACES = re.compile("[ \xa0\u202f]{2,}")


def printable(text: str) -> str:
    """`text` in one line with single spaces; invisible signs go, what the typeface lacks becomes `□`."""
    return SPACES.sub(_one_space, HEAPED.sub(r"\1", _covered(text))).strip()


def _covered(text: str) -> str:
    """`text` in signs that the typeface has: once more when some have gone, for an accent may then meet its letter."""
    signs = "".join(_sign(sign) for sign in normalize("NFC", text))
    return signs if signs == text else _covered(signs)


def _one_space(run: re.Match[str]) -> str:
    """The first of them that does not break, if there is one."""
    return run[0].strip(" ")[:1] or " "


@lru_cache(maxsize=1024)
def _sign(sign: str) -> str:
    if COVERED.fullmatch(sign):
        return sign
    kind = category(sign)
    if kind[0] == "Z" or kind == "Cc":
        return " "
    return "" if kind in INVISIBLE else _nearest(sign)


def _nearest(sign: str) -> str:
    """The sign in letters that the typeface has (`ﬁ` is `fi`, `ŏ` is `o`), if there are such."""
    bare = "".join(part for part in normalize("NFKD", HYPHENS.get(sign, sign)) if not combining(part))
    return bare if all(COVERED.fullmatch(part) for part in bare) else LACKING
