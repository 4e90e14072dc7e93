"""What applicants answer to the process: by a mailed link, from their space, or by sending corrections."""

from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.messages import request_mail
from chalicelib.decisions.model import AlreadyDecided, Decision, DecisionState, Visitor, question_id
from chalicelib.kernel.clock import iso_minute, utc_now
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.partners.model import Application
from chalicelib.partners.reconciling import STEP_OF


def pending_question(application: Application) -> Decision | None:
    """The pending question that the applicant has to answer, or None.

    It is found by its identifier: what was asked just now may be missing in an index.
    """
    step = STEP_OF.get(application.status, "")
    found = decision_repository().find(question_id(application.id, step, application.round))
    if found is None or found.question.role or found.state is not DecisionState.PENDING:
        return None
    return found


def corrections_of(application: Application) -> Decision:
    """The request for corrections of this round, answered or not. Raises `DecisionUnknown`."""
    return decision_service().get(question_id(application.id, "corrections", application.round))


def answer(decision: Decision, outcome: str) -> None:
    """Answer as the applicant; a repetition is a success. Raises `AlreadyDecided` when it was closed."""
    person = decision.addressees[0]
    try:
        decision_service().answer(decision.id, Visitor(person.name, person.email, "link"), outcome, "")
    except AlreadyDecided as already:
        if already.decision.answer is None:
            raise


def mail_again(decision: Decision) -> bool:
    """Mail a fresh link to the applicant, once a minute at most; False when the question is not pending."""
    if decision.state is not DecisionState.PENDING:
        return False
    now = utc_now()
    mail_desk().enqueue(request_mail(decision, decision.addressees[0], now, f"again-{iso_minute(now)}"))
    return True
