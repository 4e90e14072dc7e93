"""Numbers that public registers give: SIRET, SIREN, postcode, INSEE code, registration of a furnished rental."""

import re
import unicodedata

from chalicelib.kernel.french import NBSP, french_integer
from chalicelib.web.text_formats import Sentence, quoted

NOT_A_DIGIT = re.compile(r"[^0-9]")
INSEE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")
REGISTRATION = re.compile(r"(?P<insee>[0-9]{5}|2[AB][0-9]{3})[0-9]{6}[0-9A-Z]{2}")
NATIONAL_REGISTRATION = re.compile(r"FRA[0-9A-Z]{1,27}")
FAILED_CONTROL = "Vérifiez les chiffres : ce numéro ne passe pas le contrôle."


def without_separators(text: str) -> str:
    """`text` without the spaces, points and hyphens that people write for the eye."""
    return "".join(c for c in text if c not in ".-\t" and unicodedata.category(c) not in ("Zs", "Pd"))


def tidy_code(text: str) -> str:
    """Capitals, no separators."""
    return without_separators(text).upper()


def tidy_digits(text: str) -> str:
    """The digits of a SIRET or a SIREN alone."""
    return without_separators(text)


def explain_siret(text: str) -> Sentence:
    """Fourteen digits that pass INSEE's control, La Poste's exception included; never fourteen zeros."""
    digits = without_separators(text)
    if other := NOT_A_DIGIT.search(digits):
        return f"Le SIRET ne comporte que des chiffres : retirez {quoted(other[0])}."
    if len(digits) != 14:
        return _wrong_length(len(digits))
    if set(digits) == {"0"}:
        return "Ce numéro ne comporte que des zéros : recopiez le SIRET de votre structure."
    from stdnum.fr import siret

    return None if siret.is_valid(digits) else FAILED_CONTROL


def _wrong_length(typed: int) -> str:
    said = f"Le SIRET comporte 14 chiffres ; vous en avez saisi {french_integer(typed)}."
    if typed == 9:
        return f"{said} Avec 9 chiffres, c'est le SIREN : ajoutez les 5 qui suivent."
    return said


def show_siret(text: str) -> str:
    """`732 829 320 00074`."""
    digits = without_separators(text)
    return NBSP.join((digits[:3], digits[3:6], digits[6:9], digits[9:]))


def explain_siren(text: str) -> Sentence:
    """Nine digits that pass INSEE's control, never nine zeros; from a SIRET the first nine are told."""
    digits = without_separators(text)
    if other := NOT_A_DIGIT.search(digits):
        return f"Le SIREN ne comporte que des chiffres : retirez {quoted(other[0])}."
    if len(digits) == 14:
        return f"Ce numéro à 14 chiffres est un SIRET : gardez les 9 premiers, {show_siren(digits[:9])}."
    if len(digits) != 9:
        return f"Le SIREN comporte 9 chiffres ; vous en avez saisi {french_integer(len(digits))}."
    if set(digits) == {"0"}:
        return "Ce numéro ne comporte que des zéros : recopiez le SIREN de votre structure."
    from stdnum.fr import siren

    return None if siren.is_valid(digits) else FAILED_CONTROL


def show_siren(text: str) -> str:
    """`732 829 320`."""
    digits = without_separators(text)
    return NBSP.join((digits[:3], digits[3:6], digits[6:]))


def explain_postcode(text: str) -> Sentence:
    """Five digits, spaces tolerated."""
    digits = without_separators(text)
    if other := NOT_A_DIGIT.search(digits):
        return f"Le code postal ne comporte que des chiffres : retirez {quoted(other[0])}."
    if len(digits) != 5:
        return f"Le code postal comporte 5 chiffres ; vous en avez saisi {french_integer(len(digits))}."
    return "Vérifiez le code postal : aucun ne commence par 00." if digits.startswith("00") else None


def explain_insee(text: str) -> Sentence:
    """An INSEE commune code: five digits, or 2A/2B and three digits in Corsica."""
    return None if INSEE.fullmatch(tidy_code(text)) else "Choisissez la commune dans la liste."


def explain_registration(text: str) -> Sentence:
    """Thirteen characters (décret 2017-678), or the national number, whose final form is not published."""
    number = tidy_code(text)
    if registration_status(number):
        return None
    if not number.startswith("FRA") and len(number) != 13:
        return (
            "Le numéro d'enregistrement comporte 13 caractères ; "
            f"vous en avez saisi {french_integer(len(number))}."
        )
    return (
        "Vérifiez le numéro d'enregistrement : le code INSEE de la commune, 6 chiffres, "
        "puis 2 chiffres ou lettres. Un numéro national commence par FRA."
    )


def registration_status(text: str) -> str | None:
    """`valid` for 13 characters, `to_verify` for a national `FRA...`, None for neither."""
    number = tidy_code(text)
    if REGISTRATION.fullmatch(number):
        return "valid"
    return "to_verify" if NATIONAL_REGISTRATION.fullmatch(number) else None


def registration_commune(text: str) -> str | None:
    """The INSEE code at the head of a 13-character number; None for a national one or no number."""
    found = REGISTRATION.fullmatch(tidy_code(text))
    return found["insee"] if found else None
