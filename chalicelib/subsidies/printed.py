"""What the receipt and the letter of the award say: texts ready to be read, in the shape of their templates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chalicelib.documents.letterhead import office_on_paper
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.days import add_months
from chalicelib.kernel.french import (
    french_date,
    french_long_date,
    french_money,
    french_quoted,
    french_size,
    french_time,
)
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.model import Office
from chalicelib.office.people import ROLE_LABELS
from chalicelib.office.periods import in_force
from chalicelib.office.schemes import Scheme
from chalicelib.subsidies.amounts import Step
from chalicelib.subsidies.dossier import Sections
from chalicelib.subsidies.model import RECEIPT, JoinedDocument, Subsidy
from chalicelib.web.form_text import NOT_ANSWERED

Data = dict[str, Any]
COMPLETE_RECEIPT = french_quoted("accusé de réception de dossier complet")
WAIT = (
    f"Ne commandez aucune visite et ne payez aucune facture avant d’avoir reçu l’{COMPLETE_RECEIPT}\u00a0: "
    "une dépense engagée avant cette date ne peut pas être aidée."
)
NEXT_STEPS = (
    "L’office vérifie que votre dossier est complet.",
    "S’il manque une pièce, vous recevez un mail qui dit laquelle, avec un lien pour l’ajouter.",
    f"Quand tout y est, vous recevez l’{COMPLETE_RECEIPT}, puis la décision.",
)
HOW_TO_GO_ON = (
    "Commandez la visite de classement dès maintenant.",
    "Après la visite, déposez dans votre espace la décision de classement, la facture acquittée et votre relevé "
    "d’identité bancaire\u00a0: l’aide vous est alors versée.",
)


@dataclass(frozen=True)
class Papers:
    """Writes what is printed; `describe` turns answers into readable sections, `office_of` gives a file's rules."""

    describe: Callable[[Mapping[str, Any], Office], Sections]
    office: Callable[[], Office]
    office_of: Callable[[Subsidy], Office]
    space_url: str

    def data_of(self, kind: str, subsidy: Subsidy, now: datetime) -> Data:
        """What a document of that kind says of the file at that instant."""
        return self.receipt(subsidy) if kind == RECEIPT else self.award(subsidy, paris_day(now))

    def receipt(self, subsidy: Subsidy) -> Data:
        """What the receipt of an application says."""
        rules = self.office_of(subsidy)
        described = self.describe(subsidy.answers, rules)
        return {
            "office": office_on_paper(self.office()),
            "partner": subsidy.beneficiary.contact_name,
            "reference": subsidy.reference,
            "received_at": f"{french_long_date(subsidy.sent_at)} à {french_time(subsidy.sent_at)}",
            "establishment": _establishment(subsidy, rules),
            "answers": _answered(described),
            "documents": [_document(document) for document in subsidy.documents],
            "next_steps": list(NEXT_STEPS),
            "notice": [WAIT],
        }

    def award(self, subsidy: Subsidy, on: date) -> Data:
        """What the letter of the award says, sent on that day."""
        office, rules = self.office(), self.office_of(subsidy)
        scheme = _scheme(subsidy, rules)
        return {
            "office": office_on_paper(office),
            "addressee": _addressee(subsidy, rules),
            "object": "Attribution de l’aide au classement",
            "reference": subsidy.reference,
            "decided_on": french_date(subsidy.granted_on or on),
            "decided_by": _signer(subsidy, office),
            "establishment": _establishment(subsidy, rules),
            "amount": french_money(subsidy.cents),
            "computation": {
                "steps": [_step(step) for step in (subsidy.amount.steps if subsidy.amount else ())],
                "total": {"label": "Aide attribuée", "value": french_money(subsidy.cents)},
            },
            "scheme": {"name": scheme.name, "source": scheme.source_url},
            "conditions": _conditions(subsidy, scheme, rules, on),
            "next_steps": list(HOW_TO_GO_ON),
            "space_url": self.space_url,
            "appeal": [rules.subsidies.appeal] if rules.subsidies else [],
        }


def _scheme(subsidy: Subsidy, rules: Office) -> Scheme:
    return rules.aid.scheme(subsidy.scheme_id)


def _establishment(subsidy: Subsidy, office: Office) -> Data:
    commune = office.commune(subsidy.request.commune)
    return {
        "name": str(subsidy.answers["establishment_name"]),
        "type": CATEGORY_LABELS[subsidy.request.category],
        "commune": commune.name if commune else "",
    }


def _answered(described: Sections) -> list[Data]:
    """The pages on which something was answered, with what was."""
    pages = [{"title": title, "rows": _rows(rows)} for title, rows in described]
    return [page for page in pages if page["rows"]]


def _rows(described: list[tuple[str, str]]) -> list[Data]:
    return [{"label": label, "value": value} for label, value in described if value != NOT_ANSWERED]


def _document(document: JoinedDocument) -> Data:
    return {
        "title": document.title,
        "name": document.name,
        "size": french_size(document.size),
        "sha256": document.sha256,
    }


def _addressee(subsidy: Subsidy, office: Office) -> list[str]:
    answers, commune = subsidy.answers, office.commune(subsidy.request.commune)
    town = f"{answers['postcode']} {commune.name if commune else ''}".strip()
    company = str(answers.get("legal_name", ""))
    person = f"{answers['first_name']} {answers['last_name']}"
    return [line for line in (company, person, str(answers["address"]), town) if line]


def _signer(subsidy: Subsidy, office: Office) -> Data:
    """Who decided, with the role that the office file gives them today."""
    person = next((one for one in office.people if one.name == subsidy.decided_by), None)
    role = ROLE_LABELS[person.roles[0]] if person and person.roles else ""
    return {"name": subsidy.decided_by, "role": role, "on_behalf_of": subsidy.decided_for}


def _step(step: Step) -> Data:
    return {"label": step.label, "value": french_money(step.cents), "note": step.note}


def _conditions(subsidy: Subsidy, scheme: Scheme, rules: Office, on: date) -> list[Data]:
    end = french_date(add_months(on, scheme.completion_months))
    found = [
        (
            "Délai",
            f"faites classer l’hébergement au plus tard le {end}\u00a0; passé ce jour, l’aide est perdue.",
        ),
        ("Dépense", _not_before(subsidy)),
        ("Engagement", _engagement(scheme)),
        ("De minimis", _de_minimis(subsidy, rules)),
    ]
    return [{"title": title, "text": text} for title, text in found if text]


def _not_before(subsidy: Subsidy) -> str:
    pivot = french_date(subsidy.complete_on) if subsidy.complete_on else ""
    return (
        f"la visite est commandée et facturée à partir du {pivot}, date de votre dossier complet."
        if pivot
        else ""
    )


def _engagement(scheme: Scheme) -> str:
    years = scheme.engagement_years
    if not years:
        return ""
    plural = "s" if years > 1 else ""
    return (
        f"restez partenaire de l’office pendant {years}\u00a0an{plural}\u00a0; en cas de départ avant ce terme, "
        "la part qui reste à courir se rembourse."
    )


def _de_minimis(subsidy: Subsidy, rules: Office) -> str:
    dated = rules.subsidies.de_minimis if rules.subsidies else ()
    rule = in_force(dated, subsidy.granted_on) if subsidy.granted_on else None
    if rule is None:
        return ""
    return (
        f"cette aide de {french_money(subsidy.cents)} relève du {rule.regulation}\u00a0; déclarez-la à qui vous "
        f"accorde une autre aide de minimis pendant {rule.years}\u00a0ans."
    )
