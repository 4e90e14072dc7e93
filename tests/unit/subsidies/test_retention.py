"""An aid file is erased in its time, and the totals of its year stay as they were; nothing else ever is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.subsidies.model import RECEIPT
from chalicelib.subsidies.proofs import BankAccount
from chalicelib.subsidies.statuses import WITHOUT_AID, Event, Status
from chalicelib.subsidies.totals import Accounts, accounts
from tests.aid_world import World
from tests.fakes.clock import NOON
from tests.fakes.subsidies import FakeBatches

DAYS = 1095
CLOSED_ON = date(2030, 7, 1)
NEW_YEAR = datetime(2040, 12, 31, 23, tzinfo=UTC)
"""Midnight in Paris, ten years after the end of 2030."""


@pytest.fixture
def world() -> World:
    return World()


def closed(world: World, key: str = "s1", **answers: object) -> object:
    """A file that was paid on 1 July 2027 and engaged for three years."""
    world.paid(key, **answers)
    world.clock.at = datetime(2030, 7, 1, 6, tzinfo=UTC)
    world.deadlines.keep()
    file = world.service.get(key)
    assert file.status is Status.CLOSED
    return file


def of(world: World) -> Accounts:
    files, money = world.subsidies.files.values(), world.money
    return accounts(files, money.list_years(), money.queue(), CLOSED_ON, money.list_past())


def ended(world: World, status: Status, key: str = "s1") -> object:
    return world.put(world.sent(key), status=status, status_since=world.clock())


class TestWithoutAid:
    @pytest.mark.parametrize("status", sorted(WITHOUT_AID))
    def test_it_goes_on_the_day_and_not_before(self, world, status):
        ended(world, status)
        world.clock.wait(days=DAYS, seconds=-1)
        assert world.retention.purge() == 0
        world.clock.wait(seconds=1)
        assert [world.retention.purge(), world.retention.purge()] == [1, 0]
        assert world.subsidies.find("s1") is None
        assert world.subsidies.list_history("s1") == []

    @pytest.mark.parametrize("status", sorted(set(Status) - WITHOUT_AID - {Status.CLOSED}))
    def test_what_has_not_ended_stays_however_old(self, world, status):
        file = ended(world, status)
        world.clock.wait(days=20 * 366)
        world.ended.list_unchanged_since = lambda status, limit: ["s1", "unknown"]
        assert world.retention.purge() == 0
        assert world.subsidies.find("s1") == file

    def test_its_documents_and_papers_go_and_those_of_others_stay(self, world):
        for key in ("s1", "s2"):
            world.sent(key)
            world.printing.write(key, RECEIPT)
            world.shelves.arrives(key, "quote")
        world.store.put("printed/s1/receipt-7.pdf", b"of a try that was cut short", "application/pdf")
        world.service.withdraw(world.service.get("s1"))
        world.clock.wait(days=DAYS)
        assert world.retention.purge() == 1
        assert list(world.shelves.uploads) == ["s2"]
        assert {key.split("/")[1] for key in world.store.files} == {"s2"}
        assert set(world.subsidies.files) == {"s2"}

    def test_the_accommodation_of_a_newer_file_stays_its_own(self, world):
        world.service.withdraw(world.sent("s1"))
        newer = world.sent("s2", registration_number="0116000000101")
        world.clock.wait(days=DAYS)
        assert world.retention.purge() == 1
        assert world.subsidies.find_holder(newer.units, NOON.date()) == newer

    def test_the_delay_is_the_one_of_the_office_file_and_none_is_never(self, world):
        ended(world, Status.REFUSED)
        world.clock.wait(days=600)
        for days, erased in ((None, 0), (601, 0), (600, 1)):
            delays = replace(world.rules.delays, closed_file_purge_days=days)
            world.rules = replace(world.rules, delays=delays)
            assert world.retention.purge() == erased

    def test_its_money_that_came_back_is_not_counted(self, world):
        world.service.withdraw(world.notified("s1"))
        world.clock.wait(days=DAYS)
        assert world.retention.purge() == 1
        assert world.money.past == {}
        assert of(world).year(2027).agrees


class TestPaid:
    def test_it_is_kept_for_ten_years_from_the_end_of_the_year_of_its_closing(self, world):
        file = closed(world)
        world.clock.at = NEW_YEAR - timedelta(seconds=1)
        assert world.retention.purge() == 0
        world.clock.at = NEW_YEAR
        assert [world.retention.purge(), world.retention.purge()] == [1, 0]
        assert world.subsidies.find("s1") is world.subsidies.find_holder(file.units, NOON.date()) is None

    def test_the_office_may_keep_it_longer(self, world):
        closed(world)
        world.rules = replace(world.rules, delays=replace(world.rules.delays, paid_aid_kept_years=12))
        world.clock.at = NEW_YEAR
        assert world.retention.purge() == 0

    def test_the_totals_of_its_year_stay_as_they_were(self, world):
        closed(world, invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
        world.accepted("s2")
        before = of(world)
        world.clock.at = NEW_YEAR
        assert world.retention.purge() == 1
        assert of(world) == before
        assert before.year(2027).agrees

    def test_the_register_forgets_the_aid_and_an_owner_without_another(self, world):
        file = closed(world)
        assert world.register.read([file.owner]).all
        world.clock.at = NEW_YEAR
        world.retention.purge()
        assert world.register.read([file.owner]).all == ()
        assert world.register.changes == {}

    def test_its_transfer_goes_and_the_batch_once_it_is_empty(self, world):
        world.approved("s1")
        closed(world, "s2")
        world.put(world.service.get("s1"), status=Status.REPAYMENT_DUE)
        world.clock.at = NEW_YEAR
        assert world.retention.purge() == 1
        (batch,) = world.batches.list_all()
        assert [one.subsidy_id for one in world.batches.list_transfers(batch.id)] == ["s1"]
        world.put(world.service.get("s1"), status=Status.CLOSED)
        assert world.retention.purge() == 1
        assert world.batches.list_all() == []


class TestTrouble:
    def test_a_file_that_cannot_be_erased_does_not_keep_the_others(self, world):
        for key in ("s1", "s2", "s3"):
            ended(world, Status.REFUSED, key)
        world.clock.wait(days=DAYS)
        erase = world.shelves.erase

        def in_trouble(owner):
            if owner == "s2":
                raise ConnectionError
            erase(owner)

        world.shelves.erase = in_trouble
        with pytest.raises(ConnectionError):
            world.retention.purge()
        assert set(world.subsidies.files) == {"s2"}
        world.shelves.erase = erase
        assert world.retention.purge() == 1

    def test_what_was_cut_short_is_ended_by_the_next_night(self, world):
        closed(world)
        world.shelves.arrives("s1", "invoice")
        world.clock.at, erase = NEW_YEAR, world.ended.erase

        def dies(subsidy):
            raise ConnectionError

        world.ended.erase = dies
        with pytest.raises(ConnectionError):
            world.retention.purge()
        assert world.shelves.uploads == {}
        world.ended.erase = erase
        assert [world.retention.purge(), world.retention.purge()] == [1, 0]
        assert of(world).year(2027).agrees

    def test_a_list_that_lags_behind_erases_nothing(self, world):
        file = world.sent()
        world.clock.wait(days=DAYS)
        world.ended.list_unchanged_since = lambda status, limit: ["s1"]
        world.service.withdraw(file)
        assert world.retention.purge() == 0
        assert world.subsidies.find("s1")


class TestBankDetails:
    def test_an_account_is_forgotten_thirteen_months_after_the_payment(self, world):
        world.paid()
        files_only = replace(world.bank_details, batches=FakeBatches(world.subsidies))
        world.clock.at = datetime(2028, 7, 31, 12, tzinfo=UTC)
        assert files_only.forget() == 0
        world.clock.at = datetime(2028, 8, 1, 12, tzinfo=UTC)
        assert [files_only.forget(), files_only.forget()] == [1, 0]
        file = world.service.get("s1")
        assert file.proofs["iban"] == "FR76 •••• 0189"
        assert file.proofs["account_holder"] == "Maëlle Le Goff"
        assert "bic" not in file.proofs
        assert world.subsidies.list_history("s1")[-1].what == "Coordonnées bancaires effacées"

    def test_what_is_known_of_the_payment_stays_and_so_do_the_totals(self, world):
        paid = world.paid(bic="AGRIFRPP")
        before = of(world)
        world.clock.at = datetime(2028, 8, 1, 12, tzinfo=UTC)
        world.bank_details.forget()
        after = world.service.get("s1")
        assert (after.status, after.status_since, after.paid_on) == (
            paid.status,
            paid.status_since,
            paid.paid_on,
        )
        assert of(world) == before

    def test_the_accounts_of_its_batch_are_masked(self, world):
        world.paid()
        world.clock.at = datetime(2029, 1, 1, 12, tzinfo=UTC)
        world.bank_details.forget()
        (batch,) = world.batches.list_all()
        (transfer,) = world.batches.list_transfers(batch.id)
        assert batch.is_forgotten
        assert vars(transfer.account) == {"holder": "Maëlle Le Goff", "iban": "FR76 •••• 0189", "bic": ""}

    def test_an_open_batch_is_left_alone(self, world):
        world.paid()
        (batch,) = world.batches.list_all()
        world.batches.batches[batch.id] = replace(batch, is_closed=False)
        world.clock.at = datetime(2029, 1, 1, 12, tzinfo=UTC)
        world.bank_details.forget()
        (transfer,) = world.batches.list_transfers(batch.id)
        assert transfer.account.iban == "FR7630006000011234567890189"

    def test_the_paper_that_proves_it_goes_and_the_others_stay(self, world):
        world.paid()
        for kind in ("bank-details", "invoice", "bank-details"):
            world.shelves.arrives("s1", kind)
        world.clock.at = datetime(2029, 1, 1, 12, tzinfo=UTC)
        world.bank_details.forget()
        assert [one.kind for one in world.shelves.list_of("s1")] == ["invoice"]

    @pytest.mark.parametrize("event", [Event.WITHDRAWN, Event.LAPSED, Event.PROOFS_REFUSED])
    def test_where_nothing_will_be_paid_it_is_forgotten_at_once_with_the_draft_of_the_proofs(
        self, world, event
    ):
        file = world.notified()
        if event is not Event.LAPSED:
            file = world.proven(file)
        world.drafts.put(replace(_a_draft(world), id=file.proofs_draft), world.clock())
        world.shelves.arrives("s1", "bank-details")
        world.put(file, status=Status.REFUSED, version=file.version)
        assert [world.bank_details.forget(), world.bank_details.forget()] == [1, 0]
        assert world.shelves.list_of("s1") == []
        assert world.drafts.find(file.proofs_draft) is None
        assert world.service.get("s1").proofs.get("iban", "") in ("", "FR76 •••• 0189")

    def test_a_file_that_never_came_to_an_award_has_no_account_to_forget(self, world):
        world.service.withdraw(world.sent())
        assert world.bank_details.forget() == 0

    @pytest.mark.parametrize(
        "status", [Status.PAYMENT_ORDERED, Status.PAYMENT_FAILED, Status.PAYMENT_REQUESTED]
    )
    def test_a_payment_that_is_under_way_keeps_its_account_however_long(self, world, status):
        file = world.put(world.approved(), status=status)
        world.clock.wait(days=3000)
        assert world.bank_details.forget() == 0
        assert world.service.get("s1") == file

    def test_an_account_that_is_masked_twice_stays_as_it_is(self):
        account = BankAccount("Maëlle Le Goff", "FR7630006000011234567890189", "AGRIFRPP")
        assert account.forgotten().forgotten() == account.forgotten()
        assert account.forgotten().masked == account.masked

    def test_the_delay_is_the_one_of_the_office_file(self, world):
        world.paid()
        world.rules = replace(world.rules, delays=replace(world.rules.delays, bank_details_kept_months=2))
        world.clock.at = datetime(2027, 9, 1, 12, tzinfo=UTC)
        assert world.bank_details.forget() == 2


def _a_draft(world: World):
    from chalicelib.drafts.model import Draft

    return Draft("d", {"iban": "FR7630006000011234567890189"}, world.clock(), world.clock(), version=1)
