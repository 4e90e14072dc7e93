"""Words as they are compared: without accents, capitals and punctuation."""

from unicodedata import category, normalize


def plain(text: str) -> str:
    """`Nuitées (total)` as `nuitees total`."""
    signs = normalize("NFKD", text).casefold()
    kept = (sign if sign.isalnum() else " " for sign in signs if category(sign) != "Mn")
    return " ".join("".join(kept).split())
