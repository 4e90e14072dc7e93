"""A person's own file as data that another program can read (GDPR, art. 15 and 20)."""

from collections.abc import Sequence
from typing import Any

from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.portable import portable_day, portable_instant, portable_line
from chalicelib.partners.consents import Consent, Standing
from chalicelib.partners.model import Application
from chalicelib.partners.wording import STATUS_WORDS, public_status

Json = dict[str, Any]


def portable(application: Application, history: Sequence[HistoryLine]) -> Json:
    """The file as plain JSON: the API's names, instants in UTC, amounts in cents; nothing that its page hides."""
    return {
        "reference": application.reference,
        "status": public_status(application.status),
        "status_label": STATUS_WORDS[application.status].label,
        "status_since": iso(application.status_since),
        "created_at": iso(application.created_at),
        "confirmed_at": portable_instant(application.confirmed_at),
        "decided_at": portable_instant(application.decided_at),
        "active_from": portable_day(application.active_from),
        "active_until": portable_day(application.active_until),
        "fee": {
            "total_cents": application.fee.cents,
            "steps": [{"label": label, "cents": cents} for label, cents in application.fee.steps],
        },
        "answers": dict(application.answers),
        "consents": [_consent(application.consent(each)) for each in Consent],
        "history": [portable_line(line) for line in history],
    }


def _consent(standing: Standing) -> Json:
    """How a consent stands now; what the form said is among the answers."""
    return {"name": standing.consent.value, "is_given": standing.is_given, "since": iso(standing.since)}
