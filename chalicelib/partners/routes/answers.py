"""What applicants answer to the process: by a mailed link, from their space, or by sending corrections."""

from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.messages import request_mail
from chalicelib.decisions.model import AlreadyDecided, Decision, DecisionState, Visitor
from chalicelib.kernel.clock import iso, utc_now
from chalicelib.mail.bootstrap import mail_desk

MINUTE = 16
"""How much of an instant's text names its minute: one more mail a minute at most."""


def pending_question(application_id: str) -> Decision | None:
    """The pending question that the applicant has to answer, or None."""
    found = decision_repository().list_by_record(application_id)
    pending = [one for one in found if one.state is DecisionState.PENDING and not one.question.role]
    return pending[-1] if pending else None


def answer(decision: Decision, outcome: str) -> None:
    """Answer as the applicant; a repetition is a success. Raises `AlreadyDecided` when it was closed."""
    person = decision.addressees[0]
    try:
        decision_service().answer(decision.id, Visitor(person.name, person.email, "link"), outcome, "")
    except AlreadyDecided as already:
        if already.decision.answer is None:
            raise


def mail_again(decision: Decision) -> None:
    """Mail a fresh link to the applicant, while the question is pending."""
    if decision.state is DecisionState.PENDING:
        now = utc_now()
        fresh = request_mail(decision, decision.addressees[0], now, f"again-{iso(now)[:MINUTE]}")
        mail_desk().enqueue(fresh)
