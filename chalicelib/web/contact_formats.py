"""How people and their sites are reached: e-mail, phone, web address."""

import re
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from chalicelib.kernel.french import NBSP
from chalicelib.web.text_formats import Sentence, quoted

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

OVERSEAS = ("GP", "MQ", "GF", "RE", "YT")
"""French regions whose numbers are dialled with a 0 too, and often written with +33 by mistake."""
METROPOLITAN = re.compile(r"\+33[1-9][0-9]{8}")
SCHEME = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")


def tidy_email(text: str) -> str:
    """Small letters, the domain in ASCII: the one spelling mail is sent to and files are compared by."""
    from email_validator import EmailNotValidError, validate_email

    try:
        known = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except (EmailNotValidError, ValueError):
        return text
    return (known.ascii_email or known.normalized).lower()


def explain_email(text: str) -> Sentence:
    """An address that can exist; nothing is asked of the network."""
    before, at, domain = text.partition("@")
    if not at:
        return "Ajoutez l'arobase (@) à l'adresse e-mail, par exemple prenom.nom@example.fr."
    if not before or not domain:
        side = "avant" if not before else "après"
        return f"Complétez l'adresse e-mail : il manque ce qui est {side} l'arobase (@)."
    if any(char.isspace() for char in text):
        return "Une adresse e-mail ne contient pas d'espace : retirez-le."
    if "." not in domain:
        return f"Complétez la fin de l'adresse e-mail, par exemple {quoted('@example.fr')}."
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except (EmailNotValidError, ValueError):
        return "Vérifiez l'adresse e-mail, par exemple prenom.nom@example.fr."
    return None


def tidy_phone(text: str) -> str:
    """E.164, such as `+33465710000`."""
    number = _phone(text)
    if number is None:
        return text
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, PhoneNumberFormat.E164)


def explain_phone(text: str) -> Sentence:
    """A number that can be dialled: French without prefix, any other with +."""
    letter = next((char for char in text if char.isalpha()), None)
    if letter:
        return f"Le numéro de téléphone ne comporte que des chiffres : retirez {quoted(letter)}."
    if _phone(text):
        return None
    digits = sum(char.isdigit() for char in text)
    if text.lstrip().startswith(("+", "00")):
        return "Vérifiez le numéro de téléphone, par exemple +41 22 000 00 00 pour la Suisse."
    if digits != 10:
        return f"Un numéro français comporte 10 chiffres ; vous en avez saisi {digits}."
    return "Vérifiez le numéro de téléphone : ses premiers chiffres ne sont pas ceux d'un numéro français."


def show_phone(text: str) -> str:
    """`04 65 71 00 00`; foreign numbers with their prefix."""
    number = _phone(text)
    if number is None:
        return text
    from phonenumbers import PhoneNumberFormat, format_number

    french = number.country_code == 33
    shown = format_number(number, PhoneNumberFormat.NATIONAL if french else PhoneNumberFormat.INTERNATIONAL)
    return shown.replace(" ", NBSP)


def _phone(text: str) -> "PhoneNumber | None":
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    if any(char.isalpha() for char in text):
        return None
    try:
        dialled = parse(text, "FR")
        regions = OVERSEAS if METROPOLITAN.fullmatch(format_number(dialled, PhoneNumberFormat.E164)) else ()
        others = (parse(f"0{dialled.national_number}", region) for region in regions)
        valid = next((number for number in chain((dialled,), others) if is_valid_number(number)), None)
    except NumberParseException:
        return None
    # The library knows today's ranges only: a well-formed new French one must not lock a person out.
    return valid or (dialled if regions else None)


def tidy_url(text: str) -> str:
    """With its scheme; scheme and host in small letters."""
    parts = _url(text)
    return parts._replace(netloc=parts.netloc.lower()).geturl() if parts else text


def explain_url(text: str) -> Sentence:
    """A public http or https address without credentials."""
    if any(char.isspace() or char in '<>"\\`{}|^' for char in text):
        return "Une adresse de site ne contient ni espace, ni guillemets, ni chevrons : retirez-les."
    scheme = SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return f"L'adresse du site commence par http:// ou https:// : remplacez {quoted(scheme[0])}."
    if "@" in text.split("//", 1)[-1].split("/", 1)[0]:
        return "Retirez ce qui précède l'arobase (@) : une adresse de site ne contient pas d'identifiant."
    return None if _url(text) else "Vérifiez l'adresse du site, par exemple www.example.fr."


def _url(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text if SCHEME.match(text) and "//" in text else f"https://{text}")
        _ = parts.port
    except ValueError:
        return None
    public = HOST.fullmatch(parts.hostname or "") and "@" not in parts.netloc
    return parts if public else None
