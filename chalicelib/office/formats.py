"""The formats an office file uses: SIREN, SIRET, NDA, IBAN, BIC, telephone, e-mail, web address, dates, colour."""

import re
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from jsonschema import FormatChecker

LEAST_CONTRAST = 4.5

MENDS = {
    "siren": "écrivez les 9 chiffres du SIREN sans espace, et vérifiez chacun (la clé est fausse)",
    "french-phone": "écrivez un numéro français complet, par exemple 04 65 71 10 10",
    "email": "écrivez une adresse complète, par exemple accueil@office.example.org",
    "web-address": "écrivez une adresse complète, par exemple https://www.example.org",
    "date": "écrivez une date qui existe, sous la forme AAAA-MM-JJ, par exemple 2027-03-31",
    "day-of-year": "écrivez un jour qui existe chaque année, sous la forme MM-JJ, par exemple 07-01",
    "siret": "écrivez les 14 chiffres du SIRET sans espace, et vérifiez chacun (la clé est fausse)",
    "activity-number": "écrivez les 11 chiffres du numéro de déclaration d’activité (NDA), sans espace",
    "iban": "écrivez l’IBAN sans espace, et vérifiez chaque signe (la clé est fausse)",
    "bic": "écrivez le BIC en 8 ou 11 caractères, en majuscules",
    "accent-color": "choisissez une couleur #RRVVBB plus foncée, de contraste 4,5 au moins sur fond blanc",
}  # fmt: skip
"""What to do, in French, when a value does not have the format."""


@lru_cache(maxsize=1)
def checker() -> FormatChecker:
    """The format checker of the office schema."""
    formats = FormatChecker(formats=())
    tests = {
        "siren": _is_siren, "french-phone": _is_french_phone, "email": _is_email,
        "web-address": _is_web_address, "date": _is_date, "day-of-year": _is_day_of_year,
        "accent-color": _is_readable_color, "siret": _is_siret, "iban": _is_iban, "bic": _is_bic,
        "activity-number": _is_activity_number,
    }  # fmt: skip
    for name, test in tests.items():
        formats.checks(name)(_texts_only(test))
    return formats


def contrast_on_white(color: str) -> float:
    """The WCAG 2.1 contrast ratio of `#rrggbb` on white, from 1 to 21."""
    red, green, blue = (_linear(int(color[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _texts_only(test: Any) -> Any:
    # Another type is another mistake, which the schema names already.
    return lambda value: not isinstance(value, str) or test(value)


def _is_siren(text: str) -> bool:
    from stdnum.fr import siren

    return bool(re.fullmatch(r"\d{9}", text, re.ASCII)) and text != "0" * 9 and siren.is_valid(text)


def _is_siret(text: str) -> bool:
    from stdnum.fr import siret

    return bool(re.fullmatch(r"\d{14}", text, re.ASCII)) and text != "0" * 14 and siret.is_valid(text)


def _is_activity_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{11}", text, re.ASCII))


def _is_iban(text: str) -> bool:
    from stdnum import iban

    return bool(re.fullmatch(r"[A-Z0-9]+", text, re.ASCII)) and iban.is_valid(text)


def _is_bic(text: str) -> bool:
    from stdnum import bic

    return bool(re.fullmatch(r"[A-Z0-9]+", text, re.ASCII)) and bic.is_valid(text)


def _is_french_phone(text: str) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return False
    return number.country_code == 33 and number.extension is None and phonenumbers.is_valid_number(number)


def _is_email(text: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized == text
    except EmailNotValidError:
        return False


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and not re.search(r"\s", text)


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII)) and _exists(text)


def _is_day_of_year(text: str) -> bool:
    return bool(re.fullmatch(r"\d{2}-\d{2}", text, re.ASCII)) and _exists(f"2001-{text}")


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_readable_color(text: str) -> bool:
    known = re.fullmatch(r"#[0-9a-fA-F]{6}", text)
    return bool(known) and contrast_on_white(text) >= LEAST_CONTRAST
