"""What a cancellation costs the person who had the seat, and whom it costs nothing."""

from datetime import timedelta

import pytest

from chalicelib.trainings.statuses import Event, Status

OFFERED = Status.OFFERED
PRICE = 12_000


class TestCost:
    @pytest.fixture
    def session(self, world):
        return world.published(seats=1, price_cents=PRICE)

    def cancelled(self, world, session, one, days):
        world.clock.at = session.plan.starts_at - timedelta(days=days)
        return world.cancels(one, "Imprévu")

    @pytest.mark.parametrize(("days", "due"), [(11, 0), (10, PRICE), (1, PRICE)])
    def test_cancelling_late_costs_what_the_rule_says_and_the_mail_says_it(self, world, session, days, due):
        one = self.cancelled(world, session, world.comes(session), days)
        assert (one.due_cents, one.note) == (due, "Imprévu")
        assert world.mails(one)[-1].context["due"] == ("120,00\u00a0€" if due else "")

    def test_who_waits_or_is_offered_a_seat_owes_nothing(self, world, session, queue):
        ada, bob, cleo, _ = queue
        assert self.cancelled(world, session, cleo, 5).due_cents == 0
        world.cancels(ada)
        assert world.now(bob).status is OFFERED
        assert world.cancels(bob).due_cents == 0

    def test_a_higher_price_is_for_those_who_come_after_it(self, world, session):
        one = world.comes(session)
        world.edited(session, price_cents=99_000)
        assert self.cancelled(world, session, one, 5).due_cents == PRICE
        assert "120,00\u00a0€ restent dus" in world.mails(one)[-1].context["cancellation"]

    def test_nobody_owes_anything_for_a_session_that_the_office_cancelled(self, world, session):
        one = world.comes(session)
        world.called_off(session)
        assert self.cancelled(world, session, one, 5).due_cents == 0

    def test_who_cancels_a_seat_that_was_accepted_a_moment_ago_owes_it(self, world, session, queue):
        ada, bob, *_ = queue
        world.clock.at = session.plan.starts_at - timedelta(days=5)
        world.cancels(ada)
        offered = world.now(bob)
        world.answers(bob, Event.ACCEPTED)
        assert world.service.cancel(offered, "Bob Petit").due_cents == PRICE
