"""Who has an end before them is reminded of it, each time once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.subsidies.statuses import Event, Status
from tests.aid import a_partner, an_aiding_office
from tests.aid_world import World

DECLARED = {"star_rating": 2, "classified_until": "2028-03-31", "commune": "01160"}
LAPSE, RENEWAL = "subsidies/lapse_reminder", "subsidies/renewal_reminder"


@pytest.fixture
def world() -> World:
    return World()


def sent(world: World, year: int, month: int, day: int) -> int:
    """How many mails a round adds in the morning of that day."""
    world.clock.at = datetime(year, month, day, 6, 30, tzinfo=UTC)
    return world.reminders.send()


def last(world: World):
    return world.outbox.messages[-1]


class TestAwards:
    """The letter left on 3 March 2027: the award lapses after 3 March 2028; mails go 60 and 15 days before."""

    def test_each_reminder_goes_once_on_its_day(self, world):
        file = world.notified()
        days = [
            (2028, 1, 2),
            (2028, 1, 3),
            (2028, 1, 3),
            (2028, 2, 16),
            (2028, 2, 17),
            (2028, 3, 3),
            (2028, 3, 4),
        ]
        assert [sent(world, *day) for day in days] == [0, 1, 0, 0, 1, 0, 0]
        assert world.mails(file).count(LAPSE) == 2
        assert last(world).context["lapses_on"] == "vendredi 3\u00a0mars 2028"

    def test_a_missed_one_gives_way_to_the_next(self, world):
        world.notified()
        assert [sent(world, 2028, 2, day) for day in (20, 21)] == [1, 0]
        assert last(world).occasion == "lapse-2028-03-03-15"

    def test_more_time_makes_new_ones(self, world):
        file = world.notified()
        assert sent(world, 2028, 2, 17) == 1
        world.payments.prolong(world.service.get(file.id), "Claire Martin", "Neige")
        assert [sent(world, 2028, *day) for day in ((2, 18), (7, 5), (8, 19), (8, 20))] == [0, 1, 1, 0]

    def test_what_was_over_before_the_letter_is_not_made_good(self, world):
        world.put(world.notified(), lapses_on=date(2027, 4, 20))
        assert [sent(world, 2027, 3, 4), sent(world, 2027, 4, 5)] == [0, 1]
        assert last(world).occasion == "lapse-2027-04-20-15"

    def test_on_the_days_on_which_the_clocks_change_and_in_a_leap_year(self, world):
        world.put(world.notified(), lapses_on=date(2027, 5, 27), notified_on=date(2027, 1, 1))
        assert [sent(world, 2027, 3, day) for day in (27, 28, 29)] == [0, 1, 0]
        world.put(world.service.get("s1"), lapses_on=date(2027, 12, 30))
        assert [sent(world, 2027, *day) for day in ((10, 30), (10, 31), (11, 1))] == [0, 1, 0]
        world.put(world.service.get("s1"), lapses_on=date(2028, 3, 15))
        assert [sent(world, 2028, 2, day) for day in (28, 29)] == [1, 1]

    def test_who_has_sent_proofs_is_left_alone(self, world):
        world.proven(world.notified())
        assert sent(world, 2028, 2, 17) == 0

    @pytest.mark.parametrize("happened", ["prolonged", "proven"])
    def test_a_list_that_lags_behind_reminds_nobody(self, world, monkeypatch, happened):
        stale = [world.notified()]
        if happened == "prolonged":
            world.payments.prolong(stale[0], "Claire Martin", "Neige")
        else:
            world.proven(stale[0])
        monkeypatch.setattr(
            world.subsidies, "list_in_status", lambda status: stale if status is Status.GRANTED else []
        )
        assert sent(world, 2028, 2, 17) == 0

    def test_a_day_begins_at_midnight_in_paris(self, world):
        world.notified()
        world.clock.at = datetime(2028, 2, 16, 22, 59, tzinfo=UTC)
        assert world.reminders.send() == 1
        world.clock.at = datetime(2028, 2, 16, 23, 0, tzinfo=UTC)
        assert world.reminders.send() == 1


class TestClassifications:
    """Decided on 20 June 2027: good until 20 June 2032; mails go 365, 180, 90 and 30 days before."""

    def test_everybody_in_the_directory_is_reminded_each_time_once(self, world):
        world.paid()
        days = [(2031, 6, 20), (2031, 6, 21), (2031, 6, 22), (2031, 12, 22), (2031, 12, 23)]
        world.partners.partners["p1"] = a_partner(active_until=date(2040, 12, 31))
        assert [sent(world, *day) for day in days] == [0, 1, 0, 0, 1]
        assert [sent(world, 2032, *day) for day in ((3, 22), (5, 21), (6, 20), (6, 21))] == [1, 1, 0, 0]
        assert {mail.message.template for mail in world.outbox.list_by_record("p1")} == {RENEWAL}

    def test_a_declared_classification_counts_as_well(self, world):
        world.partners.partners["p1"] = a_partner(answers=DECLARED)
        assert [sent(world, 2027, *day) for day in ((3, 31), (4, 1), (4, 1))] == [0, 1, 0]

    @pytest.mark.parametrize(
        ("on", "words"), [((2031, 9, 1), "dès aujourd’hui"), ((2031, 6, 20), "dès aujourd’hui"), ((2031, 6, 19), "à partir du 20\u00a0juin 2031")]
    )  # fmt: skip
    def test_it_says_from_when_a_renewal_may_be_helped(self, world, on, words):
        rules = an_aiding_office(renewal_reminder_days=[700])
        scheme = replace(rules.subsidies.schemes[0], renewal_window_months=12)
        world.rules = replace(rules, subsidies=replace(rules.subsidies, schemes=(scheme,)))
        world.partners.partners["p1"] = a_partner(active_until=date(2040, 12, 31))
        world.paid()
        assert sent(world, *on) == 1
        assert last(world).context["helped_from"] == words
        assert last(world).context["expires_on"] == "dimanche 20\u00a0juin 2032"

    def test_it_promises_nothing_that_no_scheme_covers(self, world):
        rules = an_aiding_office()
        world.rules = replace(rules, subsidies=replace(rules.subsidies, schemes=()))
        world.partners.partners["p1"] = a_partner(answers=DECLARED)
        assert sent(world, 2027, 4, 1) == 1
        assert last(world).context["helped_from"] == ""

    def test_an_office_without_an_aid_reminds_nobody(self, world):
        world.partners.partners["p1"] = a_partner(answers=DECLARED)
        world.rules = replace(world.rules, subsidies=None)
        assert sent(world, 2027, 4, 1) == 0


def test_an_award_that_failed_is_not_reminded_of(world):
    world.told(world.notified(), Event.WITHDRAWN)
    assert sent(world, 2028, 2, 17) == 0
