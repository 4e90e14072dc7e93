"""A person's own file as data that another program can read (GDPR, art. 15 and 20)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
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
        "confirmed_at": _instant(application.confirmed_at),
        "decided_at": _instant(application.decided_at),
        "active_from": _day(application.active_from),
        "active_until": _day(application.active_until),
        "fee": {
            "total_cents": application.fee.cents,
            "steps": [{"label": label, "cents": cents} for label, cents in application.fee.steps],
        },
        "answers": dict(application.answers),
        "consents": [_consent(application.consent(each)) for each in Consent],
        "history": [_line(line) for line in history],
    }


def _consent(standing: Standing) -> Json:
    """How a consent stands now; what the form said is among the answers."""
    return {"name": standing.consent.value, "is_given": standing.is_given, "since": iso(standing.since)}


def _line(line: HistoryLine) -> Json:
    return {"at": iso(line.at), "who": line.who, "what": line.what, "reason": line.reason}


def _instant(at: datetime | None) -> str | None:
    return iso(at) if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
