"""Every form of the house: the schemas that say which page each question stands on."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import chalicelib
from chalicelib.web.fields import Field
from chalicelib.web.form_rows import Place
from chalicelib.web.forms import Form

ROOMS = Path(chalicelib.__file__).parent
SCHEMAS = sorted(
    path for path in ROOMS.glob("*/schemas/*.json") if "x-sections" in json.loads(path.read_text("utf-8"))
)
FORMS = {path.stem: Form.load(path) for path in SCHEMAS}
"""By the names of their schemas, such as `membership_application`."""
OF_TRAININGS, OF_OBSERVATORY = (
    {path.stem for path in SCHEMAS if path.parts[-3] == room} for room in ("trainings", "observatory")
)


def inputs(form: Form) -> Iterator[tuple[str, Field]]:
    """What can be typed into a page of the form: the names of the inputs, of the first row where there are rows."""
    for field in form.fields:
        if not field.has_rows:
            yield field.name, field
        for column in field.columns:
            yield Place(field.name, 0, column.name).name, column


def _names(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for form in forms for name, _ in inputs(FORMS[form])))


TRAINING_FIELDS = _names(name for name in FORMS if name in OF_TRAININGS)
FIELDS = _names(name for name in FORMS if name not in OF_TRAININGS | OF_OBSERVATORY)
"""The names of the inputs of all forms of trainings, and of partners and aids: together they are too much for one request.

Those of the observatory are made of its weeks.
"""
HOSTILE = [
    "🏔️👩‍👩‍👧", "مرحبا بكم", "\u202eabc", "a\0b", "Jean\r\nBcc: x@example.fr", "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "{{7*7}}", "${jndi:ldap://x}", "=1+1", "%00%0d%0a", "a\u2028b", "\ufeff", "\ud83d",
    "e\u0301" * 50, "﷽" * 300, "x" * 1_000_000, "9" * 1_000_000,
    "٣٤٥", "ﬀ", "İ", "\x7f", "-0", "1e999", "null",
]  # fmt: skip
"""What people and machines type into any field."""
