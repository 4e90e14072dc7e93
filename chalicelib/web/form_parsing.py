"""From the strings of an urlencoded form to typed answers; what does not convert stays as it was typed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from chalicelib.web import amounts, form_rows, formats
from chalicelib.web.fields import Answers, Field, Value

INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
UNTICKED = frozenset(("false", "0", "off", "no", "non"))
AROUND = "\u200b\u200e\u200f\u2060\ufeff\u202a\u202c"
"""Marks that phones and word processors paste around a text without showing them."""


def parse(fields: Iterable[Field], raw: Mapping[str, Sequence[str]]) -> Answers:
    """The answers among `raw` that the form knows, in its order; empty ones are left out."""
    read = (
        (field.name, _rows(field, raw) if field.has_rows else _read(field, raw.get(field.name, ())))
        for field in fields
    )
    return {name: value for name, value in read if value is not None}


def clean(text: str) -> str:
    """`text` in Unicode NFC, trimmed; halves of characters become U+FFFD, as nothing can store them."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole.strip().strip(AROUND).strip())


def text_of(field: Field, typed: str) -> str:
    """`typed`, cleaned, in the one spelling of the field's format where it reads."""
    return formats.normalise(field.format, clean(typed))


def _read(field: Field, typed: Sequence[str]) -> Value | None:
    texts = [text for text in (clean(each) for each in typed) if text]
    if not texts:
        return None
    if field.type == "array":
        return list(dict.fromkeys(texts))
    return _convert(field, texts[-1])


def _rows(field: Field, raw: Mapping[str, Sequence[str]]) -> Value | None:
    rows = (parse(field.columns, row) for row in form_rows.posted(field, raw))
    return [row for row in rows if row][: form_rows.ROWS_READ] or None


def _convert(field: Field, text: str) -> Value | None:
    if field.type == "boolean":
        return None if text.lower() in UNTICKED else True
    if field.is_money:
        cents = amounts.cents(text)
        return text if cents is None else cents
    if field.type == "integer":
        return _integer(text)
    return formats.normalise(field.format, text)


def _integer(text: str) -> Value:
    number = "".join(text.split())
    return int(number) if INTEGER.fullmatch(number) else text
