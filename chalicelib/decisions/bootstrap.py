"""The real decisions: DynamoDB, Step Functions, the calendar and the people of the office."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.adapters.step_functions import StepFunctionsResumer
from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.mail.bootstrap import outbox
from chalicelib.office.bootstrap import office_repository

if TYPE_CHECKING:
    from chalicelib.decisions.model import Addressee, Decision
    from chalicelib.decisions.repository import DecisionRepository
    from chalicelib.decisions.service import DecisionService
    from chalicelib.decisions.sweeping import DecisionSweeper


@lru_cache(maxsize=1)
def decision_repository() -> DecisionRepository:
    """The decisions of the deployment."""
    from chalicelib.decisions.repository import DecisionRepository

    return DecisionRepository(outbox())


@lru_cache(maxsize=1)
def decision_service() -> DecisionService:
    """Questions to people."""
    from chalicelib.decisions.service import DecisionService
    from chalicelib.decisions.timetable import Calendar
    from chalicelib.office.calendar import add_working_days

    return DecisionService(decision_repository(), StepFunctionsResumer(), Calendar(add_working_days), utc_now)


def deputy_for(decision: Decision) -> Addressee | None:
    """Whom the office file names when the addressee of a question does not answer."""
    from chalicelib.decisions.model import Addressee

    question = decision.question
    if not question.role:
        return None
    asked = frozenset(one.email for one in decision.addressees)
    office = office_repository().current()
    found = office.deputy(question.role, paris_day(utc_now()), question.excluded, asked)
    return Addressee(found.name, found.email, found.on_behalf_of or "") if found else None


@lru_cache(maxsize=1)
def decision_sweeper() -> DecisionSweeper:
    """The rounds of pending questions."""
    from chalicelib.decisions.sweeping import DecisionSweeper

    return DecisionSweeper(decision_service(), deputy_for)
