"""The mails about aid to classification, made by the code that sends them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from chalicelib.decisions.messages import reminder_mail, request_mail
from chalicelib.decisions.model import Asked, Decision, DecisionState
from chalicelib.decisions.timetable import Calendar
from chalicelib.drafts.model import Draft
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.office.calendar import add_working_days
from chalicelib.office.model import Office
from chalicelib.subsidies import emails
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.directory import ClassifiedPlace, Listed
from chalicelib.subsidies.drafted_form import drafted_form
from chalicelib.subsidies.eligibility import Assessment
from chalicelib.subsidies.model import Beneficiary, Subsidy
from chalicelib.subsidies.payment_questions import PaymentCase, PaymentQuestions
from chalicelib.subsidies.questions import Case, Questions
from chalicelib.subsidies.statuses import Event, Status
from tests.aid import a_partner, aid_answers, an_aiding_office, proof_answers

DOCUMENTS = ("Devis de l’organisme de contrôle", "Déclaration des aides de minimis")
NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)


def aid_messages(file: Any) -> list[Message]:
    """One message of each kind about an aid file, for the file of the tests of mails."""
    office = replace(file.office, subsidies=an_aiding_office().subsidies)
    subsidy = a_subsidy(file)
    line = HistoryLine(NOW, "Claire Martin", "Fait", file.reason)
    told = [
        mail for event in Event for mail in emails.mails_of(Change(subsidy, subsidy, line, event), office)
    ]
    waits = replace(subsidy, status=Status.AWAITING_BUDGET)
    told += emails.mails_of(Change(subsidy, waits, line, Event.ACCEPTED), office)
    return [*told, *_reminders(subsidy, office), *_questions(subsidy, office), *_drafts(file, office)]


def a_subsidy(file: Any) -> Subsidy:
    """An aid file of the person that the tests of mails are about."""
    application = file.application
    return Subsidy(
        id="s1", reference="SUB-7KQ4M2", status=Status.SUBMITTED, status_since=NOW,
        beneficiary=Beneficiary("p1", application.email, application.contact_name, application.business_name),
        answers=aid_answers(), documents=(), created_at=NOW, sent_at=NOW, scheme_id="plan", office_version=1, form_version="1",
        note=file.reason, amount=Amount(24_000, ()), complete_on=NOW.date(), lapses_on=date(2028, 3, 3),
        proofs=proof_answers(), payable=Amount(24_000, ()), paid_on=date(2027, 7, 1), left_on=date(2029, 1, 1),
    )  # fmt: skip


def _reminders(subsidy: Subsidy, office: Office) -> list[Message]:
    partner = a_partner(
        email=subsidy.email,
        contact_name=subsidy.beneficiary.contact_name,
        business_name=subsidy.beneficiary.business_name,
    )
    place = ClassifiedPlace(
        partner.business_name, "furnished_rental", "01160", "Ferney-Voltaire", 3, 6, date(2028, 3, 3)
    )
    renewal = emails.renewal_reminder(Listed(place, partner), office, 365, date(2027, 3, 4))
    return [emails.lapse_reminder(subsidy, office, 15), renewal]


def _questions(subsidy: Subsidy, office: Office) -> list[Message]:
    case = Case(subsidy, Assessment((), Amount(24_000, ())), office, [], NOW.date())
    payment = PaymentCase(subsidy, office, office, [], NOW.date())
    asked = (
        Questions(lambda answers, of_office: []).corrections(case),
        PaymentQuestions(lambda answers: []).corrections(payment),
    )
    return [mail for each in asked for mail in _mails_of(each)]


def _mails_of(asked: Asked) -> list[Message]:
    expires_at = Calendar(add_working_days).expires_at(asked.question.timetable, NOW)
    decision = Decision(
        asked.question, DecisionState.PENDING, (asked.addressee,), NOW, expires_at, ("token",)
    )
    return [mail(decision, asked.addressee, NOW, "1") for mail in (request_mail, reminder_mail)]


def _drafts(file: Any, office: Office) -> list[Message]:
    answers = {
        **aid_answers(establishment_name=file.application.business_name),
        **{name: file.answers[name] for name in ("email", "first_name", "last_name")},
    }
    draft = Draft("d1", answers, NOW, NOW)
    kept, messages = {draft.id: draft}, []

    def put(changed: Draft, purge_at: datetime, mails: Sequence[Message]) -> bool:
        kept[changed.id] = changed
        messages.extend(mails)
        return True

    store: Any = SimpleNamespace(put=put, list_untouched_since=lambda limit: list(kept.values()))
    for days in (1, office.delays.draft_notice_days):
        now = NOW + timedelta(days=days)
        form = drafted_form(lambda _: None, lambda _: False, missing=lambda _: DOCUMENTS)
        DraftService(form, store, SimpleNamespace(), lambda: office, lambda now=now: now).sweep()  # type: ignore[arg-type, misc]
    return messages
