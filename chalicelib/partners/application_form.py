"""The membership application as a form."""

from pathlib import Path

from chalicelib.web.forms import Form

SCHEMA = Path(__file__).resolve().parent / "schemas" / "membership_application.json"


def page_keys() -> tuple[str, ...]:
    """The pages of the form, in order."""
    return tuple(section.key for section in membership_form().sections)


def membership_form() -> Form:
    """The one form, read once."""
    return Form.load(SCHEMA)
