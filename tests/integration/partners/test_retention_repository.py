"""Erasing files: one contract, on the fakes and on DynamoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.drafts.model import CORRECTIONS, Draft
from chalicelib.drafts.repository import DraftRepository
from chalicelib.mail.repository import OutboxRepository
from chalicelib.partners.model import Event, Status, apply
from chalicelib.partners.repository import ApplicationRepository
from chalicelib.partners.retention_repository import ClosedFileRepository
from tests.fakes.applications import FakeApplications, FakeClosedFiles
from tests.fakes.clock import NOON
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox
from tests.integration.partners.test_repository import a_file, a_line


class Stores:
    def __init__(self, applications, drafts, closed):
        self.applications, self.drafts, self.closed = applications, drafts, closed


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request):
    if request.param == "fake":
        drafts = FakeDrafts(FakeOutbox())
        applications = FakeApplications(FakeOutbox(), drafts)
        return Stores(applications, drafts, FakeClosedFiles(applications, drafts))
    request.getfixturevalue("tables")
    drafts = DraftRepository("membership", OutboxRepository())
    applications = ApplicationRepository(OutboxRepository(), drafts)
    return Stores(applications, drafts, ClosedFileRepository(applications, drafts))


def withdrawn(stores, key="f1", rounds=0):
    file = a_file(key, email=f"{key}@hotel.example.fr", siret="")
    assert stores.applications.add(file, a_line(), [])
    back_and_forth = [Event.CHANGES_REQUESTED, Event.CORRECTED] * rounds
    for event in (Event.ADDRESS_CONFIRMED, *back_and_forth, Event.WITHDRAWN):
        change = apply(file, event, a_line(event.value))
        stores.applications.save(change, [])
        file = change.after
    return file


def test_a_file_goes_with_its_lines_its_reference_and_its_draft_and_no_other_file_with_it(stores):
    file, other = withdrawn(stores), withdrawn(stores, "f2")
    for key in ("f1", "f2"):
        assert stores.drafts.put(Draft(key, {}, NOON, NOON, kind=CORRECTIONS, version=1), NOON)
    assert stores.closed.erase(file)
    assert stores.closed.find("f1") is stores.drafts.find("f1") is None
    assert stores.applications.find_by_reference(file.reference) is None
    assert stores.applications.list_history("f1") == []
    assert stores.closed.find("f2") == stores.applications.find_by_reference(other.reference) == other
    assert len(stores.applications.list_history("f2")) == 3
    assert stores.drafts.find("f2")


def test_a_file_without_a_draft_goes_and_only_once(stores):
    file = withdrawn(stores)
    assert [stores.closed.erase(file) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("change", [{"version": 2}, {"status": Status.REFUSED}])
def test_a_file_that_is_not_as_it_was_read_stays_whole(stores, change):
    file = withdrawn(stores)
    assert not stores.closed.erase(replace(file, **change))
    assert stores.applications.find_by_reference(file.reference) == file
    assert len(stores.applications.list_history("f1")) == 3


def test_what_was_erased_can_be_sent_anew(stores):
    file = withdrawn(stores)
    assert stores.closed.erase(file)
    assert stores.applications.add(a_file(), a_line(), [])


def test_a_file_that_fills_a_whole_transaction_goes_in_one_piece(stores):
    file = withdrawn(stores, rounds=47)
    assert file.version == 97
    assert stores.closed.erase(file)
    assert stores.applications.list_history("f1") == []


def test_only_what_is_old_enough_and_in_that_status_is_listed_oldest_first(stores):
    for number in (2, 1, 3):
        at = NOON + timedelta(hours=number)
        file = replace(a_file(f"f{number}", Status.REFUSED), status_since=at)
        assert stores.applications.add(file, a_line(), [])
    assert stores.applications.add(a_file("f4", Status.ACTIVE), a_line(), [])
    limit = NOON + timedelta(hours=2)
    assert stores.closed.list_unchanged_since(Status.REFUSED, limit) == ["f1", "f2"]
    assert stores.closed.list_unchanged_since(Status.UNPAID, limit) == []
