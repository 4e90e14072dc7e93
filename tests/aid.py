"""An office that helps with classification, a partner who asks for it, and what they answer."""

from datetime import date
from typing import Any

from chalicelib.office.building import build
from chalicelib.office.model import Office
from chalicelib.office.territories import with_communes
from chalicelib.subsidies.applicants import Partner
from tests.factories import office_document

PIVOT = date(2027, 3, 3)
CLASSIFIABLE = [
    "hotel", "campsite", "leisure_park", "tourist_residence", "holiday_village", "hostel", "furnished_rental",
]  # fmt: skip
PEOPLE: list[dict[str, Any]] = [
    {
        "id": "claire", "first_name": "Claire", "last_name": "Martin", "roles": ["director"],
        "email": "claire.martin@val.example.org", "usual_deputy": "yann",
    },
    {
        "id": "yann", "first_name": "Yann", "last_name": "Le Goff", "roles": ["network_officer"],
        "email": "yann.legoff@val.example.org", "usual_deputy": "noa",
    },
    {
        "id": "noa", "first_name": "Noa", "last_name": "Petit", "email": "noa.petit@val.example.org",
        "roles": ["quality_officer"], "usual_deputy": "yann",
    },
    {
        "id": "ali", "first_name": "Ali", "last_name": "Bensaïd", "email": "ali.bensaid@val.example.org",
        "roles": ["accounting"], "usual_deputy": "claire",
    },
    {
        "id": "odile", "first_name": "Odile", "last_name": "Ferrand", "email": "odile.ferrand@val.example.org",
        "roles": ["president"],
    },
    {
        "id": "ines", "first_name": "Inès", "last_name": "Roux", "email": "ines.roux@val.example.org",
        "roles": ["inspector"],
    },
    {
        "id": "jules", "first_name": "Jules", "last_name": "Favre", "email": "jules.favre@val.example.org",
        "roles": ["elected"],
    },
]  # fmt: skip
APPROVALS = {
    "membership": "network_officer", "payment": "accounting", "subsidy_check": "quality_officer",
    "subsidy_award": "director", "subsidy_second_approval": "president", "subsidy_proofs": "quality_officer",
    "subsidy_payment": "accounting",
}  # fmt: skip


def subsidies_section(**changes: Any) -> dict[str, Any]:
    """The whole cost of the visit, 500 € in 2027 and 2028, a second approval from 300 €."""
    section: dict[str, Any] = {
        "siret": "73282932000074", "second_approval_from_cents": 30_000, "appeal": "Écrivez à l'office.",
        "lapse_reminder_days": [60, 15], "renewal_reminder_days": [365, 180, 90, 30],
        "payer": {"name": "Office du Val", "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP"},
        "envelopes": [{"year": 2027, "amount_cents": 50_000}, {"year": 2028, "amount_cents": 50_000}],
        "de_minimis": [
            {"regulation": "Règlement (UE) 2023/2831", "ceiling_cents": 30_000_000, "years": 3, "valid_from": "2024-01-01"}
        ],
        "validities": [{"years": 5, "valid_from": "2010-01-01"}],
        "documents": [
            {"kind": "quote", "phase": "application", "name": "Devis", "hint": "Celui de l'organisme."},
            {
                "kind": "public-aid", "phase": "application", "name": "Autres aides", "hint": "S'il y en a.",
                "required": False,
            },
            {"kind": "invoice", "phase": "payment", "name": "Facture", "hint": "Acquittée."},
            {
                "kind": "bank-details", "phase": "payment", "name": "RIB", "hint": "À votre nom.", "required": False,
                "readers": ["accounting"],
            },
        ],
        "schemes": [
            {
                "id": "plan", "name": "Plan qualité", "summary": "La visite est payée.", "valid_from": "2026-01-01",
                "categories": list(CLASSIFIABLE), "rate_percent": 100, "base": "by_vat_status", "public_aid_cap_percent": 100,
                "completion_months": 12, "extension_months": 6, "renewal_window_months": 12, "engagement_years": 3,
                "if_not_classified": "half",
            }
        ],
    }  # fmt: skip
    return {**section, **changes}


def office_file(**changes: Any) -> dict[str, Any]:
    """The file of the test office with that aid; `changes` replace parts of its `subsidies` section."""
    document = office_document(people=PEOPLE, approvals=APPROVALS, subsidies=subsidies_section(**changes))
    return with_communes(document)


def an_aiding_office(**changes: Any) -> Office:
    """That office."""
    return build(office_file(**changes), version=1)


def aid_answers(**changes: Any) -> dict[str, Any]:
    """Valid answers of a furnished rental whose visit costs 200 € without VAT, 240 € with it."""
    answers: dict[str, Any] = {
        "establishment_name": "Gîte des Noyers", "category": "furnished_rental", "address": "2 chemin des Noyers",
        "postcode": "01210", "commune": "01160", "registration_number": "0116000000101", "unit_count": 1,
        "capacity_units": 1, "capacity_persons": 6, "star_rating": 0, "first_name": "Maëlle", "last_name": "Le Goff",
        "phone": "+33465710000", "legal_nature": "individual", "has_linked_companies": "no", "evaluator": "other",
        "evaluator_name": "Contrôle Étoiles", "quote_number": "D-1", "quote_date": "2027-02-15",
        "excl_vat_cents": 20_000, "incl_vat_cents": 24_000, "recovers_vat": "no", "visit_ordered": "no",
        "has_public_aid": "no", "has_de_minimis": "no", "agrees_engagement": True, "agrees_truth": True,
    }  # fmt: skip
    return {**answers, **changes}


def a_partner(key: str = "p1", **changes: Any) -> Partner:
    """An active partner with a furnished rental."""
    known: dict[str, Any] = {
        "id": key, "email": "maelle@gite.example.fr", "contact_name": "Maëlle Le Goff", "business_name": "Gîte des Noyers",
        "category": "furnished_rental", "active_until": date(2030, 12, 31), "answers": {"category": "furnished_rental"},
    }  # fmt: skip
    return Partner(**{**known, **changes})


def proof_answers(**changes: Any) -> dict[str, Any]:
    """Valid answers after a visit that classified the rental, for the price of the quote."""
    answers: dict[str, Any] = {
        "outcome": "classified", "ordered_on": "2027-03-04", "visited_on": "2027-06-01", "decision_number": "C-38-1",
        "decided_on": "2027-06-20", "level": 3, "decided_capacity": 6, "invoice_number": "F-1", "invoiced_on": "2027-06-02",
        "paid_on": "2027-06-10", "invoice_excl_vat_cents": 20_000, "invoice_incl_vat_cents": 24_000,
        "account_holder": "Maëlle Le Goff", "iban": "FR7630006000011234567890189",
    }  # fmt: skip
    return {**answers, **changes}
