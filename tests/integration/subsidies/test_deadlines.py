"""The daily round on tables in memory: money, register, accommodations and mails go together, whatever breaks."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.mail import bootstrap as mail_room
from chalicelib.office import bootstrap as office_room
from chalicelib.partners import bootstrap as partners_room
from chalicelib.partners.items import ApplicationItem
from chalicelib.partners.mapping import application_item
from chalicelib.partners.model import Application, Fee
from chalicelib.partners.model import Status as PartnerStatus
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.envelope import Envelope
from chalicelib.subsidies.items import SubsidyItem
from chalicelib.subsidies.mapping import subsidy_item
from chalicelib.subsidies.statuses import Event, Status
from tests.aid import office_file
from tests.factories import some_answers
from tests.fakes.clock import NOON, FakeClock
from tests.inprocess import forget_caches, handler
from tests.integration.subsidies.test_repository import a_file, a_line, moved

LAPSED = datetime(2028, 3, 4, 6, 30, tzinfo=UTC)


@pytest.fixture
def clock(tables, monkeypatch):
    clock = FakeClock()
    forget_caches()
    for room in (stores, mail_room, office_room, partners_room):
        monkeypatch.setattr(room, "utc_now", clock)
    office_room.office_repository().publish(office_file())
    stores.money().open_year(2027, 50_000)
    yield clock
    forget_caches()


class Stores:
    """What the steps of the repository's own tests ask for."""

    def __init__(self):
        self.subsidies = stores.subsidies()


def awarded(key, lapses_on=date(2028, 3, 3)):
    kept, version = Stores(), office_room.office_repository().current().version
    file = a_file(key, status=Status.UNDER_REVIEW, office_version=version)
    assert kept.subsidies.add(file, a_line(), [])
    file = moved(kept, file, Event.ACCEPTED, granted_on=date(2027, 3, 3), envelope_year=2027)
    return moved(kept, file, Event.NOTIFIED, notified_on=date(2027, 3, 3), lapses_on=lapses_on)


def active_partner():
    answers = {name: value for name, value in some_answers().items() if value is not None}
    file = Application(
        id="p1", reference="ADH-1", status=PartnerStatus.ACTIVE, status_since=NOON, answers=answers, fee=Fee(0),
        created_at=NOON, office_version=1, form_version="1", active_until=date(2029, 12, 31),
    )  # fmt: skip
    application_item(file).save(ApplicationItem.pk.does_not_exist())


def kept():
    return handler("keep_subsidy_deadlines")({}, None)["kept"]


def templates(record):
    return [mail.message.template for mail in mail_room.outbox().list_by_record(record)]


def test_a_lapsed_award_leaves_no_trace_in_money_register_and_accommodations(clock):
    files = [awarded("s1"), awarded("s2", date(2028, 3, 4))]
    assert stores.money().find_year(2027) == Envelope(2027, 50_000, 2_000, 48_000)
    clock.at = LAPSED
    assert [kept(), kept()] == [2, 0]
    assert stores.subsidies().find("s1").status is Status.LAPSED
    assert stores.money().find_year(2027) == Envelope(2027, 50_000, 26_000, 24_000)
    assert [aid.cents for aid in stores.register().read([files[0].owner]).all] == [24_000]
    assert stores.subsidies().find_holder(files[0].units, LAPSED.date()) is None
    assert templates("s1") == ["subsidies/lapsed"]
    assert templates("s2") == ["subsidies/lapse_reminder"]


class Killed(BaseException):
    """The end of the process: nothing catches it."""


def test_the_round_goes_on_where_it_was_cut_short(clock, monkeypatch):
    awarded("s1"), awarded("s2")
    clock.at, files = LAPSED, stores.subsidies()

    def save_and_die(change, mails):
        type(files).save(files, change, mails)
        raise Killed

    monkeypatch.setattr(files, "save", save_and_die)
    with pytest.raises(Killed):
        kept()
    monkeypatch.delattr(files, "save")
    assert stores.money().find_year(2027) == Envelope(2027, 50_000, 26_000, 24_000)
    assert [kept(), kept()] == [1, 0]
    assert stores.money().find_year(2027) == Envelope(2027, 50_000, 50_000)
    assert templates("s1") == templates("s2") == ["subsidies/lapsed"]


def test_a_kept_engagement_ends_and_a_classified_partner_is_reminded(clock):
    active_partner()
    file = replace(awarded("s1"), status=Status.PAID, paid_on=date(2027, 7, 1))
    subsidy_item(file).save(SubsidyItem.pk.exists())
    clock.at = datetime(2028, 6, 1, 6, 30, tzinfo=UTC)
    assert [kept(), kept()] == [1, 0]
    assert templates("p1") == ["subsidies/renewal_reminder"]
    clock.at = datetime(2030, 7, 1, 5, 30, tzinfo=UTC)
    assert [kept(), kept()] == [1, 0]
    assert stores.subsidies().find("s1").status is Status.CLOSED
