"""What people typed as the cell of a table: one line, and only signs that every file format knows."""

from unicodedata import category

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NO_SIGNS = ("\ufffe", "\uffff")


def flat(text: str) -> str:
    """The text on one line: a space for each control, line break, lone surrogate and sign that is none."""
    return "".join(" " if _is_strange(sign) else sign for sign in text).strip()


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet might work it out instead of showing it."""
    return text.startswith(BEGINS_A_FORMULA)


def _is_strange(sign: str) -> bool:
    return category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in NO_SIGNS
