"""Right answers to the questions of a form, by their formats, for property tests; and how a page posts them."""

from datetime import date

from hypothesis import strategies as st
from stdnum import iban, luhn

from chalicelib.web import formats
from chalicelib.web.form_parsing import clean
from chalicelib.web.form_rows import Place
from chalicelib.web.form_text import typed


def tidy_line(text):
    return formats.normalise("text-line", clean(text))


def tidy_phone(text):
    return formats.normalise("phone", text)


def reads_as_line(text):
    return formats.explain("text-line", text) is None


def siren(eight):
    return eight + luhn.calc_check_digit(eight)


def siret(eight, four):
    return siren(eight) + four + luhn.calc_check_digit(siren(eight) + four)


def french_iban(account):
    return "FR" + iban.calc_check_digits(f"FR00{account}") + account


digits = st.text("0123456789", min_size=8, max_size=8).filter(lambda text: text not in ("35600000", "0" * 8))
letters = st.characters(categories=("Lu", "Ll", "Lo"))
written = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
lines = st.text(written, min_size=1, max_size=30).map(tidy_line).filter(reads_as_line)
registrations = st.from_regex(r"(2A0|380)[0-9]{8}[0-9A-Z]{2}|FRA[0-9]{10}", fullmatch=True)
FORMATS = {
    "person-name": st.text(letters, min_size=1, max_size=30).map(clean),
    "text-line": lines,
    "email": st.from_regex(r"[a-z][a-z0-9]{0,20}@[a-z]{2,10}\.fr", fullmatch=True),
    "phone": st.from_regex(r"\+33[1-7][0-9]{8}", fullmatch=True).map(tidy_phone),
    "siret": st.builds(siret, digits, st.from_regex(r"[0-9]{4}", fullmatch=True)),
    "date": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
    "hour": st.times().map(lambda at: f"{at:%H:%M}"),
    "http-url": st.from_regex(r"https?://[a-z]{2,10}\.[a-z]{2,5}(/[a-z]{0,10})?", fullmatch=True),
    "siren": st.builds(siren, digits),
    "registration-number": registrations,
    "registration-numbers": st.lists(registrations, min_size=1, max_size=5, unique=True).map(", ".join),
    "iban": st.builds(french_iban, st.from_regex(r"[0-9]{10}[0-9A-Z]{11}[0-9]{2}", fullmatch=True)),
    "bic": st.from_regex(r"[A-Z]{4}FR[0-9A-Z]{2}([0-9A-Z]{3})?", fullmatch=True),
    "postcode": st.from_regex(r"[1-9][0-9]{4}", fullmatch=True),
    "insee": st.from_regex(r"[0-9]{5}|2[AB][0-9]{3}", fullmatch=True),
    None: st.from_regex(r"[a-z][a-z_-]{0,20}", fullmatch=True),
}


DATES = {
    "past": st.dates(date(1900, 1, 1), date(2024, 12, 31)).map(str),
    "future": st.dates(date(2100, 1, 1), date(2199, 12, 31)).map(str),
}


def answer(field):
    """Right answers to one question, as a strategy; rules between fields are the form's own."""
    if field.has_rows:
        return st.lists(row(field), min_size=1, max_size=min(field.max_items or 5, 5))
    if field.type == "boolean":
        return st.just(True)
    if field.type == "array":
        offered = st.sampled_from([choice.value for choice in field.choices])
        return st.lists(offered, unique=True, min_size=1, max_size=field.max_items)
    if field.type == "integer":
        return integers(field)
    if field.choices:
        return st.sampled_from([choice.value for choice in field.choices])
    right = DATES[field.when] if field.when else FORMATS[field.format]
    return right.filter(lambda text: len(text) <= (field.maxlength or len(text)))


def integers(field):
    if field.choices:
        return st.sampled_from([int(choice.value) for choice in field.choices])
    return st.integers(1 if field.minimum is None else field.minimum, field.maximum or 5000)


def row(field):
    """A row with what is due in it, and some of the rest."""
    due = {column.name: answer(column) for column in field.columns if column.required}
    rest = {column.name: answer(column) for column in field.columns if not column.required}
    return st.fixed_dictionaries(due, optional=rest).filter(bool)


def posted(fields, answers):
    """The body that the page with these answers sends: names with their texts in order."""
    body = {}
    for field in (field for field in fields if field.name in answers):
        value = answers[field.name]
        if field.has_rows:
            for number, each in enumerate(value):
                cells = posted(field.columns, each).items()
                body |= {Place(field.name, number, name).name: texts for name, texts in cells}
        else:
            shown = typed(field, value)
            body[field.name] = [str(each) for each in shown] if isinstance(shown, list) else [text_of(shown)]
    return body


def text_of(shown):
    return "true" if shown is True else str(shown)
