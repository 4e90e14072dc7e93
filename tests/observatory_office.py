"""An office that publishes season reports: two years of seasons, the secrecy of public statistics, two cantons."""

from typing import Any

from chalicelib.office.building import build
from chalicelib.office.model import Office
from chalicelib.office.territories import with_communes
from tests.factories import office_document

_SEASONS = (
    ("ete-2025", "summer", "Été 2025", "2025-07-01", "2025-08-31"),
    ("automne-2025", "shoulder", "Automne 2025", "2025-09-01", "2025-10-31"),
    ("basse-saison-2025", "low", "Basse saison 2025", "2025-11-01", "2025-12-12"),
    ("hiver-2025-2026", "winter", "Hiver 2025-2026", "2025-12-13", "2026-05-03"),
    ("printemps-2026", "shoulder", "Printemps 2026", "2026-05-04", "2026-06-30"),
    ("ete-2026", "summer", "Été 2026", "2026-07-01", "2026-08-31"),
    ("automne-2026", "shoulder", "Automne 2026", "2026-09-01", "2026-10-31"),
    ("basse-saison-2026", "low", "Basse saison 2026", "2026-11-01", "2026-12-11"),
    ("hiver-2026-2027", "winter", "Hiver 2026-2027", "2026-12-12", "2027-05-02"),
    ("printemps-2027", "shoulder", "Printemps 2027", "2027-05-03", "2027-06-30"),
    ("ete-2027", "summer", "Été 2027", "2027-07-01", "2027-08-31"),
)


def a_season(id_: str, kind: str, label: str, first: str, last: str) -> dict[str, str]:
    """A season as an office file writes it."""
    return {"id": id_, "kind": kind, "label": label, "valid_from": first, "valid_to": last}


def observatory_section(**changes: Any) -> dict[str, Any]:
    """Seasons from summer to summer, at least three establishments and none above 85 %, Geneva and Vaud."""
    section: dict[str, Any] = {
        "seasons": [a_season(*each) for each in _SEASONS],
        "secrecy": [{"minimum_units": 3, "dominance_percent": 85, "valid_from": "2025-01-01"}],
        "holiday_areas": [
            {"id": "geneve", "label": "Canton de Genève"},
            {"id": "vaud", "label": "Canton de Vaud"},
        ],
        "elected": [{"name": "Nour Blanc", "email": "nour.blanc@mairie.example.org"}],
        "press": [{"name": "La Gazette", "email": "redaction@gazette.example.org"}],
    }
    return {**section, **changes}


def observatory_file(**changes: Any) -> dict[str, Any]:
    """The file of the test office with season reports; `changes` replace parts of its `observatory` section."""
    return with_communes(office_document(observatory=observatory_section(**changes)))


def an_observatory_office(**changes: Any) -> Office:
    """That office."""
    return build(observatory_file(**changes), version=1)
