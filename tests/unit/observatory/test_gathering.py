"""Each lodging is asked once a month, reminded three times a week apart at most, and heard until the month is closed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.observatory.doubts import Doubt, Doubtful
from chalicelib.observatory.gathering import Gathering
from chalicelib.observatory.model import Establishment, MonthClosed, ReturnUnknown, Source
from chalicelib.observatory.voices import Said
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReturns
from tests.observatory import HOTEL, MARCH
from tests.observatory_office import an_observatory_office

LAKE = replace(HOTEL, id="hotel-2", name="Hôtel du Lac", email="lac@example.org")


@dataclass
class House:
    panel: list[Establishment] = field(default_factory=lambda: [HOTEL, LAKE])
    now: datetime = datetime(2027, 4, 3, 7, 0, tzinfo=UTC)
    office: object = field(
        default_factory=lambda: an_observatory_office(entry_opens_day=3, entry_closes_days=25)
    )

    def __post_init__(self) -> None:
        self.outbox = FakeOutbox()
        self.returns = FakeReturns(self.outbox)
        self.gathering = Gathering(self, self.returns, lambda: self.office, lambda: self.now)

    def list_active(self) -> Sequence[Establishment]:
        return self.panel

    def later(self, days: int) -> "House":
        self.now += timedelta(days=days)
        return self

    def sent(self) -> list[str]:
        return [f"{mail.template.rpartition('/')[2]} {mail.to}" for mail in self.outbox.messages]

    def round(self) -> tuple[int, int]:
        return self.gathering.ask_due(), self.gathering.remind_due()

    def march(self, establishment: Establishment = HOTEL):
        return self.gathering.get("2027-03", establishment.commune, establishment.id)


@pytest.fixture
def house() -> House:
    return House()


def test_everybody_is_asked_once_by_a_mail_with_a_link_that_lasts_until_the_month_is_closed(house: House):
    assert house.round() == (2, 0)
    assert house.round() == (0, 0)
    assert house.sent() == ["asked cimes@example.org", "asked lac@example.org"]
    link = house.outbox.messages[0].link
    assert link is not None
    assert (link.path, link.subject, link.holder) == (
        "/observatoire/saisie", "2027-03#01210#hotel-1", "cimes@example.org",
    )  # fmt: skip
    closes = datetime(2027, 4, 25, 22, 0, tzinfo=UTC)
    assert link.valid_for_seconds == int((closes - house.now).total_seconds())


def test_nobody_is_asked_before_the_day(house: House):
    house.now = datetime(2027, 4, 2, 7, 0, tzinfo=UTC)
    assert house.round() == (0, 0)


def test_who_joins_later_in_the_month_is_asked_too(house: House):
    house.panel = [HOTEL]
    house.round()
    house.panel.append(LAKE)
    assert house.later(1).round() == (1, 0)


def test_who_gave_nothing_is_reminded_three_times_and_then_left_in_peace(house: House):
    counts = [house.round()[1], *(house.later(1).round()[1] for _ in range(24))]
    assert [day for day, count in enumerate(counts) if count] == [7, 14, 21]
    assert len(house.outbox.messages) == 2 + 3 * 2


def test_rounds_that_were_missed_are_made_up_for_once_and_not_all_together(house: House):
    house.round()
    assert house.later(16).round()[1] == 2
    assert house.later(1).round()[1] == 0
    assert house.later(6).round()[1] == 2


def test_who_gave_figures_is_not_reminded(house: House):
    house.round()
    house.gathering.give(house.march(), MARCH, {"CH": 3}, "Claire Martin")
    assert house.later(7).round() == (0, 1)
    assert house.sent()[-1] == "reminder lac@example.org"


def test_figures_are_kept_with_who_gave_them_and_corrected_until_the_month_is_closed(house: House):
    house.round()
    given = house.gathering.give(house.march(), MARCH, {"CH": 3}, "Claire Martin")
    assert house.march() == given
    assert (given.given_by, given.source, given.given_at) == ("Claire Martin", Source.TYPED, house.now)
    house.later(22)
    corrected = house.gathering.give(given, {}, {}, "Claire Martin")
    assert corrected.version == given.version + 1
    told = [line.what for line in house.returns.list_history(corrected)]
    assert told == ["Chiffres demandés", "Chiffres donnés", "Chiffres corrigés"]
    with pytest.raises(MonthClosed):
        house.later(1).gathering.give(corrected, MARCH, {}, "Claire Martin")


def test_the_same_figures_again_are_no_change(house: House):
    house.round()
    given = house.gathering.give(house.march(), MARCH, {"CH": 3}, "Claire Martin")
    assert house.gathering.give(given, MARCH, {"CH": 3}, "Claire Martin") is given


def test_a_file_leaves_what_was_said_beside_the_figures_and_the_form_changes_it(house: House):
    house.round()
    said = Said(booked={"2027-05": 12})
    given = house.gathering.give(house.march(), MARCH, {}, "Claire Martin", said=said)
    filed = house.gathering.give(given, {}, {}, "Claire Martin", Source.FILE)
    assert filed.said == said
    typed = house.gathering.give(filed, {}, {}, "Claire Martin", said=Said())
    assert (typed.said, typed.version) == (Said(), filed.version + 1)


def test_of_two_who_send_at_once_the_second_is_told(house: House):
    house.round()
    asked = house.march()
    house.gathering.give(asked, MARCH, {}, "Claire Martin")
    with pytest.raises(ChangedMeanwhile):
        house.gathering.give(asked, {}, {}, "Yann Le Goff")


def test_what_was_never_asked_is_unknown(house: House):
    with pytest.raises(ReturnUnknown):
        house.march()


def test_a_lodging_of_another_territory_is_not_asked(house: House):
    house.panel = [HOTEL, replace(LAKE, commune="38416")]
    assert house.round() == (1, 0)


def test_an_office_that_observes_nothing_asks_nobody(house: House):
    house.office = replace(house.office, observatory=None)
    assert house.round() == (0, 0)


DOUBTFUL = Doubtful(Doubt.FULL, "Tout est loué, chaque nuit du mois.")


def test_a_figure_is_asked_about_once_and_the_establishment_alone_is_told(house: House):
    house.round()
    given = house.gathering.give(house.march(), MARCH, {}, "Claire Martin")
    asked = house.later(1).gathering.question(given, DOUBTFUL, "Noa Petit")
    assert house.gathering.question(asked, DOUBTFUL, "Noa Petit") is asked
    assert house.sent()[-1] == "question cimes@example.org"
    assert len(house.outbox.messages) == 3
    line = house.returns.list_history(asked)[-1]
    assert (line.who, line.what, line.reason) == ("Noa Petit", "Question posée", DOUBTFUL.sentence)


def test_a_confirmation_is_kept_once_and_ends_with_other_figures(house: House):
    house.round()
    given = house.gathering.give(house.march(), MARCH, {}, "Claire Martin")
    confirmed = house.gathering.confirm(given, "Claire Martin")
    assert confirmed.confirmed_at == house.now
    assert house.gathering.confirm(confirmed, "Claire Martin") is confirmed
    assert house.gathering.give(confirmed, {}, {}, "Claire Martin").confirmed_at is None
    told = [line.what for line in house.returns.list_history(confirmed)]
    assert told == ["Chiffres demandés", "Chiffres donnés", "Chiffres confirmés", "Chiffres corrigés"]


def test_nothing_can_be_confirmed_that_was_not_given(house: House):
    house.round()
    asked = house.march()
    assert house.gathering.confirm(asked, "Claire Martin") is asked


def test_a_closed_month_is_neither_asked_about_nor_confirmed_nor_linked_to(house: House):
    house.round()
    given = house.gathering.give(house.march(), MARCH, {}, "Claire Martin")
    house.later(30)
    for act in (
        lambda: house.gathering.question(given, DOUBTFUL, "Noa Petit"),
        lambda: house.gathering.confirm(given, "Claire Martin"),
        lambda: house.gathering.link_again(given),
    ):
        with pytest.raises(MonthClosed):
            act()
