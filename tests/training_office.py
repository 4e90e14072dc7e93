"""An office that holds trainings and network events: a training organisation with the Qualiopi certificate."""

from typing import Any

from chalicelib.office.building import build
from chalicelib.office.model import Office
from chalicelib.office.territories import with_communes
from tests.factories import office_document


def trainings_section(**changes: Any) -> dict[str, Any]:
    """Free to cancel until eleven days before, then the whole price is due; the AGEFICE helps from seven hours on."""
    section: dict[str, Any] = {
        "activity_number": "84010000001", "siret": "12345678200010", "is_qualiopi": True, "accessibility_contact": "noa",
        "terms_url": "https://val.example.org/cgv", "regulations_url": "https://val.example.org/reglement",
        "complaints_email": "reclamations@val.example.org",
        "themes": [{"id": "numerique", "label": "Numérique"}, {"id": "accueil", "label": "Accueil"}],
        "cancellations": [{"due_within_days": 10, "due_percent": 100, "valid_from": "2026-01-01"}],
        "funds": [{"name": "AGEFICE", "minimum_hours": 7, "valid_from": "2024-01-01"}],
        "signers": [{"person": "claire", "title": "directrice", "valid_from": "2026-01-01"}],
        "proofs_kept": [{"years": 3, "valid_from": "2020-06-01"}],
        "no_shows": {"count": 2, "months": 12},
    }  # fmt: skip
    return {**section, **changes}


def training_file(**changes: Any) -> dict[str, Any]:
    """The file of the test office with trainings; `changes` replace parts of its `trainings` section."""
    return with_communes(office_document(trainings=trainings_section(**changes)))


def a_training_office(**changes: Any) -> Office:
    """That office."""
    return build(training_file(**changes), version=1)
