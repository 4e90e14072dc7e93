"""The uploads: one contract, on the fake and on DynamoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.uploads.items import UploadItem
from chalicelib.uploads.model import Fault, ScanState, Upload
from chalicelib.uploads.repository import UploadRepository
from chalicelib.uploads.shelf import Shelf
from tests.fakes.clock import NOON
from tests.fakes.uploads import FakeUploads

OWNER, OTHER = "a" * 32, "b" * 32
A_FILE = Upload(
    OWNER,
    "quote",
    "1" * 32,
    "Devis été.pdf",
    12,
    NOON,
    "application/pdf",
    "f" * 64,
    scan=ScanState.PENDING,
    key="kept/x",
)
A_REFUSAL = Upload(OWNER, "quote", "2" * 32, "x.exe", 0, NOON + timedelta(hours=1)).refused(Fault.EMPTY)


@pytest.fixture(params=["fake", "dynamodb"])
def uploads(request):
    if request.param == "fake":
        return FakeUploads()
    request.getfixturevalue("tables")
    return UploadRepository()


def save(uploads, *saved, owner=OWNER):
    shelf = uploads.shelf(owner)
    for upload in saved:
        after = shelf.with_(upload)
        assert uploads.save(after, [upload], shelf.rows() - after.rows())
        shelf = after
    return shelf


def test_an_unknown_owner_has_an_empty_shelf_and_no_files(uploads):
    assert uploads.shelf(OWNER) == Shelf(OWNER)
    assert uploads.list_by_owner(OWNER) == []
    assert uploads.find(OWNER, "quote", "1" * 32) is None


def test_what_is_saved_is_found_as_it_was(uploads):
    shelf = save(uploads, A_FILE, A_REFUSAL)
    assert uploads.shelf(OWNER) == shelf
    assert uploads.find(OWNER, A_FILE.kind, A_FILE.id) == A_FILE
    assert uploads.find(OWNER, A_REFUSAL.kind, A_REFUSAL.id) == A_REFUSAL
    assert uploads.find(OWNER, "other", A_FILE.id) is None


def test_files_are_listed_by_their_arrival_and_none_of_another_owner(uploads):
    later = replace(A_FILE, kind="a_kind_before", id="0" * 32, received_at=NOON + timedelta(hours=2))
    save(uploads, later, A_FILE, A_REFUSAL)
    save(uploads, replace(A_FILE, owner=OTHER), owner=OTHER)
    assert uploads.list_by_owner(OWNER) == [A_FILE, A_REFUSAL, later]


def test_only_the_next_version_of_a_shelf_is_written_and_nothing_with_another(uploads):
    shelf = save(uploads, A_FILE)
    assert not uploads.save(Shelf(OWNER).with_(A_REFUSAL), [A_REFUSAL])
    assert not uploads.save(replace(shelf, version=3), [A_REFUSAL])
    assert not uploads.save(replace(shelf, version=1), [], [("quote", A_FILE.id)])
    assert uploads.list_by_owner(OWNER) == [A_FILE]
    assert uploads.shelf(OWNER) == shelf


def test_what_is_gone_goes_with_the_shelf(uploads):
    shelf = save(uploads, A_FILE, A_REFUSAL)
    assert uploads.save(shelf.without(A_FILE.id), gone=[("quote", A_FILE.id), ("quote", "never was")])
    assert uploads.list_by_owner(OWNER) == [A_REFUSAL]


def test_an_owner_is_forgotten_whole_and_alone(uploads):
    save(uploads, A_FILE, A_REFUSAL)
    save(uploads, replace(A_FILE, owner=OTHER), owner=OTHER)
    uploads.remove_all(OWNER)
    assert (uploads.shelf(OWNER), uploads.list_by_owner(OWNER)) == (Shelf(OWNER), [])
    assert len(uploads.list_by_owner(OTHER)) == 1
    save(uploads, A_FILE)


def test_a_refusal_is_forgotten_by_itself_after_thirty_days_and_a_kept_file_is_not(tables):
    save(UploadRepository(), A_FILE, A_REFUSAL)
    kept, refused = (UploadItem.get(OWNER, f"UPLOAD#quote#{each.id}") for each in (A_FILE, A_REFUSAL))
    assert kept.expires_epoch is None
    assert refused.expires_epoch == int((A_REFUSAL.received_at + timedelta(days=30)).timestamp())
