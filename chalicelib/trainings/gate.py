"""Whether somebody may register for a session, and in which class of the waiting list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.days import add_months
from chalicelib.kernel.french import french_long_date
from chalicelib.office.trainings import NoShowRule
from chalicelib.trainings.model import NotAudience, RegistrationClosed, Session
from chalicelib.trainings.plan import Plan
from chalicelib.trainings.seats import Priority

NOT_PUBLISHED = "Les inscriptions à cette session sont closes\u00a0: elle est annulée ou terminée."
STARTED = (
    "Les inscriptions à cette session sont closes\u00a0: elle a commencé. "
    "Retrouvez les prochaines sur la page des formations."
)
ENDED = (
    "Cette session est terminée\u00a0: personne ne peut plus y venir à la place de quelqu’un d’autre. "
    "Pour une question, appelez l’office."
)


@dataclass(frozen=True)
class Visitor:
    """Who wants to register: an active partner with its trade and commune, or a guest who has neither."""

    is_partner: bool
    category: str = ""
    commune: str = ""


GUEST = Visitor(is_partner=False)


def check_open(session: Session, now: datetime) -> None:
    """Raise `RegistrationClosed` unless registrations are taken at that instant."""
    if not session.is_open:
        raise RegistrationClosed(NOT_PUBLISHED)
    if session.plan.starts_at is None or now >= session.plan.starts_at:
        raise RegistrationClosed(STARTED)


def has_begun(session: Session, now: datetime) -> bool:
    """Whether its first half-day has begun; a draft without dates has none."""
    return session.plan.starts_at is not None and now >= session.plan.starts_at


def has_ended(session: Session, now: datetime) -> bool:
    """Whether its last half-day has ended."""
    return session.plan.ends_at is not None and now >= session.plan.ends_at


def takes_registrations(session: Session, now: datetime) -> bool:
    """Whether registrations are taken at that instant, whoever they are for."""
    return session.is_open and session.plan.starts_at is not None and now < session.plan.starts_at


def check_audience(plan: Plan, visitor: Visitor, now: datetime) -> None:
    """Raise `NotAudience` with the sentence that says for whom the session is, and from when for others."""
    if sentence := closed_to(plan, visitor, now):
        raise NotAudience(sentence)


def closed_to(plan: Plan, visitor: Visitor, now: datetime) -> str:
    """Why this visitor may not register now; empty when they may."""
    if not visitor.is_partner:
        return _closed_to_guests(plan, now)
    if plan.audience.categories and visitor.category not in plan.audience.categories:
        return (
            "Cette session s’adresse à d’autres activités que la vôtre. La page de la session dit lesquelles."
        )
    if plan.audience.communes and visitor.commune not in plan.audience.communes:
        return (
            "Cette session s’adresse aux partenaires d’autres communes. La page de la session dit lesquelles."
        )
    return ""


def priority_of(plan: Plan, no_shows: Sequence[date], rule: NoShowRule | None, today: date) -> Priority:
    """The end of the queue for who did not come too often, at sessions that are free."""
    if rule is None or not plan.is_free:
        return Priority.REGULAR
    since = add_months(today, -rule.months)
    missed = sum(since < day <= today for day in no_shows)
    return Priority.LAST if missed >= rule.count else Priority.REGULAR


def _closed_to_guests(plan: Plan, now: datetime) -> str:
    if not plan.is_for_partners_only(now):
        return ""
    opens_on = plan.opens_to_others_on()
    narrow = plan.audience.categories or plan.audience.communes
    if opens_on is None or narrow or paris_day(now) >= opens_on:
        return (
            "Cette session est réservée aux partenaires de l’office\u00a0: connectez-vous pour vous inscrire."
        )
    return (
        "Les partenaires de l’office s’inscrivent d’abord\u00a0: cette session s’ouvre à tous le "
        f"{french_long_date(opens_on)}. Si vous êtes partenaire, connectez-vous."
    )
