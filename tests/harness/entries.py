"""An entry for calendars, as a feature would make it."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.kernel.calendar import CalendarEntry
from tests.fakes.clock import NOON


def an_entry(**facts: Any) -> CalendarEntry:
    """A workshop on a Tuesday of May, from 9 to 12 in Paris."""
    entry: dict[str, Any] = {
        "uid": "seance-s1-1@bureau.example.org",
        "sequence": 0,
        "starts_at": datetime(2027, 5, 11, 7, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 5, 11, 10, 0, tzinfo=UTC),
        "summary": "Atelier\u00a0: répondre aux avis, sans peur",
        "description": "Bonjour,\nvenez avec votre téléphone\u00a0; nous avons le reste.",
        "location": "Salle des Fêtes, 12 place d’Armes, 38160 Saint-Marcellin",
        "url": "https://bureau.example.org/formations/s1?vue=1,2;3",
        "organizer_name": "Office de tourisme du Val, formations",
        "organizer_email": "accueil@val.example.org",
        "attendee_name": "Camille Durand",
        "attendee_email": "camille.durand@example.org",
        "changed_at": NOON,
    }
    return CalendarEntry(**{**entry, **facts})
