"""The rules that need the office: its territory, its packs; as errors for the form, as verdicts for staff."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.verdicts import Verdict
from chalicelib.office import communes
from chalicelib.office.model import Office

INSEE_LENGTH = 5


def territory_errors(answers: Mapping[str, Any], office: Office) -> list[FieldError]:
    """Whether the commune goes with the postcode, and the office takes it."""
    postcode, insee = str(answers.get("postcode", "")), str(answers.get("commune", ""))
    if not postcode:
        return []
    if _is_outside(postcode, office) and office.outside_territory == "refuse":
        return [FieldError("postcode", office.outside_territory_sentence)]
    commune = office.commune(insee) or communes.with_code(insee)
    if insee and commune and postcode not in commune.postcodes:
        sentence = (
            f"{commune.name} n’a pas le code postal {postcode} : choisissez la commune de votre adresse."
        )
        return [FieldError("commune", sentence)]
    return []


def _is_outside(postcode: str, office: Office) -> bool:
    """Whether no commune of the territory has this postcode."""
    return len(postcode) == INSEE_LENGTH and not office.communes_with_postcode(postcode)


def verdicts(answers: Mapping[str, Any], office: Office) -> list[Verdict]:
    """What the office should know before it decides."""
    return [_territory(answers, office), *_registration(answers), *_identity(answers)]


def _territory(answers: Mapping[str, Any], office: Office) -> Verdict:
    commune = office.commune(str(answers["commune"]))
    if commune:
        return Verdict("Commune du territoire", "ok", commune.name)
    elsewhere = communes.with_code(str(answers["commune"]))
    return Verdict("Commune hors du territoire", "warning", elsewhere.name if elsewhere else "")


def _registration(answers: Mapping[str, Any]) -> list[Verdict]:
    if answers.get("category") != "furnished_rental":
        return []
    number = str(answers.get("registration_number", ""))
    if not number:
        return [Verdict("Numéro d’enregistrement", "warning", "Non indiqué\u00a0: à demander au loueur.")]
    if number.startswith("FRA"):
        return [Verdict("Numéro d’enregistrement national", "warning", "À vérifier auprès du téléservice.")]
    if number[:INSEE_LENGTH] != answers["commune"]:
        detail = (
            "Il ne commence pas par le code de la commune\u00a0: commune fusionnée, ou numéro à vérifier."
        )
        return [Verdict("Numéro d’enregistrement", "warning", detail)]
    return [Verdict("Numéro d’enregistrement", "ok", "Il correspond à la commune.")]


def _identity(answers: Mapping[str, Any]) -> list[Verdict]:
    if answers.get("siret"):
        return [Verdict("SIRET", "ok", "Le numéro est bien formé.")]
    return [Verdict("SIRET", "warning", "Particulier sans SIRET.")]
