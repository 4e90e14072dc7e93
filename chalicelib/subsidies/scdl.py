"""Paid aids in the national format of open data about subsidies: SCDL « subventions » 2.1.1.

https://schema.data.gouv.fr/scdl/subventions/2.1.1/documentation.html; decree no. 2017-779 of 5 May 2017. Of private
persons only what the money was for is told: docs/decisions/0029.
"""

from collections.abc import Iterable

from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.model import Office
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.own_names import is_own_name
from chalicelib.web.spreadsheet import Cell, euros, open_data_text

HEADER = (
    "nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire",
    "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE",
    "notificationUE", "pourcentageSubvention", "dispositifAide",
)  # fmt: skip
PRIVATE_PERSON = "Personne physique"
INDIVIDUAL = "individual"
IN_MONEY, AT_ONCE, NOT_NOTIFIED, THE_WHOLE = "aide en numéraire", "unique", "non", "1.00"
"""Small aid is not notified to the Commission; who is helped is helped alone, by one transfer."""


def scdl(files: Iterable[Subsidy], office: Office) -> str:
    """A line for each aid that was paid, the oldest first."""
    paid = [file for file in files if file.paid_on and file.granted_on and file.payable_cents]
    paid.sort(key=lambda file: (file.granted_on, file.reference))
    return open_data_text(HEADER, [_row(file, office) for file in paid])


def _row(file: Subsidy, office: Office) -> list[Cell]:
    name, siret = _beneficiary(file)
    return [
        office.legal_name, office.aid.siret, str(file.granted_on), file.reference, name, siret, "",
        f"Aide au classement ({CATEGORY_LABELS[file.request.category]})", euros(file.payable_cents), IN_MONEY, AT_ONCE,
        str(file.paid_on), "", NOT_NOTIFIED, THE_WHOLE, file.scheme_id,
    ]  # fmt: skip


def _beneficiary(file: Subsidy) -> tuple[str, str]:
    """The name and the SIRET of a company or an association; a person's own name is nobody's business."""
    answers, siret = file.answers, file.request.siret
    name = str(answers.get("legal_name") or "")
    person = f"{answers['first_name']} {answers['last_name']}"
    if answers["legal_nature"] == INDIVIDUAL or is_own_name(name, person):
        return PRIVATE_PERSON, ""
    return name, siret
