"""Approved payments on their way to the bank and back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.ids import new_secret
from chalicelib.subsidies.batches import (
    NothingToPay,
    PaidBeforeOrdered,
    ProofMissing,
    ReasonMissing,
    total_cents,
)
from chalicelib.subsidies.model import OutOfStep, UnitTaken
from chalicelib.subsidies.statuses import Status
from tests.aid_world import World

ACCOUNTANT = "Ali Bensaïd"
PAID_ON = date(2027, 7, 1)


@pytest.fixture
def world() -> World:
    return World()


def collected(world, *keys):
    files = [world.approved(key) for key in keys]
    batch = world.transfers.create(new_secret(), ACCOUNTANT)
    return batch, [world.service.get(file.id) for file in files]


class TestCollecting:
    def test_a_batch_takes_all_the_approved_payments(self, world):
        batch, files = collected(world, "s1", "s2")
        transfers = world.batches.list_transfers(batch.id)
        assert {file.status for file in files} == {Status.PAYMENT_ORDERED}
        assert (batch.is_closed, batch.execute_on, total_cents(transfers)) == (True, date(2027, 3, 4), 48_000)
        assert {transfer.account.holder for transfer in transfers} == {"Maëlle Le Goff"}

    def test_pressed_twice_it_is_one_batch(self, world):
        world.approved()
        key = new_secret()
        assert world.transfers.create(key, ACCOUNTANT) == world.transfers.create(key, ACCOUNTANT)
        assert len(world.batches.list_all()) == 1

    def test_nothing_is_added_to_a_closed_batch(self, world):
        world.approved("s1")
        key = new_secret()
        batch = world.transfers.create(key, ACCOUNTANT)
        world.approved("s2")
        world.transfers.create(key, ACCOUNTANT)
        assert len(world.batches.list_transfers(batch.id)) == 1
        assert world.service.get("s2").status is Status.PAYMENT_APPROVED

    def test_a_batch_that_was_cut_short_is_completed(self, world):
        world.approved("s1")
        key = new_secret()
        begun = world.transfers._new(key, ACCOUNTANT)
        world.batches.begin(begun)
        batch = world.transfers.create(key, "Claire Martin")
        assert (batch.reference, batch.is_closed) == (begun.reference, True)
        assert len(world.batches.list_transfers(batch.id)) == 1

    def test_a_batch_whose_maker_died_is_completed_some_minutes_later_and_once(self, world):
        world.approved("s1")
        begun = world.batches.begin(world.transfers._new(new_secret(), ACCOUNTANT))
        assert world.transfers.finish_left_open() == 0, "it is still in good hands"
        world.clock.wait(minutes=5)
        assert (world.transfers.finish_left_open(), world.transfers.finish_left_open()) == (1, 0)
        assert world.transfers.get(begun.id).is_closed
        assert [one.subsidy_id for one in world.batches.list_transfers(begun.id)] == ["s1"]
        assert world.service.get("s1").status is Status.PAYMENT_ORDERED

    def test_without_an_approved_payment_there_is_no_batch(self, world):
        world.notified()
        with pytest.raises(NothingToPay):
            world.transfers.create(new_secret(), ACCOUNTANT)
        assert world.batches.list_all() == []


class TestMarking:
    def test_a_paid_aid_is_spent_and_what_it_did_not_need_is_free(self, world):
        world.approved(invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
        world.transfers.create(new_secret(), ACCOUNTANT)
        file = world.transfers.mark_paid(world.service.get("s1"), ACCOUNTANT, PAID_ON, "R-2027-07")
        envelope = world.money.find_year(2027)
        assert (file.status, file.paid_on) == (Status.PAID, PAID_ON)
        assert (envelope.free, envelope.reserved, envelope.consumed) == (32_000, 0, 18_000)
        assert [aid.cents for aid in world.register.read([file.owner]).all] == [18_000]

    def test_its_accommodation_is_helped_again_in_the_window_before_the_classification_ends(self, world):
        paid = world.paid("s1")
        number = str(paid.answers["registration_number"])
        assert paid.renewable_from == date(2031, 6, 20), "a year before the end of five"
        world.clock.at = datetime(2031, 6, 19, 12, tzinfo=UTC)
        with pytest.raises(UnitTaken):
            world.sent("s2", registration_number=number)
        world.clock.wait(days=1)
        again = world.sent("s2", registration_number=number)
        assert again.units == paid.units
        single = world.assessor.assess(again, date(2031, 6, 20)).assessment.verdicts[-2]
        assert (single.label, single.is_blocking) == (
            "Une seule aide par hébergement et par classement",
            False,
        )

    def test_after_a_failure_that_was_paid_it_may_be_tried_again_at_once(self, world):
        paid = world.paid("s1", outcome="not_classified")
        number = str(paid.answers["registration_number"])
        world.clock.at = datetime.combine(PAID_ON, time(12), UTC)
        assert (paid.status, paid.classification) == (Status.PAID, None)
        assert world.sent("s2", registration_number=number).units == paid.units

    def test_nothing_is_paid_without_proof(self, world):
        _, (file,) = collected(world, "s1")
        with pytest.raises(ProofMissing):
            world.transfers.mark_paid(file, ACCOUNTANT, PAID_ON, "  ")

    def test_no_transfer_is_on_a_statement_before_it_was_ordered(self, world):
        batch, (file,) = collected(world, "s1")
        ordered_on = paris_day(batch.created_at)
        with pytest.raises(PaidBeforeOrdered):
            world.transfers.mark_paid(file, ACCOUNTANT, ordered_on - timedelta(days=1), "R-2027-07")
        assert world.transfers.mark_paid(file, ACCOUNTANT, ordered_on, "R-2027-07").status is Status.PAID

    def test_a_failed_transfer_keeps_its_money_and_has_a_reason(self, world):
        _, (file,) = collected(world, "s1")
        with pytest.raises(ReasonMissing):
            world.transfers.mark_failed(file, ACCOUNTANT, " ")
        file = world.transfers.mark_failed(file, ACCOUNTANT, "Compte clos")
        assert (file.status, file.note) == (Status.PAYMENT_FAILED, "Compte clos")
        assert world.money.find_year(2027).reserved == 24_000

    def test_a_failed_transfer_is_made_again_under_another_identifier(self, world):
        first, (file,) = collected(world, "s1")
        world.transfers.retry(world.transfers.mark_failed(file, ACCOUNTANT, "Banque fermée"), ACCOUNTANT)
        second = world.transfers.create(new_secret(), ACCOUNTANT)
        one, two = (world.batches.list_transfers(batch.id)[0] for batch in (first, second))
        assert one.end_to_end_id != two.end_to_end_id

    def test_a_transfer_that_was_thought_failed_may_turn_out_paid(self, world):
        _, (file,) = collected(world, "s1")
        file = world.transfers.mark_failed(file, ACCOUNTANT, "Rejet annoncé")
        assert world.transfers.mark_paid(file, ACCOUNTANT, PAID_ON, "R-8").status is Status.PAID

    def test_new_bank_details_are_checked_again(self, world):
        _, (file,) = collected(world, "s1")
        file = world.proven(world.transfers.mark_failed(file, ACCOUNTANT, "Compte clos"))
        assert (file.status, file.payment_run) == (Status.PAYMENT_REQUESTED, 2)

    def test_a_paid_aid_is_not_paid_again(self, world):
        _, (file,) = collected(world, "s1")
        file = world.transfers.mark_paid(file, ACCOUNTANT, PAID_ON, "R-8")
        for again in (
            lambda: world.transfers.mark_paid(file, ACCOUNTANT, PAID_ON, "R-9"),
            lambda: world.transfers.mark_failed(file, ACCOUNTANT, "Non"),
            lambda: world.service.withdraw(file),
        ):
            with pytest.raises(OutOfStep):
                again()

    def test_money_on_its_way_cannot_be_withdrawn(self, world):
        _, (file,) = collected(world, "s1")
        with pytest.raises(OutOfStep):
            world.service.withdraw(file)
