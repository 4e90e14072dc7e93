"""The mails that registrations and sessions send."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.kernel.french import french_date, french_long_date, french_money, french_time
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.cancelling import agreed_terms
from chalicelib.trainings.entries import entries_for
from chalicelib.trainings.model import Change, Registration, Session, SessionChange
from chalicelib.trainings.paths import MANAGE_PAGE, TRAINER_PAGE
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.statuses import Event, SessionEvent, Status
from chalicelib.trainings.when import first_day_in_words, when_lines

READABLE_AFTER = timedelta(days=120)
"""How long after a session the link of a registration still opens it: for the certificate and the questionnaires."""
ARRIVAL: Mapping[Status, str] = {
    Status.CONFIRMED: "trainings/confirmed",
    Status.WAITING: "trainings/waitlisted",
    Status.PENDING: "trainings/pending",
}
TO_PERSON: Mapping[Event, str] = {
    Event.REFUSED: "trainings/refused",
    Event.APPROVAL_EXPIRED: "trainings/unanswered",
    Event.ACCEPTED: "trainings/confirmed",
    Event.DECLINED: "trainings/declined",
    Event.OFFER_EXPIRED: "trainings/lapsed",
    Event.CANCELLED: "trainings/cancelled",
    Event.REPLACED: "trainings/replaced",
    Event.CALLED_OFF: "trainings/called_off",
    Event.RESCHEDULED: "trainings/rescheduled",
    Event.MOVED: "trainings/moved",
}
"""An offer is told by the mail of its question."""
WITH_ENTRIES = frozenset({"trainings/confirmed", "trainings/rescheduled"})
WITH_CODE = frozenset({"trainings/confirmed", "trainings/reminder"})
TO_OFFICER: Mapping[SessionEvent, str] = {
    SessionEvent.APPROVED: "trainings/session_approved",
    SessionEvent.SENT_BACK: "trainings/session_sent_back",
    SessionEvent.APPROVAL_EXPIRED: "trainings/session_unanswered",
    SessionEvent.MINIMUM_EXPIRED: "trainings/session_kept",
}


def arrival_mails(session: Session, registration: Registration, office: Office) -> list[Message]:
    """What somebody is told who has just registered."""
    return [to_person(ARRIVAL[registration.status], session, registration, office, registration.asked_at)]


def mails_of(session: Session, change: Change, office: Office) -> list[Message]:
    """The mails of one change of a registration."""
    template = TO_PERSON.get(change.event) if change.event else ""
    if change.event is Event.APPROVED:
        template = ARRIVAL[change.after.status]
    if not template:
        return []
    had_seat = change.before is not None and change.before.status is Status.CONFIRMED
    at, told = change.line.at, _as_told(change)
    mail = to_person(template, session, told, office, at, reason=change.line.reason)
    if had_seat and told.status is not Status.CONFIRMED:
        return [replace(mail, calendar=entries_for(session, told, office, at, is_cancelled=True))]
    return [mail]


def _as_told(change: Change) -> Registration:
    """The registration with the days that its holder was told of before: those that are no more are cancelled."""
    return replace(change.after, told_days=change.before.told_days) if change.before else change.after


def to_person(
    template: str, session: Session, registration: Registration, office: Office, at: datetime, *,
    reason: str = "", occasion: str = "",
) -> Message:  # fmt: skip
    """A mail about one registration, with the link to see and change it, and its calendar entries where it has some."""
    entries = entries_for(session, registration, office, at) if template in WITH_ENTRIES else ()
    return Message(
        template=template,
        to=registration.email,
        record=registration.id,
        occasion=occasion or f"version-{registration.version}",
        context={**facts(session, registration, office), "reason": reason},
        link=link_to(session, registration, at),
        reply_to=office.reply_to,
        calendar=entries,
        code_path=presence_path(registration) if template in WITH_CODE else "",
    )


def link_to(session: Session, registration: Registration, at: datetime) -> LinkRequest:
    """The link by which the person sees and changes the registration."""
    ends_at = session.plan.ends_at or at
    valid_for = max(ends_at, at) + READABLE_AFTER - at
    return LinkRequest(MANAGE_PAGE, registration.id, registration.email, int(valid_for.total_seconds()))


def session_mails(change: SessionChange, office: Office) -> list[Message]:
    """What the person in charge is told of a session."""
    template, session = TO_OFFICER.get(change.event), change.after
    officer = office.staff.person(session.plan.in_charge)
    if not template or officer is None:
        return []
    return [
        Message(
            template=template,
            to=officer.email,
            record=session.id,
            occasion=f"version-{session.version}",
            context={
                **session_facts(session, office),
                "name": officer.first_name,
                "reason": change.line.reason,
            },
        )
    ]


def trainer_mail(session: Session, office: Office, at: datetime, occasion: str) -> Message:
    """To who leads the session: the list of those who come, and the page on which they are marked."""
    closes_at = (session.plan.ends_at or at) + timedelta(hours=office.training_rules.attendance_closes_hours)
    trainer = session.plan.trainer
    valid_for = int((closes_at - at).total_seconds())
    return Message(
        template="trainings/trainer_link",
        to=trainer.email,
        record=session.id,
        occasion=occasion,
        context={**session_facts(session, office), "name": trainer.name},
        link=LinkRequest(TRAINER_PAGE, session.id, trainer.email, valid_for),
        reply_to=office.reply_to,
    )


def session_facts(session: Session, office: Office) -> dict[str, object]:
    """What mails say of a session."""
    plan = session.plan
    return {
        "title": plan.title,
        "session_reference": session.reference,
        "first_day": first_day_in_words(plan),
        "when": when_lines(plan),
        "place": plan.place.line,
        "trainer": plan.trainer.name,
    }


def facts(session: Session, registration: Registration, office: Office) -> dict[str, object]:
    """What mails say of a registration; the way in is for who has a seat only."""
    plan, has_seat = session.plan, registration.status is Status.CONFIRMED
    terms = agreed_terms(plan, registration.price_cents, office.training_rules)
    return {
        **session_facts(session, office),
        "name": registration.person.name,
        "structure": registration.structure.name,
        "reference": registration.reference,
        "status": registration.status.value,
        "access": plan.place.access if has_seat else "",
        "video_link": plan.place.video_link if has_seat else "",
        "to_bring": plan.to_bring if has_seat else "",
        "price": french_money(registration.price_cents) if registration.price_cents else "Gratuit",
        "due": french_money(registration.due_cents) if registration.due_cents else "",
        "cancellation": terms.sentence,
        "offered_until": moment(registration.offered_until) if registration.offered_until else "",
        "asked_on": french_date(registration.asked_at),
    }


def moment(at: datetime) -> str:
    """`jeudi 4 mars 2027 à 14 h 30`."""
    return f"{french_long_date(at)} à {french_time(at)}"
