"""Every mail of the house about one file, made by the code that sends it and written by the real writer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from chalicelib.adapters.calendars import invitation
from chalicelib.adapters.qr import png
from chalicelib.decisions.messages import reminder_mail, request_mail
from chalicelib.decisions.model import Addressee, Decision, DecisionState
from chalicelib.decisions.timetable import Calendar
from chalicelib.drafts.model import Draft
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.letters import Letter
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.mail.writing import LetterWriter
from chalicelib.office.calendar import add_working_days
from chalicelib.office.model import Office
from chalicelib.partners import emails
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.choices import all_choices
from chalicelib.partners.consents import Choice, Consent
from chalicelib.partners.drafted_form import drafted_form
from chalicelib.partners.fees import fee_of
from chalicelib.partners.model import Application, Change, Event, Fee, Status, choose
from chalicelib.partners.questions import Asked, Case, Questions
from tests.factories import an_office, some_answers
from tests.unit.mail.aid_letters import aid_messages
from tests.unit.mail.observatory_letters import observatory_messages
from tests.unit.mail.report_letters import report_messages
from tests.unit.mail.training_letters import training_messages

HOUSE = Path(__file__).resolve().parents[3] / "chalicelib"
SITE = "https://pro.example.org"
SECRET_LINK = "k3v9.Zq0aB-7_secret"
NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
REFERENCE = "ADH-7KQ4M2"
REASON = "Le nom du gérant n'est pas celui du SIRET.\n\nMerci de joindre un document récent."
LEGAL_MODES = ("adhesion", "paid_partnership", "free")


@dataclass
class File:
    """The file that the mails are about; each test changes what it is about."""

    legal_mode: str = "adhesion"
    answers: dict[str, Any] = field(default_factory=lambda: some_answers(website="https://hotel.example.fr"))
    reason: str = REASON
    approver: str = "Yann Le Goff"
    on_behalf_of: str = ""

    @property
    def office(self) -> Office:
        return an_office(legal_mode=self.legal_mode)

    @property
    def application(self) -> Application:
        fee = fee_of(self.answers, self.office, NOW.date())
        return Application(
            id="f1", reference=REFERENCE, status=Status.SUBMITTED, status_since=NOW, answers=self.answers,
            fee=fee, created_at=NOW, office_version=1, form_version="1", note=self.reason,
            active_from=NOW.date(), active_until=date(2027, 12, 31),
        )  # fmt: skip


class Links:
    """Mints the link that is asked for, always with the same secret."""

    def mint(self, request: Any) -> str:
        return f"{SITE}{request.path}/{SECRET_LINK}"


class Desk:
    """Keeps the mails handed in."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def enqueue(self, message: Message) -> bool:
        self.messages.append(message)
        return True


def stored_file(key: str) -> bytes:
    """The content of any file: its own key."""
    return key.encode()


def letter_of(message: Message, office: Office) -> Letter:
    """The mail as it leaves the house."""
    head = {"office": office, "site_url": SITE}
    return LetterWriter(Links(), Links(), lambda: head, stored_file, invitation, png)(message, "key-1")


def letter(template: str, **file: Any) -> Letter:
    """The mail of this template about a file, as it leaves the house."""
    about = File(**file)
    messages = every_message(about)
    assert template in messages, f"{template}: make one in one of the SOURCES of {__file__}"
    return letter_of(messages[template], about.office)


def named_folders() -> dict[str, Path]:
    """The folders of messages in the house, by template."""
    folders = [folder for folder in HOUSE.glob("*/templates/email/*") if folder.is_dir()]
    return {f"{folder.parents[2].name}/{folder.name}": folder for folder in folders}


def every_message(file: File) -> dict[str, Message]:
    """One message of each template, by template; of one that several features use, the first source's."""
    found: dict[str, Message] = {}
    for source in reversed(SOURCES):
        found |= {message.template: message for message in source(file)}
    return found


def _outcomes(file: File) -> list[Message]:
    application, office = file.application, file.office
    line = HistoryLine(NOW, "Yann Le Goff", "Fait")
    told = [
        mail
        for event in Event
        for mail in emails.mails_of(Change(application, application, line, event), office)
    ]
    reminder = emails.payment_reminder(application, office, 1)
    published_no_longer = _publication_withdrawn(application, office)
    return [
        _payment_due(file),
        reminder,
        *told,
        *published_no_longer,
        emails.already_known(application, application, office),
    ]


def _publication_withdrawn(application: Application, office: Office) -> list[Message]:
    active = replace(
        application, status=Status.ACTIVE, answers={**application.answers, "consent_publication": True}
    )
    line = HistoryLine(NOW, active.contact_name, "Accord retiré")
    change = choose(active, Consent.PUBLICATION, Choice(is_given=False, at=NOW), line)
    return emails.consent_mails(change, Consent.PUBLICATION, office)


def _payment_due(file: File) -> Message:
    """An office that went over to free partnerships may have old files to be paid."""
    application = replace(file.application, fee=Fee(9000, (("Établissement", 9000),)))
    accepted = Change(application, application, HistoryLine(NOW, "Yann Le Goff", "Fait"), Event.ACCEPTED)
    (mail,) = emails.mails_of(accepted, file.office)
    return mail


def _questions(file: File) -> list[Message]:
    questions = Questions(
        lambda answers, office: membership_form().as_text(
            dict(answers), all_choices(answers, office, NOW.date())
        )
    )
    history = [
        HistoryLine(NOW, "Maëlle Le Goff", "Demande envoyée"),
        HistoryLine(NOW, "Yann Le Goff", "Compléments demandés", file.reason),
    ]
    case = Case(file.application, file.office, history, NOW.date())
    staff = Addressee(file.approver, "yann.legoff@val.example.org", file.on_behalf_of)
    made = []
    for asked in (questions.confirmation(case), questions.corrections(case), questions.review(case)):
        to = staff if asked.question.role else asked.addressee
        decision = _decision(asked)
        made += [request_mail(decision, to, NOW, "1"), reminder_mail(decision, to, NOW, "2")]
    return made


def payment_request(file: File) -> Message:
    """The mail that asks whether the money has come."""
    asked = Questions(lambda answers, office: []).payment(Case(file.application, file.office, [], NOW.date()))
    return request_mail(_decision(asked), asked.addressee, NOW, "1")


def _decision(asked: Asked) -> Decision:
    expires_at = Calendar(add_working_days).expires_at(asked.question.timetable, NOW)
    return Decision(asked.question, DecisionState.PENDING, (asked.addressee,), NOW, expires_at, ("token",))


def draft_messages(file: File, draft: Draft) -> list[Message]:
    """What the author of a draft gets who stops, then is warned of the purge."""
    desk, office = Desk(), file.office
    kept = {draft.id: draft}

    def put(changed: Draft, purge_at: datetime, mails: Sequence[Message]) -> bool:
        kept[changed.id] = changed
        desk.messages.extend(mails)
        return True

    store = SimpleNamespace(put=put, list_untouched_since=lambda limit: list(kept.values()))
    for days in (1, office.delays.draft_notice_days):
        now = NOW + timedelta(days=days)
        form = drafted_form(lambda _: None, lambda _: False)
        DraftService(form, store, desk, lambda: office, lambda now=now: now).sweep()
    return desk.messages


def _drafts(file: File) -> list[Message]:
    return draft_messages(file, Draft("d1", file.answers, NOW, NOW))


def _login(file: File) -> list[Message]:
    login = Message(
        template="access/login_link",
        to="maelle@hotel.example.fr",
        record="login",
        occasion="1",
        context={
            "person": f"{file.answers.get('first_name', '')} {file.answers.get('last_name', '')}".strip(),
            "minutes": 10,
        },
        link=LinkRequest("/connexion", "m", "m", 600),
    )
    return [login]


SOURCES: tuple[Callable[[File], list[Message]], ...] = (
    _outcomes,
    _questions,
    _drafts,
    _login,
    aid_messages,
    training_messages,
    observatory_messages,
    report_messages,
)
"""What makes the messages, feature by feature: a new one adds a function of its own, in a file of its own."""
