"""The list at the door: who has a seat, who is there, on the phone of the trainer or at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalice import Response

from chalicelib.kernel.errors import FieldError, NotFound, RuleBroken
from chalicelib.kernel.files import PDF
from chalicelib.trainings.attendance import (
    STATE_WORDS,
    AttendanceClosed,
    State,
    check_markable,
    closes_at,
    counts,
    present_half_day,
)
from chalicelib.trainings.bootstrap import attending, stores
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.standing import acts_of
from chalicelib.trainings.statuses import PRESENT_OR_NOT, Status
from chalicelib.trainings.walk_ins import takes_walk_ins
from chalicelib.trainings.when import day_in_words, hours_of
from chalicelib.web import pages
from chalicelib.web.requests import first_of

CONFLICT = 409
HALF_DAY, PERSON, STATE = "demi-journee", "personne", "etat"
Fields = Mapping[str, list[str]]


class NoSuchHalfDay(NotFound):
    """The session has no half-day of that name."""

    def __init__(self) -> None:
        super().__init__(
            "Cette demi-journée n’existe pas ou a changé de date. Revenez à la liste des présences."
        )


@dataclass(frozen=True)
class Door:
    """A session at its door: where the page is, who marks people, what leads back."""

    session: Session
    path: str
    section: str
    who: str
    back: str = ""

    @property
    def is_at_the_desk(self) -> bool:
        """Whether staff stand at it, and not the trainer."""
        return self.section == "bureau"


def show(door: Door, query: Mapping[str, str] | None, **more: Any) -> Response:
    """The people of a half-day, `?demi-journee=2027-03-04T09:00`; else of the one that is on."""
    session, rules = door.session, stores.office().training_rules
    half_day = _half_day(session, (query or {}).get(HALF_DAY, ""))
    people = seated(session)
    return pages.page(
        "trainings/attendance.html",
        status=more.pop("status", 200),
        cookies=more.pop("cookies", ()),
        section=door.section,
        door=door,
        session=session,
        plan=session.plan,
        half_day=half_day,
        hours=hours_of,
        day_in_words=day_in_words,
        people=people,
        states=STATE_WORDS,
        counts=counts(people, half_day),
        closed=_why_closed(session, half_day, people),
        may_add=door.is_at_the_desk and takes_walk_ins(session, stores.now(), rules, lambda: people),
        is_late=stores.now() >= closes_at(session.plan, rules),
        may_close=acts_of(session, stores.now()).close,
        closes_at=closes_at(session.plan, rules),
        **{"errors": (), "link_to": "", "is_sent": False, "is_added": False, **more},
    )


def mark(door: Door, fields: Fields) -> Response:
    """Mark a person, and go on with the list."""
    half_day = _half_day(door.session, first_of(fields, HALF_DAY))
    state = first_of(fields, STATE)
    try:
        if state not in set(State):
            raise AttendanceClosed("Choisissez présent, absent ou excusé.")
        attending.attending_service().mark(
            door.session, first_of(fields, PERSON), half_day, State(state), door.who
        )
    except RuleBroken as broken:
        errors = [FieldError("", str(broken))]
        return show(door, {HALF_DAY: half_day.key}, errors=errors, status=CONFLICT)
    return pages.redirect(f"{door.path}?{HALF_DAY}={half_day.key}")


def sheet(door: Door, key: str) -> Response:
    """The sheet to sign of a half-day, as PDF, with those who are marked present."""
    from chalicelib.documents.bootstrap import printer
    from chalicelib.trainings.paper_facts import half_day_paper, presences, session_paper
    from chalicelib.trainings.printed import attendance_sheet

    half_day, office = _half_day(door.session, key), stores.office()
    data = attendance_sheet(
        office,
        session_paper(door.session, office),
        half_day_paper(half_day),
        presences(seated(door.session), half_day),
    )
    content = printer().pdf("trainings/attendance_sheet.typ", data, stores.now())
    return pages.download(content, PDF, f"{door.session.reference}-{half_day.on}-{half_day.begins:%Hh%M}.pdf")


def seated(session: Session) -> list[Registration]:
    """Who has or had a seat, by name."""
    found = stores.registrations().list_of_session(session.id)
    kept = [one for one in found if one.status is Status.CONFIRMED or one.status in PRESENT_OR_NOT]
    return sorted(kept, key=lambda one: (one.person.last_name.casefold(), one.person.first_name.casefold()))


def _half_day(session: Session, key: str) -> HalfDay:
    found = session.plan.half_day(key) if key else present_half_day(session.plan, stores.now())
    if found is None:
        raise NoSuchHalfDay
    return found


def _why_closed(session: Session, half_day: HalfDay, people: list[Registration]) -> str:
    try:
        check_markable(session, half_day, stores.now(), stores.office().training_rules, lambda: people)
    except AttendanceClosed as closed:
        return str(closed)
    return ""
