"""Where money is sent: IBAN and BIC, of the countries that a SEPA transfer reaches."""

import re

from chalicelib.kernel.french import french_integer
from chalicelib.web.public_formats import tidy_code
from chalicelib.web.text_formats import Sentence, quoted

SEPA = {
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB",
    "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK",
    "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
}  # fmt: skip
"""How an IBAN may begin: the list EPC409-09 of the European Payments Council. Overseas France has FR."""
NEITHER_DIGIT_NOR_LETTER = re.compile(r"[^0-9A-Z]")
IBAN_HEAD = re.compile(r"[A-Z]{2}[0-9]{2}")
BIC = re.compile(r"[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?")
PARTS_OF_AN_IBAN = re.compile(r"([0-9]+)!([nac])")


def tidy_iban(text: str) -> str:
    """Capitals without separators, and without the word IBAN that is copied along."""
    return tidy_code(text).removeprefix("IBAN").removeprefix(":")


def explain_iban(text: str) -> Sentence:
    """An account that a SEPA transfer reaches, with the length of its country and right control digits."""
    number = tidy_iban(text)
    if other := NEITHER_DIGIT_NOR_LETTER.search(number):
        return f"Un IBAN ne comporte que des chiffres et des lettres : retirez {quoted(other[0])}."
    if not IBAN_HEAD.match(number):
        return "Un IBAN commence par deux lettres et deux chiffres, par exemple FR76 : recopiez-le en entier."
    country = number[:2]
    if country not in SEPA:
        return f"Indiquez un compte de la zone SEPA : {quoted(country)} n'en fait pas partie."
    if len(number) != (length := _iban_length(country)):
        return (
            f"Un IBAN qui commence par {country} comporte {length} caractères ; "
            f"vous en avez saisi {french_integer(len(number))}."
        )
    from stdnum import iban

    # The library's lists of banks grow old: a new Belgian bank must not lock a person out.
    if iban.is_valid(number, check_country=False):
        return None
    return "Vérifiez les chiffres et les lettres de l'IBAN : ce numéro ne passe pas le contrôle."


def show_iban(text: str) -> str:
    """`FR76 3000 6000 0112 3456 7890 189`: with spaces that may break, or it is too wide for a phone."""
    number = tidy_iban(text)
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _iban_length(country: str) -> int:
    from stdnum import numdb

    # The registry describes what follows the country and the control digits, such as `5!n5!n11!c2!n`.
    described = numdb.get("iban").info(country)[0][1]["bban"]
    return 4 + sum(int(length) for length, _ in PARTS_OF_AN_IBAN.findall(described))


def explain_bic(text: str) -> Sentence:
    """Eight or eleven characters: bank, country, place, branch."""
    number = tidy_code(text)
    if other := NEITHER_DIGIT_NOR_LETTER.search(number):
        return f"Un BIC ne comporte que des lettres et des chiffres : retirez {quoted(other[0])}."
    if len(number) not in (8, 11):
        said = french_integer(len(number))
        return f"Un BIC comporte 8 ou 11 caractères ; vous en avez saisi {said}."
    if not BIC.fullmatch(number):
        return "Un BIC commence par six lettres, celles de la banque puis du pays, par exemple AGRIFRPP."
    from stdnum import bic

    if bic.is_valid(number):
        return None
    return f"Vérifiez le BIC : {quoted(number[4:6])}, aux places 5 et 6, n'est pas le code d'un pays."
