"""What is mailed about an award after its letter: by what happens, once, and never the whole account number."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.subsidies import emails
from chalicelib.subsidies.changes import apply
from chalicelib.subsidies.obligations import ObligationService
from chalicelib.subsidies.statuses import Event
from tests.aid_world import World

IBAN = "FR7630006000011234567890189"


@pytest.fixture
def world() -> World:
    return World()


def last(world: World):
    return world.outbox.messages[-1]


def test_proofs_payment_and_failure_are_told(world):
    world.paid()
    told = [mail.template for mail in world.outbox.messages]
    assert told[-2:] == ["subsidies/proofs_received", "subsidies/paid"]
    said = last(world).context
    assert (said["payable"], said["paid_on"]) == ("240,00\u00a0€", "1er\u00a0juillet 2027")
    assert (said["account"], said["engaged_until"]) == ("FR76 •••• 0189", "1er\u00a0juillet 2030")


def test_an_aid_without_an_engagement_binds_to_nothing(world):
    scheme = replace(world.rules.aid.schemes[0], engagement_years=0)
    world.rules = replace(world.rules, subsidies=replace(world.rules.aid, schemes=(scheme,)))
    world.paid()
    assert last(world).context["engaged_until"] == ""


def test_a_transfer_that_came_back_is_told_with_its_reason(world):
    file = world.approved()
    world.transfers.create("batch", "Ali Bensaïd")
    world.transfers.mark_failed(world.service.get(file.id), "Ali Bensaïd", "Compte clos.")
    assert (last(world).template, last(world).context["reason"]) == (
        "subsidies/payment_failed",
        "Compte clos.",
    )


def test_refused_proofs_are_told_with_the_reason(world):
    file = world.proven(world.notified())
    world.paid_for(file, Event.PROOFS_REFUSED, reason="Facture trop ancienne.")
    assert last(world).template == "subsidies/payment_refused"
    assert last(world).context["reason"] == "Facture trop ancienne."


def test_more_time_is_told_with_its_end_and_its_reason(world):
    world.payments.prolong(world.notified(), "Claire Martin", "La neige.")
    said = last(world).context
    assert (last(world).template, said["lapses_short"]) == ("subsidies/prolonged", "3\u00a0septembre 2028")
    assert said["reason"] == "La neige."


def test_who_left_is_told_how_much_goes_back(world):
    file = world.paid()
    line = HistoryLine(world.clock(), "Claire Martin", "Départ")
    change = apply(file, Event.LEFT, line, left_on=date(2028, 12, 31))
    (mail,) = emails.mails_of(change, world.rules)
    assert mail.template == "subsidies/repayment_due"
    assert mail.context["to_repay"] == "119,78\u00a0€"


def test_a_late_payment_is_not_called_a_late_application(world):
    file = world.paid_for(world.proven(world.notified()), Event.PROOFS_ACCEPTED, Event.DECISION_EXPIRED)
    late = [mail for mail in world.outbox.messages if "late" in mail.template]
    assert {mail.context["matter"] for mail in late} == {"demande de paiement"}
    assert {mail.to for mail in late} == {file.email, "claire.martin@val.example.org"}
    world.payments.reopen(file, "Claire Martin", "Un oubli")
    assert last(world).context["matter"] == "demande de paiement"


def test_a_late_answer_to_an_application_is_called_so(world):
    world.told(world.under_review(), Event.DECISION_EXPIRED)
    assert last(world).context["matter"] == "demande d’aide"


def test_no_mail_ever_holds_the_account_number(world):
    world.paid("s1")
    file = world.approved("s2")
    world.transfers.create("batch", "Ali Bensaïd")
    world.transfers.mark_failed(world.service.get(file.id), "Ali Bensaïd", "Compte clos.")
    assert len(world.outbox.messages) == 8
    assert all(IBAN not in str(mail.context) for mail in world.outbox.messages)


def test_the_end_of_an_engagement_is_told_once_with_what_stays(world):
    world.paid()
    world.clock.at = datetime(2030, 7, 1, 6, tzinfo=UTC)
    assert [world.deadlines.keep(), world.deadlines.keep()] == [1, 0]
    assert [mail.template for mail in world.outbox.messages].count("subsidies/engagement_ended") == 1
    said = last(world).context
    assert (said["payable"], said["engaged_until"]) == ("240,00\u00a0€", "1er\u00a0juillet 2030")


def test_an_aid_that_binds_to_nothing_is_closed_without_a_word(world):
    scheme = replace(world.rules.aid.schemes[0], engagement_years=0)
    world.rules = replace(world.rules, subsidies=replace(world.rules.aid, schemes=(scheme,)))
    world.paid()
    world.clock.at = datetime(2027, 7, 2, 6, tzinfo=UTC)
    assert world.deadlines.keep() == 1
    assert last(world).template == "subsidies/paid"


def test_what_was_given_back_is_acknowledged_with_its_amount(world):
    obligations = ObligationService(world.subsidies, world.office_at, world.clock)
    left = obligations.leave(world.paid(), "Claire Martin", date(2028, 12, 30))
    obligations.note_repayment(left, "Ali Bensaïd", "R-9")
    assert (last(world).template, last(world).context["to_repay"]) == ("subsidies/repaid", "120,00\u00a0€")


def test_mails_about_a_forgotten_account_have_its_last_signs_as_before(world):
    world.paid()
    world.clock.at = datetime(2030, 7, 1, 6, tzinfo=UTC)
    world.bank_details.forget()
    world.deadlines.keep()
    assert last(world).context["account"] == "FR76 •••• 0189"
