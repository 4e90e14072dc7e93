"""The membership application as a form."""

from pathlib import Path

from chalicelib.web.forms import Form

SCHEMA = Path(__file__).resolve().parent / "schemas" / "membership_application.json"


def membership_form() -> Form:
    """The one form, read once."""
    return Form.load(SCHEMA)
