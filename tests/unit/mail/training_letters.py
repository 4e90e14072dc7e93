"""The mails about trainings, made by the code that sends them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from chalicelib.decisions.messages import request_mail
from chalicelib.decisions.model import Decision, DecisionState
from chalicelib.decisions.timetable import Calendar
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.office.calendar import add_working_days
from chalicelib.office.model import Office
from chalicelib.trainings import emails, questions
from chalicelib.trainings.attendance import State
from chalicelib.trainings.attendance_corrections import Correction, corrected
from chalicelib.trainings.certifying import Certifying
from chalicelib.trainings.changes import change
from chalicelib.trainings.convoking import Convoking
from chalicelib.trainings.correction_mails import correction_mails
from chalicelib.trainings.link_mails import guest_mail
from chalicelib.trainings.model import (
    Certificate,
    Change,
    Mark,
    Person,
    Registration,
    Session,
    SessionChange,
    Structure,
    new_registration_id,
)
from chalicelib.trainings.reminders import attendance_mails, due_mails
from chalicelib.trainings.statuses import MOVES, Event, SessionEvent, SessionStatus, Status
from chalicelib.trainings.surveying import Survey, Surveys, asked_at
from chalicelib.trainings.walk_in_mails import walk_in_mails
from tests.fakes.printer import FakePrinter
from tests.fakes.uploads import FakeFiles
from tests.training import session_answers, training_rules

NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
TWO_DAYS = [
    {"on": "2027-05-04", "begins": "09:00", "ends": "12:30"},
    {"on": "2027-05-04", "begins": "14:00", "ends": "17:00"},
    {"on": "2027-05-11", "begins": "09:00", "ends": "12:30"},
]
ARRIVES = (Status.CONFIRMED, Status.WAITING, Status.PENDING)


class Desk:
    """Keeps the mails handed in."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def enqueue(self, message: Message) -> bool:
        self.messages.append(message)
        return True


def training_messages(file: Any) -> list[Message]:
    """One message of each kind about a registration, for the file of the tests of mails."""
    office, session = a_training_office(file), a_session(file)
    registration = a_registration(file, session)
    told = [*arrivals(session, registration, office), *changes(file, session, registration, office)]
    told += without_seat(session, registration, office)
    a_week_before = session.plan.starts_at - timedelta(days=7)
    near = [
        *due_mails(session, [registration], office, a_week_before),
        *convocations(session, registration, office),
    ]
    links = [guest_mail(session, "lou@example.org", office, NOW), fresh_link(session, registration, office)]
    asked = [offer(file, session, office), *surveys(session, registration, office)]
    staff = _to_staff(file, session, office)
    after = [certificate(session, registration, office), correction(file, session, registration, office)]
    return [*told, *near, *links, *asked, *after, *staff]


def a_training_office(file: Any) -> Office:
    """The office of the file with trainings; the person in charge is called what the file's approver is."""
    people = tuple(
        replace(one, first_name=file.approver) if one.id == "yann" else one for one in file.office.people
    )
    return replace(file.office, trainings=training_rules(), people=people)


def a_session(file: Any, **answers: Any) -> Session:
    """A training action of two days, with a price and all that helps to get there."""
    given = session_answers(**{
        "kind": "training_action", "price_cents": 15_000, "half_days": TWO_DAYS, "to_bring": "Votre téléphone",
        "access": "Bus 66, arrêt Colombier.\nParking derrière la salle.", "trainer_name": file.approver, **answers,
    })  # fmt: skip
    return Session(
        id="se1", reference="SES-7KQ4M2", status=SessionStatus.PUBLISHED, status_since=NOW, answers=given,
        created_at=NOW, created_by="Yann Le Goff", office_version=1, plan_version=1,
    )  # fmt: skip


def a_registration(file: Any, session: Session, **facts: Any) -> Registration:
    """The registration of the person that the tests of mails are about, who has a seat."""
    answers, about = file.answers, file.application
    person = Person(answers.get("first_name", ""), answers.get("last_name", ""), about.email)
    one = Registration(
        id=new_registration_id(session.id, "r1"), reference="INS-7KQ4M2", status=Status.CONFIRMED, status_since=NOW,
        person=person, structure=Structure("partner:p1", about.business_name, about.email, about.contact_name, "p1"),
        person_key="k1", asked_at=NOW, office_version=1, presence_code="c1", price_cents=session.plan.price_cents,
        confirmed_at=NOW, told_days=len(session.plan.days), told_version=1,
    )  # fmt: skip
    return replace(one, **facts)


def arrivals(session: Session, registration: Registration, office: Office) -> Iterator[Message]:
    """What somebody gets who registers."""
    for status in ARRIVES:
        yield from emails.arrival_mails(session, replace(registration, status=status), office)
    yield from walk_in_mails(session, registration, office, session.plan.half_days[0].starts_at)


def changes(file: Any, session: Session, registration: Registration, office: Office) -> Iterator[Message]:
    """What somebody gets whom anything happens to."""
    for event in emails.TO_PERSON:
        yield from emails.mails_of(session, happened(file, registration, event), office)


def without_seat(session: Session, registration: Registration, office: Office) -> Iterator[Message]:
    """What somebody gets of a change who waits, is offered a seat, or asked to be taken."""
    for status in (Status.WAITING, Status.OFFERED, Status.PENDING):
        one = replace(registration, status=status, offered_until=NOW + timedelta(hours=48))
        line = HistoryLine(NOW, "Cordée", "Fait")
        yield from emails.mails_of(session, change(one, Event.RESCHEDULED, line), office)


def happened(file: Any, registration: Registration, event: Event) -> Change:
    """The event, to who has a seat if it may happen to them."""
    possible = [status for status in Status if (status, event) in MOVES]
    before = Status.CONFIRMED if Status.CONFIRMED in possible else possible[0]
    line = HistoryLine(NOW, "Yann Le Goff", "Fait", file.reason)
    details = {"due_cents": 15_000} if event is Event.CANCELLED else {}
    until = NOW + timedelta(hours=48)
    return change(replace(registration, status=before, offered_until=until), event, line, **details)


def offer(file: Any, session: Session, office: Office) -> Message:
    """The mail that offers a freed seat for 48 hours."""
    until = NOW + timedelta(hours=48)
    offered = a_registration(file, session, status=Status.OFFERED, offered_until=until)
    asked = questions.offer(questions.RegistrationCase(session, offered, (), office, (), NOW))
    expires_at = Calendar(add_working_days).expires_at(asked.question.timetable, NOW)
    decision = Decision(
        asked.question, DecisionState.PENDING, (asked.addressee,), NOW, expires_at, ("token",)
    )
    return request_mail(decision, asked.addressee, NOW, "ask")


def _to_staff(file: Any, session: Session, office: Office) -> Iterator[Message]:
    line = HistoryLine(NOW, "Claire Martin", "Fait", file.reason)
    for event in emails.TO_OFFICER:
        yield from emails.session_mails(SessionChange(session, session, line, event), office)
    changed = replace(session, plan_version=session.plan_version + 1)
    for event in emails.TO_TRAINER:
        yield from emails.session_mails(SessionChange(session, changed, line, event), office)
    other = replace(changed, answers={**session.answers, "trainer_name": "Sam Petit", "trainer_email": ""})
    yield from emails.session_mails(SessionChange(session, other, line, SessionEvent.EDITED), office)
    after = session.plan.half_days[-1].ends_at + timedelta(days=1)
    yield from attendance_mails(session, [a_registration(file, session)], office, after)


def fresh_link(session: Session, registration: Registration, office: Office) -> Message:
    """What the holder of an old link gets."""
    return emails.to_person("trainings/fresh_link", session, registration, office, NOW, occasion="again")


def surveys(session: Session, registration: Registration, office: Office) -> list[Message]:
    """Both questionnaires, each in its time."""
    desk = Desk()
    for survey in Survey:
        service = Surveys(
            sessions=SimpleNamespace(list_in_status=lambda *statuses: [session]),
            registrations=SimpleNamespace(list_of_session=lambda session_id: [registration]),
            answers=SimpleNamespace(),  # type: ignore[arg-type]
            enqueue=desk.enqueue,
            office=lambda: office,
            clock=lambda survey=survey: asked_at(session.plan, survey, office.training_rules),  # type: ignore[misc]
        )
        service.send_due()
    return desk.messages


def convocations(session: Session, registration: Registration, office: Office) -> list[Message]:
    """What who comes to a training action gets with the letter."""
    desk, at = Desk(), session.plan.starts_at - timedelta(days=7)
    Convoking(FakeFiles(), FakePrinter(), desk.enqueue, lambda: office, lambda: at).convoke(
        session, [registration]
    )
    return desk.messages


def correction(file: Any, session: Session, registration: Registration, office: Office) -> Message:
    """What somebody gets whose attendance was corrected after the certificate was printed."""
    morning, other, _ = session.plan.half_days
    marks = {one.key: Mark("present", "Noa Petit", NOW) for one in (morning, other)}
    printed = Certificate("7KQ4-M2XB-9DTR", "c.pdf", "h", NOW)
    came = replace(registration, status=Status.ATTENDED, marks=marks, certificate=printed)
    asked = Correction(other, State.ABSENT, file.reason, came.version)
    changed = corrected(session, came, asked, "Yann Le Goff", NOW)
    [mail] = correction_mails(session, changed, office, asked.half_day, asked.state)
    return mail


def certificate(session: Session, registration: Registration, office: Office) -> Message:
    """What who came gets with the certificate."""
    marks = {one.key: Mark("present", "Noa Petit", NOW) for one in session.plan.half_days}
    came = replace(registration, status=Status.ATTENDED, marks=marks)
    sent: list[Message] = []
    registrations: Any = SimpleNamespace(
        find=lambda registration_id: came, save_certified=lambda change, code, mails: sent.extend(mails)
    )
    service = Certifying(
        sessions=SimpleNamespace(find=lambda session_id: session),
        registrations=registrations,
        store=SimpleNamespace(put=lambda key, content, content_type: None),
        printer=SimpleNamespace(pdf=lambda template, data, made_at: b"%PDF"),  # type: ignore[arg-type]
        rows_of=lambda text: ["1"],
        site=lambda: "https://pro.example.org",
        office=lambda: office,
        clock=lambda: NOW,
    )
    service.certify(came)
    return sent[0]
