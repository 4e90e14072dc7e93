"""Several registration numbers in one answer, as the owner of several furnished rentals types them."""

import re

from chalicelib.kernel.french import continued
from chalicelib.web.public_formats import explain_registration, registration_status, tidy_code
from chalicelib.web.text_formats import Sentence, quoted

BETWEEN = re.compile(r"[,;]")
FAULTS_TOLD = 3


def registration_numbers(text: str) -> tuple[str, ...]:
    """The numbers in `text`, each once and in its stored spelling; what is none of them is among them too."""
    return tuple(dict.fromkeys(number for part in BETWEEN.split(text) for number in _numbers(part)))


def tidy_registrations(text: str) -> str:
    """`7505612345601, 2A004000012Z9`."""
    return ", ".join(registration_numbers(text))


def explain_registrations(text: str) -> Sentence:
    """Each number that does not read is named with what is wrong with it, the first few of them."""
    numbers = registration_numbers(text)
    if not numbers:
        return "Indiquez au moins un numéro d'enregistrement."
    if len(numbers) == 1:
        return explain_registration(numbers[0])
    wrong = [(number, said) for number in numbers if (said := explain_registration(number))]
    return " ".join(f"{quoted(number)} : {continued(said)}" for number, said in wrong[:FAULTS_TOLD]) or None


def show_registrations(text: str) -> str:
    """The numbers, with a word at those that only the national register can confirm."""
    return ", ".join(
        f"{number} (à vérifier)" if registration_status(number) == "to_verify" else number
        for number in registration_numbers(text)
    )


def _numbers(part: str) -> list[str]:
    """A space stands between two numbers when each of them reads, or when they do not read as one."""
    words = [tidied for word in part.split() if (tidied := tidy_code(word))]
    whole = "".join(words)
    if all(registration_status(word) for word in words) or not registration_status(whole):
        return words
    return [whole]
