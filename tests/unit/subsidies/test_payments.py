"""The aid file from its notified award to the approved payment, by what happens to it."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.decisions.model import DecisionState
from chalicelib.kernel.clock import paris_day
from chalicelib.subsidies.model import JoinedDocument, OutOfStep
from chalicelib.subsidies.payment_questions import PaymentCase, PaymentQuestions
from chalicelib.subsidies.payments import AlreadyProlonged
from chalicelib.subsidies.statuses import Event, Status
from tests.aid import an_aiding_office
from tests.aid_world import World

IBAN = "FR7630006000011234567890189"


@pytest.fixture
def world() -> World:
    return World()


def case_of(world, file):
    history = world.subsidies.list_history(file.id)
    return PaymentCase(file, world.rules, world.rules, history, paris_day(world.clock()))


def asked(world, file, which):
    return getattr(PaymentQuestions(lambda answers: [("Compte", [("IBAN", answers["iban"])])]), which)(
        case_of(world, file)
    )


def test_a_question_that_was_left_is_taken_back_by_the_round_of_the_process_that_asked(world):
    file = world.proven(world.notified())
    put = asked(world, file, "proofs")
    question = world.desk.open(put.question, put.addressee, "token-1")
    world.service.withdraw(file)
    world.clock.wait(minutes=5)
    assert (world.reconciler.reconcile(), world.payment_reconciler.reconcile()) == (0, 1)
    assert world.decisions.find(question.id).state is DecisionState.WITHDRAWN


class TestProofs:
    def test_proofs_start_the_payment_machine(self, world):
        file = world.proven(world.notified())
        assert (file.status, file.payment_run, file.round) == (Status.PAYMENT_REQUESTED, 1, 2)
        assert world.payment_process.inputs == {"s1-1": {"subsidy_id": "s1"}}
        assert "email" not in file.proofs

    def test_a_refused_classification_ends_the_file_where_nothing_is_paid_then(self, world):
        rules = an_aiding_office()
        scheme = replace(rules.subsidies.schemes[0], if_not_classified="none")
        world.rules = replace(rules, subsidies=replace(rules.subsidies, schemes=(scheme,)))
        file = world.proven(world.notified(), outcome="not_classified")
        assert file.status is Status.UNSUCCESSFUL
        assert world.money.find_year(2027).free == 50_000

    def test_accepted_proofs_make_the_classification_and_the_amount_to_pay(self, world):
        file = world.proven(world.notified(), invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
        file = world.paid_for(file, Event.PROOFS_ACCEPTED)
        assert (file.status, file.payable_cents, file.cents) == (Status.CLASSIFIED, 18_000, 24_000)
        decided = file.classification
        assert (decided.number, decided.level, decided.expires_on) == ("C-38-1", 3, date(2032, 6, 20))

    def test_half_is_paid_after_a_failure_where_the_scheme_says_so(self, world):
        file = world.proven(world.notified(), outcome="not_classified")
        file = world.paid_for(file, Event.PROOFS_ACCEPTED)
        assert (file.status, file.payable_cents, file.classification) == (Status.NOT_CLASSIFIED, 12_000, None)

    def test_refused_proofs_give_the_money_back(self, world):
        file = world.paid_for(
            world.proven(world.notified()), Event.PROOFS_REFUSED, reason="Facture trop ancienne."
        )
        assert (file.status, file.note) == (Status.REFUSED, "Facture trop ancienne.")
        assert world.money.find_year(2027).free == 50_000

    def test_completed_proofs_go_on_in_the_same_run(self, world):
        file = world.paid_for(world.proven(world.notified()), Event.PROOFS_RETURNED)
        again = world.proven(file)
        assert (again.status, again.payment_run) == (Status.PAYMENT_REQUESTED, 1)
        assert list(world.payment_process.runs) == ["s1-1"]

    def test_proofs_that_were_not_completed_leave_the_award_as_it_was(self, world):
        file = world.paid_for(world.proven(world.notified()), Event.PROOFS_RETURNED, Event.PROOFS_EXPIRED)
        assert file.status is Status.VISIT_DONE
        assert world.money.find_year(2027).reserved == 24_000

    def test_a_payment_that_nobody_approved_keeps_its_money(self, world):
        file = world.paid_for(world.proven(world.notified()), Event.PROOFS_ACCEPTED, Event.DECISION_EXPIRED)
        assert file.status is Status.PAYMENT_OVERDUE
        assert world.money.find_year(2027).reserved == 24_000
        file = world.payments.reopen(file, "Claire Martin", "Un oubli")
        assert (file.status, file.payment_run, file.run) == (Status.PAYMENT_REQUESTED, 2, 1)

    def test_what_comes_too_late_changes_nothing(self, world):
        file = world.under_review()
        assert world.paid_for(file, Event.PROOFS_ACCEPTED) == file


class TestVisit:
    def test_the_applicant_tells_how_the_visit_goes_on(self, world):
        file = world.payments.tell_visit(world.notified(), Event.VISIT_ORDERED, date(2027, 4, 1))
        file = world.payments.tell_visit(file, Event.VISIT_MADE, date(2027, 6, 1))
        told = [line.what for line in world.subsidies.list_history("s1")][-2:]
        assert file.status is Status.VISIT_DONE
        assert told == ["Visite commandée le 1er\u00a0avril 2027", "Visite faite le 1er\u00a0juin 2027"]

    def test_a_visit_is_told_of_an_award_only(self, world):
        with pytest.raises(OutOfStep):
            world.payments.tell_visit(world.under_review(), Event.VISIT_ORDERED, date(2027, 4, 1))

    def test_an_award_is_prolonged_once_by_the_months_of_its_scheme(self, world):
        file = world.payments.prolong(world.notified(), "Claire Martin", "Neige")
        assert (file.lapses_on, file.is_prolonged) == (date(2028, 9, 3), True)
        with pytest.raises(AlreadyProlonged):
            world.payments.prolong(file, "Claire Martin", "Encore")

    def test_nothing_is_prolonged_where_the_scheme_knows_of_none(self, world):
        rules = an_aiding_office()
        scheme = replace(rules.subsidies.schemes[0], extension_months=0)
        world.rules = replace(rules, subsidies=replace(rules.subsidies, schemes=(scheme,)))
        with pytest.raises(AlreadyProlonged):
            world.payments.prolong(world.notified(), "Claire Martin", "Neige")


class TestQuestions:
    def test_who_checks_proofs_sees_verdicts_amount_and_a_masked_account(self, world):
        made = asked(world, world.proven(world.notified()), "proofs")
        assert made.addressee.email == "noa.petit@val.example.org"
        assert [outcome.code for outcome in made.question.outcomes] == ["accept", "request_changes", "refuse"]
        assert made.question.dossier["fee_total"] == "240,00\u00a0€"
        assert IBAN not in str(made.question.dossier)
        assert "FR76 •••• 0189" in str(made.question.dossier)

    def test_who_pays_opens_the_bank_details_and_who_checks_reads_for_whom_they_are(self, world):
        file = world.proven(world.notified())
        details = JoinedDocument(
            "bank-details", "RIB", "u9", "rib.pdf", "application/pdf", 9, "ab", ("accounting",)
        )
        file = world.put(file, proof_documents=(details,))
        checked = asked(world, file, "proofs").question
        assert (checked.document("u9"), checked.document("")) == (None, None)
        assert checked.dossier["documents"][0]["only_for"] == "Comptabilité"
        paid = asked(world, world.paid_for(file, Event.PROOFS_ACCEPTED), "payment").question
        assert paid.document("u9")

    def test_an_invoice_from_before_the_pivot_date_cannot_be_accepted(self, world):
        made = asked(world, world.proven(world.notified(), invoiced_on="2027-03-02"), "proofs")
        assert [outcome.code for outcome in made.question.outcomes] == ["request_changes", "refuse"]

    def test_accounting_is_told_the_amount_in_the_subject(self, world):
        file = world.paid_for(world.proven(world.notified()), Event.PROOFS_ACCEPTED)
        made = asked(world, file, "payment")
        assert made.addressee.email == "ali.bensaid@val.example.org"
        assert made.question.title == "paiement d’une aide de 240,00\u00a0€"

    @pytest.mark.parametrize("is_asked", [True, False])
    def test_a_live_session_is_asked_for_where_the_office_wants_it(self, world, is_asked):
        world.rules = an_aiding_office(decisions_need_login=is_asked)
        file = world.paid_for(world.proven(world.notified()), Event.PROOFS_ACCEPTED)
        assert asked(world, file, "payment").question.needs_session is is_asked
        assert not asked(world, file, "proofs").question.needs_session


def test_the_day_until_when_a_visit_has_to_be_proved_is_told_while_it_counts() -> None:
    world = World()
    granted = world.notified()
    assert granted.proof_deadline == granted.lapses_on is not None
    assert world.paid("s2").proof_deadline is None
