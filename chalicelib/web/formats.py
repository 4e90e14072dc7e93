"""The domain's text formats by name: how each is tidied, and what to say when it cannot be read."""

from typing import TYPE_CHECKING

from chalicelib.web import (
    bank_formats,
    contact_formats,
    hour_formats,
    public_formats,
    registration_lists,
    text_formats,
)
from chalicelib.web.text_formats import Format

if TYPE_CHECKING:
    from jsonschema import FormatChecker

FORMATS: dict[str, Format] = {
    "text-line": Format(text_formats.tidy_line, text_formats.explain_line),
    "person-name": Format(text_formats.tidy_line, text_formats.explain_name),
    "date": Format(text_formats.tidy_date, text_formats.explain_date, text_formats.show_date),
    "hour": Format(hour_formats.tidy_hour, hour_formats.explain_hour, hour_formats.show_hour),
    "email": Format(contact_formats.tidy_email, contact_formats.explain_email),
    "phone": Format(contact_formats.tidy_phone, contact_formats.explain_phone, contact_formats.show_phone),
    "http-url": Format(contact_formats.tidy_url, contact_formats.explain_url),
    "siret": Format(public_formats.tidy_digits, public_formats.explain_siret, public_formats.show_siret),
    "siren": Format(public_formats.tidy_digits, public_formats.explain_siren, public_formats.show_siren),
    "postcode": Format(public_formats.tidy_code, public_formats.explain_postcode),
    "insee": Format(public_formats.tidy_code, public_formats.explain_insee),
    "registration-number": Format(
        public_formats.tidy_code, public_formats.explain_registration, registration_lists.show_registrations
    ),
    "registration-numbers": Format(
        registration_lists.tidy_registrations,
        registration_lists.explain_registrations,
        registration_lists.show_registrations,
    ),
    "iban": Format(bank_formats.tidy_iban, bank_formats.explain_iban, bank_formats.show_iban),
    "bic": Format(public_formats.tidy_code, bank_formats.explain_bic),
}


def normalise(name: str | None, text: str) -> str:
    """`text` in the one spelling that is stored when it reads as format `name`; else as it was typed."""
    known = FORMATS.get(name or "")
    return known.normalise(text) if known else text


def explain(name: str | None, text: str) -> str | None:
    """The French sentence that says the mend, or None when `text` reads as format `name`."""
    known = FORMATS.get(name or "")
    return known.explain(text) if known else None


def show(name: str | None, text: str) -> str:
    """`text` as people read it: grouped digits, French dates, national phone numbers."""
    known = FORMATS.get(name or "")
    return known.show(text) if known else text


def checker() -> "FormatChecker":
    """A jsonschema checker that knows these formats and no other."""
    from jsonschema import FormatChecker

    made = FormatChecker(formats=())
    for name, known in FORMATS.items():
        made.checks(name)(known.accepts)
    return made
