"""Sessions, for real: DynamoDB, the session machine, the office file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.adapters.step_functions import StepFunctionsProcess
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.model import SESSION_PROCESS

if TYPE_CHECKING:
    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.trainings.convoking import Convoking
    from chalicelib.trainings.model import Session
    from chalicelib.trainings.news import News
    from chalicelib.trainings.planning import PlanningService
    from chalicelib.trainings.questions import Sections
    from chalicelib.trainings.watching import Watch


@lru_cache(maxsize=1)
def planning_service() -> PlanningService:
    """What happens to sessions."""
    from chalicelib.trainings.planning import PlanningService
    from chalicelib.trainings.session_form import session_errors

    return PlanningService(
        sessions=stores.sessions(),
        seats=stores.registrations().seats,
        serve=registering.registration_service().serve,
        errors=session_errors,
        process=StepFunctionsProcess(SESSION_PROCESS),
        office=stores.office,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def news() -> News:
    """What tells those who registered."""
    from chalicelib.trainings.news import News

    return News(
        sessions=planning_service(),
        registrations=stores.registrations(),
        desk=registering.registration_service(),
        office=stores.office,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def watch() -> Watch:
    """The round of sessions that are near."""
    from chalicelib.trainings.watching import Watch

    return Watch(
        sessions=stores.sessions(),
        registrations=stores.registrations(),
        desk=planning_service(),
        news=news(),
        serve=registering.registration_service().serve,
        convoke=lambda session, people: convoking().convoke(session, people),
        enqueue=mail_desk().enqueue,
        office=stores.office,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def convoking() -> Convoking:
    """What prints convocations: made where one is due, because only that round has the layer which prints."""
    from chalicelib.documents.bootstrap import printer
    from chalicelib.trainings.convoking import Convoking
    from chalicelib.uploads.bootstrap import files

    return Convoking(files(), printer(), mail_desk().enqueue, stores.office, stores.now)


@lru_cache(maxsize=1)
def reconciler() -> Reconciler[Session]:
    """What repairs sessions."""
    from chalicelib.decisions.reconciling import Reconciler

    return Reconciler(
        records=stores.sessions(),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(SESSION_PROCESS),
        clock=stores.now,
    )


def describe(session: Session) -> Sections:
    """The answers of a session for reading, with the names of people, themes and communes."""
    from chalicelib.trainings.session_form import described

    return described(session.answers, stores.office())
