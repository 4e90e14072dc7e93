"""What an award asks of who got it, and what staff note about it."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.subsidies.batches import ProofMissing
from chalicelib.subsidies.model import OutOfStep
from chalicelib.subsidies.obligations import (
    LeftBeforePayment,
    NothingToRepay,
    Obligations,
    ObligationService,
    obligations_of,
)
from chalicelib.subsidies.statuses import Status
from tests.aid_world import World

NOA = "Noa Petit"
HALF = date(2028, 12, 30)
"""548 of 1096 days after the payment, of 240 €."""


@pytest.fixture
def world() -> World:
    return World()


def service(world: World) -> ObligationService:
    return ObligationService(world.subsidies, world.office_at, world.clock)


def seen(world: World, file, on=HALF, **scheme):
    return obligations_of(file, replace(world.rules.aid.schemes[0], **scheme), on)


class TestWhatIsOpen:
    def test_an_award_is_to_be_used_in_time_and_may_be_prolonged_once(self, world):
        file = world.notified()
        end, longer = date(2028, 3, 3), date(2028, 9, 3)
        assert seen(world, file) == Obligations(lapses_on=end, prolonged_to=longer)
        assert seen(world, file, extension_months=0) == Obligations(lapses_on=end)
        file = world.payments.prolong(file, NOA, "Neige")
        assert seen(world, file) == Obligations(lapses_on=longer)

    def test_who_was_paid_is_bound_and_is_told_what_leaving_would_cost_today(self, world):
        file = world.paid()
        assert seen(world, file) == Obligations(engaged_until=date(2030, 7, 1), if_left_today=12_000)
        assert not seen(world, file, engagement_years=0).are_any

    def test_who_left_owes_what_was_left_that_day_whatever_the_day_today(self, world):
        file = service(world).leave(world.paid(), NOA, HALF)
        found = seen(world, file, on=date(2030, 1, 1))
        assert found == Obligations(engaged_until=date(2030, 7, 1), left_on=HALF, to_repay=12_000)

    def test_nothing_is_open_before_the_letter_on_the_way_to_the_payment_and_after_the_end(self, world):
        assert not seen(world, world.accepted("s1")).are_any
        assert not seen(world, world.approved("s2")).are_any
        world.put(world.service.get("s2"), status=Status.CLOSED, paid_on=date(2027, 7, 1))
        assert not seen(world, world.service.get("s2")).are_any


class TestLeaving:
    def test_a_departure_is_told_in_the_history_and_by_mail_with_its_amount(self, world):
        file = service(world).leave(world.paid(), NOA, HALF)
        assert (file.status, file.left_on) == (Status.REPAYMENT_DUE, HALF)
        line = world.subsidies.list_history("s1")[-1]
        assert (line.who, line.what) == (
            NOA,
            "Départ le 30\u00a0décembre 2028\u00a0: 120,00\u00a0€ à rembourser",
        )
        assert world.outbox.messages[-1].context["to_repay"] == "120,00\u00a0€"

    def test_on_the_first_day_all_goes_back_and_from_the_last_on_nothing(self, world):
        file = world.paid()
        assert service(world).to_repay(file, date(2027, 7, 1)) == 24_000
        assert service(world).to_repay(file, date(2030, 6, 30)) == 22
        with pytest.raises(NothingToRepay):
            service(world).leave(file, NOA, date(2030, 7, 1))
        assert world.service.get("s1").status is Status.PAID

    def test_nobody_leaves_before_the_payment(self, world):
        with pytest.raises(LeftBeforePayment):
            service(world).leave(world.paid(), NOA, date(2027, 6, 30))

    @pytest.mark.parametrize("status", [Status.PAYMENT_ORDERED, Status.REPAYMENT_DUE, Status.CLOSED])
    def test_only_who_was_paid_can_leave(self, world, status):
        file = world.put(world.paid(), status=status)
        for note in (
            lambda: service(world).to_repay(file, HALF),
            lambda: service(world).leave(file, NOA, HALF),
        ):
            with pytest.raises(OutOfStep):
                note()

    def test_the_money_stays_spent(self, world):
        service(world).leave(world.paid(), NOA, HALF)
        assert world.money.find_year(2027).consumed == 24_000

    def test_a_page_that_is_too_old_changes_nothing(self, world):
        file = world.paid()
        service(world).leave(file, NOA, HALF)
        with pytest.raises(ChangedMeanwhile):
            service(world).leave(file, NOA, date(2029, 1, 1))


class TestRepaying:
    def test_a_repayment_on_a_statement_closes_the_file(self, world):
        file = service(world).leave(world.paid(), NOA, HALF)
        file = service(world).note_repayment(file, "Ali Bensaïd", " R-77 ")
        assert file.status is Status.CLOSED
        assert world.subsidies.list_history("s1")[-1].what == "Remboursement reçu, relevé R-77"

    def test_without_a_statement_it_is_not_proved(self, world):
        file = service(world).leave(world.paid(), NOA, HALF)
        with pytest.raises(ProofMissing):
            service(world).note_repayment(file, "Ali Bensaïd", "  ")

    def test_nobody_repays_who_does_not_owe(self, world):
        with pytest.raises(OutOfStep):
            service(world).note_repayment(world.paid(), "Ali Bensaïd", "R-77")

    def test_an_engagement_that_was_broken_does_not_end_by_itself(self, world):
        service(world).leave(world.paid(), NOA, HALF)
        world.clock.wait(days=2000)
        assert world.deadlines.keep() == 0
