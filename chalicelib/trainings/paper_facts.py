"""Sessions and registrations as printed papers tell of them."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.office.model import Office
from chalicelib.trainings.attendance import State
from chalicelib.trainings.cancelling import terms_of
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.kinds import KIND_WORDS
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.papers import HalfDayPaper, PersonPaper, Presence, SessionPaper


def session_paper(session: Session, office: Office) -> SessionPaper:
    """The session on paper."""
    plan, rules = session.plan, office.training_rules
    contact = office.staff.person(plan.accessibility)
    return SessionPaper(
        title=plan.title,
        reference=session.reference,
        kind_words=KIND_WORDS.get(plan.kind, ""),
        is_training_action=plan.is_training_action,
        half_days=tuple(map(half_day_paper, plan.half_days)),
        trainer_name=plan.trainer.name,
        place=tuple(filter(None, (plan.place.name, plan.place.address))),
        is_remote=plan.place.is_remote,
        objectives=plan.objectives,
        prerequisites=plan.prerequisites,
        programme=plan.programme,
        methods=plan.methods,
        assessment=plan.assessment,
        to_bring=plan.to_bring,
        access=plan.place.access,
        video_link=plan.place.video_link,
        accessibility_contact=", ".join(filter(None, (contact.name, contact.phone, contact.email)))
        if contact
        else "",
        regulations_url=rules.regulations_url if plan.is_training_action else "",
        cancellation_sentence=terms_of(plan, rules).sentence,
        activity_number=rules.activity_number if plan.is_training_action else "",
        siret=rules.siret if plan.is_training_action else "",
    )


def half_day_paper(half_day: HalfDay) -> HalfDayPaper:
    """The half-day on paper."""
    return HalfDayPaper(half_day.starts_at, half_day.ends_at)


def person_paper(registration: Registration) -> PersonPaper:
    """The person on paper."""
    person, status = registration.person, str(registration.answers.get("status", ""))
    return PersonPaper(person.name, registration.structure.name, person.function, status)


def presences(registrations: Sequence[Registration], half_day: HalfDay) -> list[Presence]:
    """Who has a seat, by last name, and since when they are known to be there."""
    in_order = sorted(registrations, key=lambda one: (one.person.last_name.casefold(), one.person.first_name))
    return [Presence(person_paper(one), _marked_at(one, half_day)) for one in in_order]


def _marked_at(registration: Registration, half_day: HalfDay) -> datetime | None:
    mark = registration.marks.get(half_day.key)
    return mark.at if mark and mark.state == State.PRESENT else None
