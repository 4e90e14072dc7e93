"""What somebody is told whose attendance was corrected: the mark, the reason, and what becomes of the certificate."""

from dataclasses import replace
from enum import StrEnum

from chalicelib.kernel.french import french_long_date
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.attendance import STATE_WORDS, State, attended
from chalicelib.trainings.emails import to_person
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.model import Change, Session
from chalicelib.trainings.when import hours_of


class Fate(StrEnum):
    """What becomes of the certificate of somebody whose attendance was corrected."""

    KEPT = "kept"
    COMING = "coming"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


def correction_mails(
    session: Session, changed: Change, office: Office, half_day: HalfDay, state: State
) -> list[Message]:
    """One mail for each correction."""
    at, reason = changed.line.at, changed.line.reason
    mail = to_person("trainings/attendance_corrected", session, changed.after, office, at, reason=reason)
    told = {
        "half_day": f"{french_long_date(half_day.on)}, {hours_of(half_day)}",
        "state": STATE_WORDS[state],
        "fate": fate_of(session, changed).value,
    }
    return [replace(mail, context={**mail.context, **told})]


def fate_of(session: Session, changed: Change) -> Fate:
    """Whether a certificate is withdrawn, and whether the round prints one from now on."""
    before, after = changed.before, changed.after
    is_withdrawn = before is not None and before.certificate is not None and after.certificate is None
    has_hours = bool(attended(after, session.plan))
    if is_withdrawn:
        return Fate.REPLACED if has_hours else Fate.CANCELLED
    return Fate.COMING if has_hours and after.certificate is None else Fate.KEPT
