"""The mails that registrations and sessions send."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.kernel.calendar import CalendarEntry
from chalicelib.kernel.french import french_date, french_hours, french_long_moment, french_money
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.cancelling import agreed_terms
from chalicelib.trainings.entries import entries_for
from chalicelib.trainings.model import Change, Registration, Session, SessionChange
from chalicelib.trainings.paths import MANAGE_PAGE
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.statuses import Event, SessionEvent, Status
from chalicelib.trainings.trainers import is_same_person
from chalicelib.trainings.when import first_day_in_words, when_lines

NOTHING: Mapping[str, str] = {}
ENDS = (".", "!", "?", ":", ";", ",")
READABLE_AFTER = timedelta(days=120)
"""How long after a session the link of a registration still opens it: for the certificate and the questionnaires."""
ARRIVAL: Mapping[Status, str] = {
    Status.CONFIRMED: "trainings/confirmed",
    Status.WAITING: "trainings/waitlisted",
    Status.PENDING: "trainings/pending",
}
UNSERVED = "trainings/unserved"
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
    Event.ENDED: UNSERVED,
}
"""An offer is told by the mail of its question."""
WITHOUT_SEAT: Mapping[Event, str] = {Event.RESCHEDULED: "trainings/changed"}
"""What who has no seat is told instead: nothing of it belongs in a calendar yet."""
WITH_ENTRIES = frozenset({"trainings/confirmed", "trainings/rescheduled", "trainings/added"})
WITH_CODE = frozenset({"trainings/confirmed", "trainings/reminder", "trainings/added"})
TO_OFFICER: Mapping[SessionEvent, str] = {
    SessionEvent.APPROVED: "trainings/session_approved",
    SessionEvent.SENT_BACK: "trainings/session_sent_back",
    SessionEvent.APPROVAL_EXPIRED: "trainings/session_unanswered",
    SessionEvent.MINIMUM_EXPIRED: "trainings/session_kept",
    SessionEvent.TRAINER_APPROVED: "trainings/trainer_approved",
    SessionEvent.TRAINER_REFUSED: "trainings/trainer_not_approved",
    SessionEvent.TRAINER_EXPIRED: "trainings/trainer_not_approved",
}

TO_TRAINER: Mapping[SessionEvent, str] = {
    SessionEvent.EDITED: "trainings/trainer_changed",
    SessionEvent.TRAINER_PROPOSED: "trainings/trainer_changed",
    SessionEvent.TRAINER_APPROVED: "trainings/trainer_changed",
    SessionEvent.CALLED_OFF: "trainings/trainer_called_off",
}


def arrival_mails(session: Session, registration: Registration, office: Office) -> list[Message]:
    """What somebody is told who has just registered."""
    return [to_person(ARRIVAL[registration.status], session, registration, office, registration.asked_at)]


def mails_of(
    session: Session, change: Change, office: Office, said: Mapping[str, str] = NOTHING
) -> list[Message]:
    """The mails of one change of a registration; `said` is what they say besides."""
    template = _template_of(change)
    if not template:
        return []
    had_seat = change.before is not None and change.before.status is Status.CONFIRMED
    at, told = change.line.at, _as_told(change)
    mail = _saying(to_person(template, session, told, office, at, reason=change.line.reason), said)
    if had_seat and told.status is not Status.CONFIRMED:
        return [_with_entries(mail, entries_for(session, told, office, at, is_cancelled=True))]
    return [mail]


def _saying(mail: Message, said: Mapping[str, str]) -> Message:
    """The mail with what is said besides; who got no seat is led to other sessions, not to what is over."""
    if mail.template != UNSERVED:
        return replace(mail, context={**mail.context, **said})
    return replace(mail, context={**mail.context, "theme": "", **said}, link=None)


def _template_of(change: Change) -> str:
    """The name of the mail of a change; empty where nobody is told."""
    if change.event is None:
        return ""
    if change.event is Event.APPROVED:
        return ARRIVAL[change.after.status]
    template = TO_PERSON.get(change.event, "")
    has_seat = change.after.status is Status.CONFIRMED
    return template if has_seat else WITHOUT_SEAT.get(change.event, template)


def _with_entries(mail: Message, entries: tuple[CalendarEntry, ...]) -> Message:
    return replace(mail, calendar=entries, context={**mail.context, "in_calendar": bool(entries)})


def _as_told(change: Change) -> Registration:
    """The registration with the days that its holder was told of before: those that are no more are cancelled."""
    return replace(change.after, told_days=change.before.told_days) if change.before else change.after


def to_person(
    template: str, session: Session, registration: Registration, office: Office, at: datetime, *,
    reason: str = "", occasion: str = "",
) -> Message:  # fmt: skip
    """A mail about one registration, with the link to see and change it, and its calendar entries where it has some."""
    entries = entries_for(session, registration, office, at) if template in WITH_ENTRIES else ()
    has_code = template in WITH_CODE and not session.plan.place.is_remote
    mail = Message(
        template=template,
        to=registration.email,
        record=registration.id,
        occasion=occasion or f"version-{registration.version}",
        context={**facts(session, registration, office), "reason": reason, "has_code": has_code},
        link=link_to(session, registration, at),
        reply_to=office.reply_to,
        code_path=presence_path(registration) if has_code else "",
    )
    return _with_entries(mail, entries)


def link_to(session: Session, registration: Registration, at: datetime) -> LinkRequest:
    """The link by which the person sees and changes the registration."""
    ends_at = session.plan.ends_at or at
    valid_for = max(ends_at, at) + READABLE_AFTER - at
    return LinkRequest(MANAGE_PAGE, registration.id, registration.email, int(valid_for.total_seconds()))


def session_mails(change: SessionChange, office: Office) -> list[Message]:
    """What the person in charge, and who leads it, are told of a session."""
    template, session, reason = TO_OFFICER.get(change.event), change.after, change.line.reason
    occasion = f"version-{session.version}"
    told = to_officer(template, session, office, occasion, reason) if template else []
    return [*told, *_to_trainer(change, office, occasion)]


def _to_trainer(change: SessionChange, office: Office, occasion: str) -> list[Message]:
    """Who leads a published session learns that it is called off, moved, or led by somebody else."""
    before, session = change.before, change.after
    template, trainer = TO_TRAINER.get(change.event), before.plan.trainer
    if not template or not trainer.email or before.plan_version == session.plan_version:
        return []
    after = session.plan.trainer
    if trainer.email != after.email and not is_same_person(trainer, after):
        template = "trainings/trainer_replaced"
    context = {**session_facts(session, office), "name": trainer.name, "reason": change.line.reason}
    return [Message(template, trainer.email, session.id, occasion, context, reply_to=office.reply_to)]


def to_officer(
    template: str, session: Session, office: Office, occasion: str, reason: str = ""
) -> list[Message]:
    """A mail to the person in charge of a session; none where the office has nobody of that name any more."""
    officer = office.staff.person(session.plan.in_charge)
    if officer is None:
        return []
    context = {**session_facts(session, office), "name": officer.first_name, "reason": reason}
    return [Message(template, officer.email, session.id, occasion, context)]


def session_facts(session: Session, office: Office) -> dict[str, object]:
    """What mails say of a session."""
    plan, contact = session.plan, office.staff.person(session.plan.accessibility)
    return {
        "title": plan.title,
        "session_reference": session.reference,
        "first_day": first_day_in_words(plan),
        "when": when_lines(plan),
        "place": plan.place.line,
        "duration": french_hours(plan.minutes),
        "trainer": plan.trainer.name,
        "is_training_action": plan.is_training_action,
        "accessibility": contact.name if contact else "",
    }


def facts(session: Session, registration: Registration, office: Office) -> dict[str, object]:
    """What mails say of a registration; the way in is for who has a seat only.

    `is_passed_on` says that the mail goes to the structure, which did not give
    an address of the person.
    """
    plan, has_seat = session.plan, registration.status is Status.CONFIRMED
    terms = agreed_terms(plan, registration.price_cents, office.training_rules)
    return {
        **session_facts(session, office),
        "name": registration.person.name,
        "is_passed_on": _is_passed_on(registration),
        "structure": registration.structure.name,
        "reference": registration.reference,
        "status": registration.status.value,
        "access": _on_one_line(plan.place.access) if has_seat else "",
        "video_link": plan.place.video_link if has_seat else "",
        "to_bring": plan.to_bring if has_seat else "",
        "price": price_in_words(registration.price_cents),
        "is_free": not registration.price_cents,
        "due": french_money(registration.due_cents) if registration.due_cents else "",
        "cancellation": terms.sentence,
        "offered_until": french_long_moment(registration.offered_until) if registration.offered_until else "",
        "asked_on": french_date(registration.asked_at),
    }


def price_in_words(cents: int) -> str:
    """`150,00 € hors taxes`, `Gratuit`."""
    return f"{french_money(cents)} hors taxes" if cents else "Gratuit"


def _is_passed_on(registration: Registration) -> bool:
    is_contact = registration.person.name == registration.structure.contact_name
    return not registration.person.email and not is_contact


def _on_one_line(text: str) -> str:
    """The lines one after the other, each ended by a sign."""
    lines = filter(None, map(str.strip, text.splitlines()))
    return " ".join(line if line.endswith(ENDS) else f"{line}." for line in lines)
