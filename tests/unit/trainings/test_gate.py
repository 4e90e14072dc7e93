"""Who may register for a session, from when on, and in which class of the queue."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.office.trainings import NoShowRule
from chalicelib.trainings.gate import (
    GUEST,
    NOT_PUBLISHED,
    STARTED,
    Visitor,
    check_audience,
    check_open,
    closed_to,
    priority_of,
)
from chalicelib.trainings.model import NotAudience, RegistrationClosed
from chalicelib.trainings.plan import plan_of
from chalicelib.trainings.seats import Priority
from chalicelib.trainings.statuses import SessionStatus
from tests.training import NOW, session_answers
from tests.training_world import World

HOTEL = Visitor(True, "hotel", "01160")
STARTS = datetime(2027, 5, 4, 7, tzinfo=UTC)
TODAY = date(2027, 3, 3)
RULE = NoShowRule(2, 12)
FREE, PAID = plan_of(session_answers()), plan_of(session_answers(price_cents=1))


def plan(**answers):
    return plan_of(session_answers(**answers))


class TestOpen:
    @pytest.fixture
    def session(self):
        return World().published()

    def test_registrations_are_taken_until_the_session_begins(self, session):
        check_open(session, STARTS - timedelta(seconds=1))
        with pytest.raises(RegistrationClosed) as closed:
            check_open(session, STARTS)
        assert str(closed.value) == STARTED

    def test_a_session_below_its_minimum_is_open(self, session):
        check_open(replace(session, status=SessionStatus.AT_RISK), NOW)

    @pytest.mark.parametrize(
        "status",
        [
            SessionStatus.DRAFT,
            SessionStatus.AWAITING_APPROVAL,
            SessionStatus.CANCELLED,
            SessionStatus.CLOSED,
        ],
    )
    def test_nobody_registers_for_what_is_not_published_or_over(self, session, status):
        with pytest.raises(RegistrationClosed) as closed:
            check_open(replace(session, status=status), NOW)
        assert str(closed.value) == NOT_PUBLISHED

    def test_a_session_without_dates_takes_nobody(self, session):
        with pytest.raises(RegistrationClosed):
            check_open(replace(session, answers={}), NOW)


class TestAudience:
    def test_what_is_for_everybody_is_for_guests_too(self):
        for visitor in (GUEST, HOTEL):
            check_audience(plan(), visitor, NOW)

    def test_what_is_for_partners_is_for_no_guest(self):
        with pytest.raises(NotAudience, match="réservée aux partenaires"):
            check_audience(plan(audience="partners"), GUEST, NOW)
        check_audience(plan(audience="partners"), HOTEL, NOW)

    def test_partners_come_first_until_a_fortnight_before(self):
        first = plan(audience="partners_first", partners_first_days=14)
        opens = datetime(2027, 4, 19, 22, tzinfo=UTC)
        check_audience(first, HOTEL, NOW)
        sentence = closed_to(first, GUEST, opens - timedelta(seconds=1))
        assert sentence == (
            "Les partenaires de l’office s’inscrivent d’abord\u00a0: cette session s’ouvre à tous le mardi 20\u00a0avril 2027. "
            "Si vous êtes partenaire, connectez-vous."
        )
        assert closed_to(first, GUEST, opens) == ""

    def test_a_session_for_some_trades_is_for_partners_of_these(self):
        narrow = plan(categories=["hotel", "campsite"])
        assert closed_to(narrow, HOTEL, NOW) == ""
        assert "d’autres activités" in closed_to(narrow, replace(HOTEL, category="shop"), NOW)
        assert "réservée aux partenaires" in closed_to(narrow, GUEST, NOW)

    def test_a_session_for_some_communes_is_for_partners_of_these(self):
        narrow = plan(communes=["01160"])
        assert closed_to(narrow, HOTEL, NOW) == ""
        assert "d’autres communes" in closed_to(narrow, replace(HOTEL, commune="01281"), NOW)
        assert "réservée aux partenaires" in closed_to(narrow, GUEST, NOW)

    def test_a_session_for_some_never_opens_to_guests_even_when_partners_come_first(self):
        narrow = plan(categories=["hotel"], audience="partners_first", partners_first_days=14)
        assert "réservée aux partenaires" in closed_to(narrow, GUEST, NOW)
        assert "réservée aux partenaires" in closed_to(narrow, GUEST, STARTS - timedelta(hours=1))


class TestPriority:
    def test_two_free_sessions_missed_within_a_year_mean_the_end_of_the_queue(self):
        missed = [date(2026, 3, 4), date(2027, 2, 1)]
        assert priority_of(FREE, missed, RULE, TODAY) is Priority.LAST

    @pytest.mark.parametrize(
        "missed",
        [
            [],
            [date(2027, 2, 1)],
            [date(2026, 3, 3), date(2027, 2, 1)],
            [date(2027, 2, 1), date(2027, 3, 4)],
        ],
    )
    def test_fewer_or_older_ones_do_not(self, missed):
        assert priority_of(FREE, missed, RULE, TODAY) is Priority.REGULAR

    def test_today_counts(self):
        assert priority_of(FREE, [date(2027, 2, 1), TODAY], RULE, TODAY) is Priority.LAST

    def test_a_year_before_the_29th_of_february_began_on_the_28th(self):
        leap, missed = date(2028, 2, 29), [date(2027, 3, 1), date(2028, 1, 1)]
        assert priority_of(FREE, missed, RULE, leap) is Priority.LAST
        assert priority_of(FREE, [date(2027, 2, 28), date(2028, 1, 1)], RULE, leap) is Priority.REGULAR

    def test_who_pays_is_never_put_last_nor_is_anybody_without_a_rule(self):
        missed = [date(2027, 1, 1), date(2027, 2, 1)]
        assert priority_of(PAID, missed, RULE, TODAY) is Priority.REGULAR
        assert priority_of(FREE, missed, None, TODAY) is Priority.REGULAR
