"""Amounts as people type them, read to whole cents: never through a float, and only what reads in one way."""

import re
import unicodedata

from chalicelib.web.text_formats import TOO_LONG_TO_READ, quoted, typeset

CURRENCY = r"(?:€|eur(?:o|os)?)"
AROUND = re.compile(rf"^\s*{CURRENCY}?\s*|\s*{CURRENCY}?\s*$", re.IGNORECASE)
SPACES = re.compile(r"\s*[\s'’]\s*")
"""Whatever stands between thousands: any space, or the apostrophe of Swiss prices."""
ODD = re.compile(r"[^\W\d_]{1,20}|[^0-9 ,.]")
GROUPED = re.compile(r"[0-9]*|[0-9]{1,3}(?P<mark>[ ,.])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
EUROS_DIGITS = 12

TOO_LONG = "Cette réponse est trop longue : raccourcissez-la."
NEGATIVE = "Indiquez un montant sans signe moins, par exemple 1234,50."
NO_DIGIT = "Écrivez le montant en euros et en chiffres, par exemple 1234,50."
ODD_SIGN = "Écrivez le montant en euros et en chiffres, par exemple 1234,50 : retirez {odd}."
TWO_WAYS = "Ce montant se lit de deux façons : écrivez-le sans séparateur de milliers, {large} ou {small}."
MARKS = "Écrivez une seule virgule, celle des centimes, par exemple 1234,50."
GAPS = "Vérifiez les espaces de ce montant : écrivez-le d'un seul tenant, par exemple 1234,50."
NO_CENTS = "Complétez les centimes après la virgule, par exemple 1234,50."
MANY_CENTS = "Écrivez les centimes avec deux chiffres au plus, par exemple 1234,50."
HUGE = "Vérifiez ce montant : il est trop grand."


def cents(text: str) -> int | None:
    """The amount in cents, or None where `explain` has something to say."""
    read = _read(text)
    return read if isinstance(read, int) else None


def explain(text: str) -> str | None:
    """The French sentence that says the mend, or None when `text` reads as an amount."""
    read = _read(text)
    return typeset(read) if isinstance(read, str) else None


def retyped(amount: int) -> str:
    """`1234,50` from cents: what people type again without thinking."""
    euros, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{euros},{rest:02d}"


def _read(text: str) -> int | str:
    """Cents, or the sentence that says why not."""
    if len(text) > TOO_LONG_TO_READ:
        return TOO_LONG
    number = SPACES.sub(" ", AROUND.sub("", text))
    if number and (number[0] == "−" or unicodedata.category(number[0]) == "Pd"):
        return NEGATIVE
    if odd := ODD.search(number):
        return ODD_SIGN.format(odd=quoted(odd[0]))
    if not any(sign.isdigit() for sign in number):
        return NO_DIGIT
    return _of_digits(number)


def _of_digits(number: str) -> int | str:
    """The same for what consists of digits, spaces, commas and points."""
    mark = _decimal_mark(number)
    before, _, after = number.rpartition(mark) if mark else (number, "", "00")
    before, after = before.rstrip(" "), after.lstrip(" ")
    if not GROUPED.fullmatch(before) or not after.isdigit():
        return _misplaced(before, after)
    if len(after) == 3 and before.isdigit() and len(before) <= 3 and before[0] != "0":
        return TWO_WAYS.format(large=before + after, small=f"{before},{after[:2]}")
    if len(after) > 2:
        return MANY_CENTS
    euros = re.sub(r"[^0-9]", "", before).lstrip("0")
    return HUGE if len(euros) > EUROS_DIGITS else 100 * int(euros or 0) + int(after.ljust(2, "0"))


def _decimal_mark(number: str) -> str:
    """The last comma or point, unless it only parts thousands, as in `1.234.567`; empty for none."""
    marks = re.findall(r"[,.]", number)
    return "" if len(marks) > 1 and len(set(marks)) == 1 else "".join(marks[-1:])


def _misplaced(before: str, after: str) -> str:
    if "," in before + after or "." in before + after:
        return MARKS
    return GAPS if after else NO_CENTS
