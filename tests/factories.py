"""Small valid things to build tests on; each takes what the test is about, and invents the rest."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.office.building import build
from chalicelib.office.categories import CATEGORIES
from chalicelib.office.model import Office
from chalicelib.office.territories import with_communes

A_DAY = date(2027, 3, 3)
"""A working Wednesday on which everything in `office_document` holds."""

_SPECIAL = ("hotel", "furnished_rental", "ambassador")

_DOCUMENT: dict[str, Any] = {
    "slug": "val-exemple",
    "identity": {
        "name": "Office de tourisme du Val d'Exemple",
        "legal_name": "Association de l'office de tourisme du Val d'Exemple",
        "legal_form": "Association loi 1901",
        "siren": "123456782",
        "legal_mode": "adhesion",
        "address": "1 rue de la Gare, 01210 Ferney-Voltaire",
        "phone": "04 65 71 00 10",
        "email": "accueil@val.example.org",
        "website": "https://val.example.org",
        "opening_hours": ["Du lundi au vendredi : 9 h à 17 h"],
        "accent_color": "#8a5a12",
    },
    "mail": {"sender_name": "Office du Val d'Exemple", "reply_to": "accueil@val.example.org"},
    "territory": {
        "name": "Val d'Exemple",
        "communes": [
            {"insee": "01160", "name": "Ferney-Voltaire", "postcodes": ["01210"]},
            {"insee": "01281", "name": "Ornex", "postcodes": ["01210"]},
            {"insee": "01210", "name": "Lélex", "postcodes": ["01410"]},
        ],
        "outside": {"rule": "accept", "sentence": "Hors du territoire, la cotisation est majorée."},
    },
    "people": [
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
            "roles": ["accounting", "quality_officer"], "usual_deputy": "claire",
        },
    ],
    "deputies": [{"person": "yann", "deputy": "noa", "valid_from": "2027-08-02", "valid_to": "2027-08-13"}],
    "approvals": {"membership": "network_officer", "payment": "accounting"},
    "benefits": [{"title": "Être visible", "text": "Votre fiche sur notre site."}],
    "documents": [{"name": "Numéro SIRET", "hint": "Sur votre avis de situation."}],
    "packs": [
        {
            "id": "essentiel", "name": "Essentiel", "summary": "L'indispensable.", "includes": ["Une fiche"],
            "tariffs": [
                {
                    "categories": [category for category in CATEGORIES if category not in _SPECIAL],
                    "valid_from": "2020-01-01", "rule": "fixed", "amount_cents": 9000,
                },
                {
                    "categories": ["hotel"], "valid_from": "2020-01-01", "rule": "bands",
                    "bands": [{"up_to": 10, "amount_cents": 15000}, {"amount_cents": 25000}],
                },
                {
                    "categories": ["furnished_rental"], "valid_from": "2020-01-01", "rule": "first_and_next",
                    "first_cents": 7000, "next_cents": 3000,
                },
                {"categories": ["ambassador"], "valid_from": "2020-01-01", "rule": "free"},
            ],
        }
    ],
    "fees": {
        "vat_note": "La cotisation n'est pas soumise à la TVA.",
        "next_year_from": "10-01",
        "surcharges": [{"percent": 25, "valid_from": "2020-01-01"}],
        "part_year": [{"from_day": "07-01", "method": "percent", "percent": 50, "valid_from": "2020-01-01"}],
    },
    "delays": {
        "draft_notice_days": 30, "draft_purge_days": 37, "confirmation_days": 7,
        "decision_reminder_working_days": [3, 6], "decision_escalation_working_days": 8,
        "decision_expiry_working_days": 20, "correction_reminder_days": 10, "correction_days": 30,
        "payment_reminder_days": 15, "payment_days": 45, "closed_file_purge_days": 1095,
    },
    "privacy": {
        "controller": "Association de l'office", "dpo_name": "Le délégué", "dpo_email": "dpo@val.example.org",
        "purposes": [
            {"name": "Suivre l'adhésion", "legal_basis": "contract", "data": "Identité", "retention": "3 ans"}
        ],
    },
}  # fmt: skip


def office_document(**sections: Any) -> dict[str, Any]:
    """A valid office document of one's own; `sections` replace whole sections of it."""
    return {**deepcopy(_DOCUMENT), **sections}


def an_office(**overrides: Any) -> Office:
    """A small office of three communes and three people; `overrides` replace fields of Office."""
    return replace(build(with_communes(office_document()), version=1), **overrides)


def some_answers(**overrides: object) -> dict[str, object]:
    """Valid answers of a small hotel of the test office."""
    answers: dict[str, object] = {
        "first_name": "Maëlle", "last_name": "Le Goff", "role": "Gérante", "email": "maelle@hotel.example.fr",
        "phone": "+33465710000", "legal_nature": "company", "siret": "73282932000074", "legal_name": "SARL du Pont",
        "business_name": "Hôtel du Pont", "category": "hotel", "capacity_units": 12, "capacity_persons": 30,
        "star_rating": 2, "classified_until": "2029-05-31", "labels": [], "address": "1 place du Marché",
        "postcode": "01210", "commune": "01160", "pack": "essentiel", "consent_terms": True,
        "consent_publication": True, "consent_newsletter": False,
    }  # fmt: skip
    return {**answers, **overrides}
