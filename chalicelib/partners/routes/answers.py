"""What applicants answer to the process: by a mailed link, from their space, or by sending corrections."""

from chalicelib.decisions import asking_again
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import AlreadyDecided, Decision, DecisionState, Visitor, question_id
from chalicelib.partners.model import Application


def pending_question(application: Application) -> Decision | None:
    """The pending question that the applicant has to answer, or None.

    It is found by its identifier: what was asked just now may be missing in an index.
    """
    asked = question_id(application.id, application.awaited_step, application.round)
    found = decision_repository().find(asked)
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
        decision_service().record(decision, Visitor(person.name, person.email, "link"), outcome, "")
    except AlreadyDecided as already:
        if already.decision.answer is None:
            raise


def mail_again(decision: Decision) -> bool:
    """Mail a fresh link to the applicant; False when the question is not pending."""
    if decision.state is not DecisionState.PENDING:
        return False
    asking_again.mail_again(decision, decision.addressees[0])
    return True
