"""The questionnaires: one in the evening of the session, one some months later; the answers have nobody's name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from chalicelib.kernel.clock import PARIS, Clock
from chalicelib.kernel.days import add_months
from chalicelib.kernel.errors import AlreadySettled, Expired
from chalicelib.kernel.french import french_long_moment
from chalicelib.kernel.rounds import one_by_one
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.office.trainings import TrainingRules
from chalicelib.trainings.attendance import State
from chalicelib.trainings.emails import to_person
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.paths import FEEDBACK_PAGE
from chalicelib.trainings.plan import Plan
from chalicelib.trainings.statuses import OPEN, SessionStatus, Status


class Survey(StrEnum):
    """Which questionnaire: at once, or some months later."""

    AT_ONCE = "at_once"
    LATER = "later"


MAIL_OF: Mapping[Survey, str] = {
    Survey.AT_ONCE: "trainings/survey_at_once",
    Survey.LATER: "trainings/survey_later",
}


class AlreadyAnswered(AlreadySettled):
    """This person has answered this questionnaire."""

    def __init__(self) -> None:
        super().__init__("Vous avez déjà répondu à ce questionnaire. Merci\u00a0!")


class SurveyEnded(Expired):
    """The questionnaire takes no answers any more."""

    def __init__(self) -> None:
        super().__init__("Ce questionnaire est clos. Pour nous dire autre chose, appelez l’office.")


class Sessions(Protocol):
    """The sessions."""

    def list_in_status(self, *statuses: SessionStatus) -> Sequence[Session]:
        """Those in these statuses."""


class Registrations(Protocol):
    """The registrations."""

    def list_of_session(self, session_id: str) -> Sequence[Registration]:
        """All of a session."""


class Answers(Protocol):
    """What was answered; nothing in it says by whom."""

    def add(
        self, registration: Registration, survey: Survey, answers: Mapping[str, Any], at: datetime
    ) -> bool:
        """Keep the answers of a person, once; False if they answered before."""

    def list_of(self, session_id: str, survey: Survey) -> list[Mapping[str, Any]]:
        """The answers to one questionnaire of a session."""


def asked_at(plan: Plan, survey: Survey, rules: TrainingRules) -> datetime:
    """The instant from which a questionnaire is sent."""
    if survey is Survey.AT_ONCE:
        return plan.end + timedelta(hours=rules.satisfaction_hours)
    ended = plan.end.astimezone(PARIS)
    return datetime.combine(add_months(ended.date(), rules.follow_up_months), ended.time(), PARIS)


def ends_at(plan: Plan, survey: Survey, rules: TrainingRules) -> datetime:
    """The instant from which a questionnaire takes no answers any more."""
    return asked_at(plan, survey, rules) + timedelta(days=rules.answer_days)


@dataclass(frozen=True)
class Surveys:
    """Sends what is due, each mail once; takes each person's answers once."""

    sessions: Sessions
    registrations: Registrations
    answers: Answers
    enqueue: Callable[[Message], bool]
    office: Callable[[], Office]
    clock: Clock

    def send_due(self) -> int:
        """Send the questionnaires whose time has come; how many."""
        return one_by_one(self.sessions.list_in_status(*sorted(OPEN), SessionStatus.CLOSED), self._send)

    def take(
        self, session: Session, registration: Registration, survey: Survey, answers: Mapping[str, Any]
    ) -> None:
        """Keep what a person answered. Raises `SurveyEnded` or `AlreadyAnswered`."""
        now = self.clock()
        if now >= ends_at(session.plan, survey, self.office().training_rules):
            raise SurveyEnded
        if not self.answers.add(registration, survey, answers, now):
            raise AlreadyAnswered

    def _send(self, session: Session) -> int:
        now, rules = self.clock(), self.office().training_rules
        if session.plan.ends_at is None or now < session.plan.ends_at:
            return 0
        due = [
            survey
            for survey in Survey
            if asked_at(session.plan, survey, rules) <= now < ends_at(session.plan, survey, rules)
        ]
        if not due:
            return 0
        came = list(_came(self.registrations.list_of_session(session.id)))
        return sum(self.enqueue(self._mail(session, one, survey)) for survey in due for one in came)

    def _mail(self, session: Session, registration: Registration, survey: Survey) -> Message:
        office, now = self.office(), self.clock()
        until = ends_at(session.plan, survey, office.training_rules)
        subject, occasion = f"{registration.id}#{survey.value}", f"survey-{survey.value}"
        mail = to_person(MAIL_OF[survey], session, registration, office, now, occasion=occasion)
        seconds = int((until - now).total_seconds())
        link = LinkRequest(FEEDBACK_PAGE, subject, registration.email, seconds)
        return replace(mail, link=link, context={**mail.context, "until": french_long_moment(until)})


def _came(registrations: Sequence[Registration]) -> Iterator[Registration]:
    """Who was there, as far as is known: until attendance is closed, who was not marked as missing."""
    for one in registrations:
        missing = {mark.state for mark in one.marks.values()} <= {State.ABSENT, State.EXCUSED} and one.marks
        if one.status is Status.ATTENDED or (one.status is Status.CONFIRMED and not missing):
            yield one
