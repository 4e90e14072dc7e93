"""Every form of the house: the schemas that say which page each question stands on."""

import json
from pathlib import Path

import chalicelib
from chalicelib.web.forms import Form

ROOMS = Path(chalicelib.__file__).parent
SCHEMAS = sorted(
    path for path in ROOMS.glob("*/schemas/*.json") if "x-sections" in json.loads(path.read_text("utf-8"))
)
FORMS = {path.stem: Form.load(path) for path in SCHEMAS}
"""By the names of their schemas, such as `membership_application`."""
FIELDS = tuple(dict.fromkeys(name for form in FORMS.values() for name in form.by_name))
"""The names of the fields of all of them."""
HOSTILE = [
    "🏔️👩‍👩‍👧", "مرحبا بكم", "\u202eabc", "a\0b", "Jean\r\nBcc: x@example.fr", "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "{{7*7}}", "${jndi:ldap://x}", "=1+1", "%00%0d%0a", "a\u2028b", "\ufeff", "\ud83d",
    "e\u0301" * 50, "﷽" * 300, "x" * 1_000_000, "9" * 1_000_000,
    "٣٤٥", "ﬀ", "İ", "\x7f", "-0", "1e999", "null",
]  # fmt: skip
"""What people and machines type into any field."""
