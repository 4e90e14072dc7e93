"""The aid files, the money, the register and the batches: one contract, on the fakes and on DynamoDB."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.drafts.model import Draft
from chalicelib.drafts.repository import DraftRepository
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.subsidies.amounts import Amount, Step
from chalicelib.subsidies.batch_repository import BatchRepository
from chalicelib.subsidies.batches import Batch, Transfer
from chalicelib.subsidies.changes import apply
from chalicelib.subsidies.classification import Classification
from chalicelib.subsidies.envelope import Envelope, EnvelopeExhausted, Queue
from chalicelib.subsidies.model import Beneficiary, JoinedDocument, PrintedDocument, Subsidy, UnitTaken
from chalicelib.subsidies.money_repository import MoneyRepository
from chalicelib.subsidies.proofs import BankAccount
from chalicelib.subsidies.register_repository import RegisterRepository
from chalicelib.subsidies.repository import SubsidyRepository
from chalicelib.subsidies.statuses import Event, Status
from tests.aid import aid_answers
from tests.fakes.clock import NOON
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox
from tests.fakes.subsidies import FakeBatches, FakeMoney, FakeRegister, FakeSubsidies

YEAR = 2027


class Stores:
    def __init__(self, outbox, drafts, money, register, subsidies, batches):
        self.outbox, self.drafts, self.money, self.register = outbox, drafts, money, register
        self.subsidies = subsidies(outbox, drafts, money, register)
        self.batches = batches(self.subsidies)


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request):
    if request.param == "fake":
        outbox = FakeOutbox()
        return Stores(outbox, FakeDrafts(outbox), FakeMoney(), FakeRegister(), FakeSubsidies, FakeBatches)
    request.getfixturevalue("tables")
    outbox = OutboxRepository()
    drafts = DraftRepository("classification_subsidy", outbox)
    return Stores(outbox, drafts, MoneyRepository(), RegisterRepository(), SubsidyRepository, BatchRepository)


def a_line(what="fait", at=NOON):
    return HistoryLine(at, "Noa Petit", what, "Un motif.", "Claire Martin")


def a_mail(occasion="version-1", record="s1"):
    return Message("subsidies/complete", "maelle@gite.example.fr", record, occasion, {"name": "Maëlle"})


def a_file(key="s1", status=Status.SUBMITTED, cents=24_000, **changes):
    number = {"registration_number": f"01160{int(key[1:]):06d}01"}
    file = Subsidy(
        id=key, reference=f"SUB-{key}", status=status, status_since=NOON,
        beneficiary=Beneficiary("p1", "Maelle@gite.example.fr", "Maëlle Le Goff", "Gîte des Noyers"),
        answers=aid_answers(**number), documents=(JoinedDocument("quote", "Devis", "u1", "d.pdf", "application/pdf", 9, "ab"),),
        created_at=NOON, sent_at=NOON, scheme_id="plan", office_version=3, form_version="v",
        amount=Amount(cents, (Step("Dépense", cents, "hors taxes"),)) if cents else None,
    )  # fmt: skip
    return replace(file, **changes)


def moved(stores, file, event, mails=(), seen=None, **details):
    change = apply(file, event, a_line(event.value), **details)
    stores.subsidies.save(change, list(mails), seen or {})
    return change.after


def added(stores, key="s1", **changes):
    file = a_file(key, **changes)
    assert stores.subsidies.add(file, a_line(), [])
    return file


def granted(stores, key="s1", seen=None, **changes):
    file = added(stores, key, status=Status.UNDER_REVIEW, **changes)
    return moved(stores, file, Event.ACCEPTED, seen=seen, granted_on=date(YEAR, 3, 3), envelope_year=YEAR)


def waiting(stores, key, at=NOON, **changes):
    file = added(stores, key, status=Status.UNDER_REVIEW, **changes)
    return moved(stores, file, Event.ACCEPTED, to=Status.AWAITING_BUDGET, accepted_at=at)


class TestFiles:
    def test_what_is_added_is_found_as_it_was(self, stores):
        file = a_file(
            complete_on=date(YEAR, 3, 3), accepted_at=NOON, note="Été", run=2, inspectors=("noa@example.org",),
            proofs={"outcome": "classified"}, payable=Amount(9, ()), paid_on=date(YEAR, 4, 4), payment_run=1,
            classification=Classification("C-1", date(YEAR, 3, 1), 3, 6, date(YEAR + 5, 3, 1)),
            proof_documents=(JoinedDocument("rib", "RIB", "u2", "r.pdf", "application/pdf", 9, "ab", ("accounting",)),),
            printed=(PrintedDocument("receipt", "printed/s1/receipt-1.pdf", "cd", NOON),),
        )  # fmt: skip
        assert stores.subsidies.add(file, a_line("Demande envoyée"), [a_mail()])
        assert stores.subsidies.find("s1") == stores.subsidies.find_by_reference("SUB-s1") == file
        assert stores.subsidies.list_by_email("maelle@GITE.example.fr") == [file]
        assert stores.subsidies.list_history("s1") == [a_line("Demande envoyée")]
        assert [mail.message for mail in stores.outbox.list_by_record("s1")] == [a_mail()]

    def test_a_file_comes_in_place_of_its_draft_and_only_once(self, stores):
        assert stores.drafts.put(Draft("s1", {}, NOON, NOON, version=1), NOON)
        added(stores)
        assert stores.drafts.find("s1") is None
        assert not stores.subsidies.add(a_file(), a_line(), [])

    def test_an_accommodation_is_held_until_its_file_ends_without_aid(self, stores):
        file = added(stores)
        twin = a_file("s2", answers=file.answers)
        with pytest.raises(UnitTaken):
            stores.subsidies.add(twin, a_line(), [])
        assert stores.subsidies.find_holder(twin.units, NOON.date()) == file
        moved(stores, file, Event.WITHDRAWN)
        assert stores.subsidies.find_holder(twin.units, NOON.date()) is None
        assert stores.subsidies.add(twin, a_line(), [])

    def test_an_accommodation_that_was_paid_for_is_free_from_a_day_on_and_goes_to_one_file(self, stores):
        stores.money.open_year(YEAR, 24_000)
        file = granted(stores)
        for event in (
            Event.PROOFS_SENT,
            Event.PROOFS_ACCEPTED,
            Event.PAYMENT_APPROVED,
            Event.PAYMENT_ORDERED,
        ):
            file = moved(stores, file, event, payable=file.amount)
        file = moved(stores, file, Event.PAID, renewable_from=date(YEAR + 4, 3, 1))
        twins = [a_file(key, answers=file.answers) for key in ("s2", "s3")]
        with pytest.raises(UnitTaken):
            stores.subsidies.add(twins[0], a_line(at=datetime(YEAR + 4, 2, 28, 12, tzinfo=UTC)), [])
        assert stores.subsidies.find_holder(file.units, date(YEAR + 4, 2, 28)) == file
        assert stores.subsidies.find_holder(file.units, date(YEAR + 4, 3, 1)) is None
        again = a_line(at=datetime(YEAR + 4, 3, 1, 12, tzinfo=UTC))
        assert stores.subsidies.add(twins[0], again, [])
        with pytest.raises(UnitTaken):
            stores.subsidies.add(twins[1], again, [])
        assert stores.subsidies.find_holder(file.units, date(YEAR + 9, 3, 1)) == twins[0]

    def test_corrections_hold_what_they_add_and_free_what_they_leave(self, stores):
        file, other = added(stores, status=Status.CHANGES_REQUESTED), added(stores, "s2")
        with pytest.raises(UnitTaken):
            moved(stores, file, Event.CORRECTED, answers=other.answers)
        new = aid_answers(registration_number="0116000000999")
        file = moved(stores, file, Event.CORRECTED, answers=new)
        assert stores.subsidies.find_holder(("0116000000999",), NOON.date()) == file
        assert stores.subsidies.find_holder(("0116000000101",), NOON.date()) is None

    def test_a_change_of_what_changed_meanwhile_is_refused_whole(self, stores):
        file = added(stores)
        moved(stores, file, Event.FOUND_COMPLETE)
        with pytest.raises(ChangedMeanwhile):
            moved(stores, file, Event.REFUSED, [a_mail("version-2")])
        assert stores.subsidies.find("s1").status is Status.COMPLETE
        assert stores.outbox.list_by_record("s1") == []

    def test_files_are_listed_by_where_they_stand(self, stores):
        old = added(stores, "s1", status_since=NOON - timedelta(days=2))
        new = added(stores, "s2")
        added(stores, "s3", status=Status.PAID)
        assert stores.subsidies.list_in_status(Status.SUBMITTED) == [old, new]
        assert stores.subsidies.list_recent(Status.SUBMITTED) == [new, old]
        assert stores.subsidies.list_in_progress(NOON - timedelta(days=1)) == ["s1"]

    def test_a_notified_award_is_not_in_progress_any_more(self, stores):
        stores.money.open_year(YEAR, 50_000)
        file = granted(stores)
        assert stores.subsidies.list_in_progress(NOON) == ["s1"]
        moved(stores, file, Event.NOTIFIED, notified_on=date(YEAR, 3, 3))
        assert stores.subsidies.list_in_progress(NOON) == []

    def test_a_run_is_counted_once(self, stores):
        file = added(stores)
        assert stores.subsidies.renew_run(file).run == 2
        with pytest.raises(ChangedMeanwhile):
            stores.subsidies.renew_run(file)


class TestMoney:
    def test_a_year_is_opened_once_at_its_budget(self, stores):
        assert stores.money.find_year(YEAR) is None
        opened = Envelope(YEAR, 50_000, 50_000)
        assert stores.money.open_year(YEAR, 50_000) == stores.money.open_year(YEAR, 50_000) == opened
        assert stores.money.list_years() == [opened]

    def test_a_new_vote_moves_what_is_free_and_never_below_what_is_promised(self, stores):
        stores.money.open_year(YEAR, 50_000)
        granted(stores)
        assert stores.money.open_year(YEAR, 60_000) == Envelope(YEAR, 60_000, 36_000, 24_000)
        assert stores.money.open_year(YEAR, 24_000) == Envelope(YEAR, 24_000, 0, 24_000)
        assert stores.money.open_year(YEAR, 23_999) == Envelope(YEAR, 24_000, 0, 24_000)

    def test_an_award_takes_its_money_to_the_last_cent(self, stores):
        stores.money.open_year(YEAR, 48_000)
        granted(stores, "s1")
        granted(stores, "s2")
        assert stores.money.find_year(YEAR) == Envelope(YEAR, 48_000, 0, 48_000)

    def test_one_cent_too_many_is_refused_whole(self, stores):
        stores.money.open_year(YEAR, 47_999)
        granted(stores, "s1")
        with pytest.raises(EnvelopeExhausted):
            granted(stores, "s2")
        assert stores.subsidies.find("s2").status is Status.UNDER_REVIEW
        assert stores.money.find_year(YEAR).free == 23_999
        assert stores.register.read(["partner:p1"]).by_owner["partner:p1"][0].cents == 24_000

    def test_without_an_envelope_there_is_no_award(self, stores):
        with pytest.raises(EnvelopeExhausted):
            granted(stores)

    def test_who_waits_is_listed_by_the_instant_of_acceptance(self, stores):
        waiting(stores, "s2", NOON)
        waiting(stores, "s1", NOON - timedelta(hours=1))
        assert list(stores.money.list_waiting()) == ["s1", "s2"]
        assert stores.money.queue() == Queue(2, 48_000)

    def test_money_is_for_those_who_wait(self, stores):
        stores.money.open_year(YEAR, 50_000)
        first = waiting(stores, "s1")
        with pytest.raises(EnvelopeExhausted):
            granted(stores, "s2", cents=1)
        moved(stores, first, Event.FUNDED, granted_on=date(YEAR, 3, 3), envelope_year=YEAR)
        assert stores.money.queue() == Queue(0, 0)
        assert list(stores.money.list_waiting()) == []
        assert stores.money.find_year(YEAR).free == 26_000

    def test_who_waits_gets_no_money_that_is_not_there(self, stores):
        stores.money.open_year(YEAR, 23_999)
        first = waiting(stores, "s1")
        with pytest.raises(EnvelopeExhausted):
            moved(stores, first, Event.FUNDED, granted_on=date(YEAR, 3, 3), envelope_year=YEAR)
        assert stores.money.queue().waiting == 1

    def test_a_withdrawal_gives_the_money_back(self, stores):
        stores.money.open_year(YEAR, 50_000)
        moved(stores, granted(stores), Event.WITHDRAWN)
        assert stores.money.find_year(YEAR) == Envelope(YEAR, 50_000, 50_000)


class TestRegister:
    def test_an_award_is_entered_and_struck_out_with_its_change(self, stores):
        stores.money.open_year(YEAR, 50_000)
        file = granted(stores)
        assert [aid.cents for aid in stores.register.read([file.owner]).all] == [24_000]
        assert stores.register.read([file.owner], without="s1").all == ()
        moved(stores, file, Event.WITHDRAWN)
        assert stores.register.read([file.owner]).all == ()

    def test_two_awards_on_the_same_register_do_not_both_count(self, stores):
        stores.money.open_year(YEAR, 50_000)
        seen = stores.register.read(["partner:p1", "732829320"]).seen
        assert seen == {"partner:p1": 0, "732829320": 0}
        granted(stores, "s1", seen=seen)
        with pytest.raises(ChangedMeanwhile):
            granted(stores, "s2", seen=stores.register.read(["partner:p1"]).seen | {"732829320": 0})
        assert stores.register.read(["732829320"]).seen == {"732829320": 1}


BATCH = Batch("b1", "VIR-b1", NOON, "Ali Bensaïd", date(YEAR, 3, 4))


def a_transfer(file, cents=24_000):
    account = BankAccount("Maëlle Le Goff", "FR7630006000011234567890189", "AGRIFRPP")
    return Transfer(
        file.id, file.reference, "Gîte des Noyers", cents, account, f"{file.reference}-{file.version}"
    )


def collected(stores, file, batch=BATCH, mails=()):
    change = apply(file, Event.PAYMENT_ORDERED, a_line("Virement ordonné"), batch=batch.id)
    stores.batches.collect(batch, change, a_transfer(file), list(mails))
    return change.after


class TestBatches:
    def test_a_batch_is_begun_once_and_found_as_it_was(self, stores):
        assert stores.batches.find("b1") is None
        assert stores.batches.begin(BATCH) == BATCH
        again = replace(BATCH, reference="VIR-b2", created_by="Claire Martin")
        assert stores.batches.begin(again) == stores.batches.find("b1") == BATCH

    def test_batches_are_listed_newest_first(self, stores):
        old = replace(BATCH, id="b2", created_at=NOON - timedelta(days=1))
        for batch in (old, BATCH):
            stores.batches.begin(batch)
        assert stores.batches.list_all() == [BATCH, old]

    def test_a_payment_goes_in_with_the_change_of_its_file_its_line_and_its_mails(self, stores):
        stores.batches.begin(BATCH)
        file = added(stores, status=Status.PAYMENT_APPROVED)
        ordered = collected(stores, file, mails=[a_mail("version-2")])
        assert stores.subsidies.find("s1") == ordered
        assert (ordered.status, ordered.batch) == (Status.PAYMENT_ORDERED, "b1")
        assert stores.batches.list_transfers("b1") == [a_transfer(file)]
        assert stores.subsidies.list_history("s1")[-1].what == "Virement ordonné"
        assert [mail.message.occasion for mail in stores.outbox.list_by_record("s1")] == ["version-2"]

    def test_transfers_are_listed_by_reference_and_those_of_other_batches_are_not(self, stores):
        other = replace(BATCH, id="b2")
        for batch in (BATCH, other):
            stores.batches.begin(batch)
        for key, batch in (("s2", BATCH), ("s1", BATCH), ("s3", other)):
            collected(stores, added(stores, key, status=Status.PAYMENT_APPROVED), batch)
        assert [one.reference for one in stores.batches.list_transfers("b1")] == ["SUB-s1", "SUB-s2"]
        assert [one.reference for one in stores.batches.list_transfers("b2")] == ["SUB-s3"]
        assert stores.batches.list_transfers("b3") == []

    def test_nothing_goes_into_a_closed_batch_and_its_file_stays_as_it_is(self, stores):
        stores.batches.begin(BATCH)
        stores.batches.close(BATCH)
        assert stores.batches.find("b1") == replace(BATCH, is_closed=True)
        file = added(stores, status=Status.PAYMENT_APPROVED)
        with pytest.raises(ChangedMeanwhile):
            collected(stores, file)
        assert stores.subsidies.find("s1") == file
        assert stores.batches.list_transfers("b1") == []

    def test_a_payment_is_in_one_batch_whoever_collects_it_too(self, stores):
        other = replace(BATCH, id="b2")
        for batch in (BATCH, other):
            stores.batches.begin(batch)
        file = added(stores, status=Status.PAYMENT_APPROVED)
        collected(stores, file)
        for batch in (BATCH, other):
            with pytest.raises(ChangedMeanwhile):
                collected(stores, file, batch)
        assert len(stores.batches.list_transfers("b1")) == 1
        assert stores.batches.list_transfers("b2") == []

    def test_a_transfer_that_came_back_is_never_twice_in_the_same_batch(self, stores):
        """It is another transfer then: it goes with the next batch."""
        stores.batches.begin(BATCH)
        stores.money.open_year(YEAR, 50_000)
        file = collected(stores, added(stores, status=Status.PAYMENT_APPROVED))
        back = moved(stores, moved(stores, file, Event.PAYMENT_FAILED), Event.PAYMENT_RETRIED)
        with pytest.raises(ChangedMeanwhile):
            collected(stores, back)
        assert stores.subsidies.find("s1").status is Status.PAYMENT_APPROVED

    def test_a_batch_of_nobody_takes_nothing_in(self, stores):
        file = added(stores, status=Status.PAYMENT_APPROVED)
        with pytest.raises(ChangedMeanwhile):
            collected(stores, file)
        assert stores.subsidies.find("s1") == file
