"""The files: one contract, on the fakes and on DynamoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.drafts.model import Draft
from chalicelib.drafts.repository import DraftRepository
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.partners.model import AlreadyKnown, Application, Event, Fee, Status, apply
from chalicelib.partners.repository import ApplicationRepository
from tests.factories import some_answers
from tests.fakes.applications import FakeApplications
from tests.fakes.clock import NOON
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox

SIRET = "73282932000074"
OTHER_SIRET = "55208131766522"


class Stores:
    def __init__(self, outbox, drafts, applications):
        self.outbox, self.drafts = outbox, drafts
        self.applications = applications(outbox, drafts)


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request):
    if request.param == "fake":
        outbox = FakeOutbox()
        return Stores(outbox, FakeDrafts(outbox), FakeApplications)
    request.getfixturevalue("tables")
    outbox = OutboxRepository()
    return Stores(outbox, DraftRepository("membership", outbox), ApplicationRepository)


def a_file(key="f1", status=Status.AWAITING_CONFIRMATION, **answers):
    return Application(
        id=key, reference=f"ADH-{key}", status=status, status_since=NOON, answers=some_answers(**answers),
        fee=Fee(15000, (("Cotisation", 15000),)), created_at=NOON, office_version=3, form_version="v",
    )  # fmt: skip


def a_line(what="fait"):
    return HistoryLine(NOON, "Yann Le Goff", what, "Un motif.", "Claire Martin")


def a_mail(occasion="version-1", record="f1"):
    return Message("partners/receipt", "maelle@hotel.example.fr", record, occasion, {"name": "Maëlle"})


class TestApplications:
    def moved(self, stores, file, *events, mails=(), **details):
        for event in events:
            change = apply(file, event, a_line(event.value), **details)
            stores.applications.save(change, list(mails))
            file = change.after
        return file

    def added(self, stores, key="f1", *events, **answers):
        file = a_file(key, **answers)
        assert stores.applications.add(file, a_line(), [])
        return self.moved(stores, file, *events)

    def test_what_is_added_is_found_as_it_was_by_identifier_and_by_reference(self, stores):
        file = replace(a_file(), confirmed_at=NOON, active_from=NOON.date(), note="Été", origin="api", run=2)
        assert stores.applications.add(file, a_line("Demande envoyée"), [a_mail()])
        assert stores.applications.find("f1") == stores.applications.find_by_reference("ADH-f1") == file
        assert stores.applications.list_history("f1") == [a_line("Demande envoyée")]
        assert [mail.message for mail in stores.outbox.list_by_record("f1")] == [a_mail()]

    def test_a_draft_goes_when_its_file_comes_or_is_corrected_and_only_then(self, stores):
        def typed():
            stores.drafts.remove("f1")
            assert stores.drafts.put(Draft("f1", {}, NOON, NOON, version=1), NOON)

        typed()
        file = self.added(stores)
        assert stores.drafts.find("f1") is None
        typed()
        assert not stores.applications.add(file, a_line(), [])
        file = self.moved(stores, file, Event.ADDRESS_CONFIRMED, Event.CHANGES_REQUESTED)
        assert stores.drafts.find("f1")
        self.moved(stores, file, Event.CORRECTED)
        assert stores.drafts.find("f1") is None

    def test_the_holder_of_the_address_comes_before_that_of_the_siret(self, stores):
        self.added(stores, "f1", Event.ADDRESS_CONFIRMED, email="a@example.fr", siret=SIRET)
        self.added(stores, "f2", Event.ADDRESS_CONFIRMED, email="b@example.fr", siret=OTHER_SIRET)
        assert stores.applications.find_holder("b@example.fr", SIRET).id == "f2"
        assert stores.applications.find_holder("c@example.fr", SIRET).id == "f1"

    def test_what_is_unknown_is_none_or_nothing(self, stores):
        assert stores.applications.find("f1") is None
        assert stores.applications.find_by_reference("ADH-f1") is None
        assert stores.applications.find_holder("a@example.fr", "") is None
        assert stores.applications.list_history("f1") == []

    def test_an_identifier_or_a_reference_is_taken_once_and_nothing_is_written_besides(self, stores):
        self.added(stores)
        assert not stores.applications.add(replace(a_file(), reference="ADH-2"), a_line(), [a_mail()])
        assert not stores.applications.add(replace(a_file("f2"), reference="ADH-f1"), a_line(), [a_mail()])
        assert stores.applications.find_by_reference("ADH-2") is None
        assert stores.applications.find("f2") is None
        assert stores.outbox.list_by_record("f1") == []

    def test_a_change_brings_its_line_and_its_mails(self, stores):
        file = self.moved(stores, self.added(stores), Event.ADDRESS_CONFIRMED, mails=[a_mail("version-2")])
        assert stores.applications.find("f1") == file
        assert [line.what for line in stores.applications.list_history("f1")] == ["fait", "address_confirmed"]
        assert [mail.message.occasion for mail in stores.outbox.list_by_record("f1")] == ["version-2"]

    def test_a_change_of_an_old_version_is_refused_with_its_line_and_its_mails(self, stores):
        file = self.added(stores)
        self.moved(stores, file, Event.ADDRESS_CONFIRMED)
        late = apply(file, Event.CONFIRMATION_EXPIRED, a_line())
        with pytest.raises(ChangedMeanwhile):
            stores.applications.save(late, [a_mail()])
        assert stores.applications.find("f1").status is Status.SUBMITTED
        assert len(stores.applications.list_history("f1")) == 2
        assert stores.outbox.list_by_record("f1") == []

    def test_the_address_and_the_siret_are_held_from_the_confirmation_on(self, stores):
        file = self.added(stores)
        assert stores.applications.find_holder(file.email, file.siret) is None
        file = self.moved(stores, file, Event.ADDRESS_CONFIRMED)
        assert stores.applications.find_holder("MAELLE@hotel.example.fr", "") == file
        assert stores.applications.find_holder("autre@example.fr", SIRET) == file
        assert stores.applications.find_holder("autre@example.fr", OTHER_SIRET) is None

    @pytest.mark.parametrize("answers", [{"siret": OTHER_SIRET}, {"email": "hugo@gite.example.fr"}])
    def test_what_one_file_holds_no_other_can_take(self, stores, answers):
        self.added(stores, "f1", Event.ADDRESS_CONFIRMED)
        second = self.added(stores, "f2", **answers)
        with pytest.raises(AlreadyKnown):
            self.moved(stores, second, Event.ADDRESS_CONFIRMED)
        assert stores.applications.find("f2") == second
        assert len(stores.applications.list_history("f2")) == 1

    def test_what_a_closed_file_held_is_free_again(self, stores):
        self.added(stores, "f1", Event.ADDRESS_CONFIRMED, Event.REFUSED)
        second = self.added(stores, "f2", Event.ADDRESS_CONFIRMED)
        assert stores.applications.find_holder(second.email, second.siret) == second

    def test_a_corrected_siret_is_taken_and_the_former_one_released(self, stores):
        file = self.added(stores, "f1", Event.ADDRESS_CONFIRMED, Event.CHANGES_REQUESTED)
        self.moved(stores, file, Event.CORRECTED, answers={**file.answers, "siret": OTHER_SIRET})
        assert stores.applications.find_holder("x@example.fr", OTHER_SIRET).id == "f1"
        assert stores.applications.find_holder("x@example.fr", SIRET) is None

    def test_a_siret_held_by_another_file_cannot_come_by_correction(self, stores):
        self.added(stores, "f1", Event.ADDRESS_CONFIRMED)
        other = {"email": "hugo@gite.example.fr", "siret": OTHER_SIRET}
        file = self.added(stores, "f2", Event.ADDRESS_CONFIRMED, Event.CHANGES_REQUESTED, **other)
        with pytest.raises(AlreadyKnown):
            self.moved(stores, file, Event.CORRECTED, answers={**file.answers, "siret": SIRET})
        assert stores.applications.find_holder("x@example.fr", OTHER_SIRET).id == "f2"

    def test_people_without_a_siret_do_not_hold_the_same_one(self, stores):
        self.added(stores, "f1", Event.ADDRESS_CONFIRMED, siret="")
        second = self.added(stores, "f2", siret=None, email="lea@gite.example.fr")
        assert self.moved(stores, second, Event.ADDRESS_CONFIRMED).status is Status.SUBMITTED

    def test_a_run_is_counted_once_and_neither_the_version_nor_the_history_move(self, stores):
        file = self.added(stores, "f1", Event.ADDRESS_CONFIRMED)
        assert stores.applications.renew_run(file) == stores.applications.find("f1") == replace(file, run=2)
        with pytest.raises(ChangedMeanwhile):
            stores.applications.renew_run(file)
        assert len(stores.applications.list_history("f1")) == file.version

    def test_a_file_that_changed_meanwhile_gets_no_new_run(self, stores):
        file = self.added(stores)
        self.moved(stores, file, Event.ADDRESS_CONFIRMED)
        with pytest.raises(ChangedMeanwhile):
            stores.applications.renew_run(file)

    def test_files_are_listed_by_status_and_by_address(self, stores):
        for number in (2, 1, 3):
            at = NOON + timedelta(hours=number)
            file = replace(a_file(f"f{number}"), status_since=at, created_at=at)
            assert stores.applications.add(file, a_line(), [])
        everyone = ["f1", "f2", "f3"]
        found = stores.applications.list_in_status(Status.AWAITING_CONFIRMATION)
        assert [file.id for file in found] == everyone
        newest_first = stores.applications.list_recent(Status.AWAITING_CONFIRMATION)
        assert [file.id for file in newest_first] == everyone[::-1]
        by_email = stores.applications.list_by_email("Maelle@Hotel.example.fr")
        assert [file.id for file in by_email] == everyone[::-1]
        assert stores.applications.list_in_status(Status.ACTIVE) == []

    def test_lists_longer_than_one_page_of_the_database_are_whole(self, stores):
        for number in range(14):
            file = a_file(f"f{number:02d}", description="x" * 100_000)
            assert stores.applications.add(file, a_line(), [])
        found = stores.applications.list_in_status(Status.AWAITING_CONFIRMATION)
        assert len({file.id for file in found}) == 14
