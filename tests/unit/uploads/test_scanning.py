"""What happens when a scanner has looked at a file."""

import pytest

from chalicelib.uploads import keys
from chalicelib.uploads.model import Fault, ScanState, ScanUnclear, UploadState
from chalicelib.uploads.scanning import scan_result
from tests.harness.documents import A_PAGE, a_pdf, a_png
from tests.unit.uploads.house import OTHER, OWNER, House

CLEAN, INFECTED = ScanState.CLEAN, ScanState.INFECTED


def told(status, key="kept/a/b"):
    detail = {"s3ObjectDetails": {"bucketName": "b", "objectKey": key}}
    return {"detail": {**detail, "scanResultDetails": {"scanResultStatus": status}}}


@pytest.mark.parametrize(("status", "found"), [("NO_THREATS_FOUND", CLEAN), ("THREATS_FOUND", INFECTED)])
def test_what_guardduty_says_is_clean_or_infected(status, found):
    assert scan_result(told(status)) == ("kept/a/b", found)


@pytest.mark.parametrize(
    "event", [told("UNSUPPORTED"), told("FAILED"), {"detail": {"scanStatus": "SKIPPED"}}]
)
def test_a_file_that_it_could_not_read_is_for_somebody_to_look_at(event):
    with pytest.raises(ScanUnclear):
        scan_result(event)


@pytest.fixture
def house():
    return House(scan=ScanState.PENDING)


def test_a_clean_file_stays_as_it_is(house):
    upload = house.sends(a_pdf())
    noted = house.scanning.record(upload.key, CLEAN)
    assert house.listed() == [noted]
    assert (noted.scan, noted.state, noted.key) == (CLEAN, UploadState.KEPT, upload.key)
    assert house.under("kept/") == [upload.key]


def test_an_infected_file_is_destroyed_and_told(house):
    upload = house.sends(a_pdf())
    noted = house.scanning.record(upload.key, INFECTED)
    assert house.listed() == [noted]
    assert (noted.scan, noted.state, noted.fault) == (INFECTED, UploadState.REFUSED, Fault.INFECTED)
    assert house.under("") == []


def test_its_place_is_free_again_and_its_refusal_is_the_one_that_is_told(house):
    upload = house.sends(a_pdf())
    house.sends(A_PAGE)
    house.scanning.record(upload.key, INFECTED)
    assert [each.fault for each in house.listed()] == [Fault.INFECTED]
    assert house.sends(a_png()).is_kept
    assert [each.is_kept for each in house.listed()] == [True]


@pytest.mark.parametrize("found", [CLEAN, INFECTED])
def test_the_same_news_twice_changes_nothing(house, found):
    upload = house.sends(a_pdf())
    first = house.scanning.record(upload.key, found)
    version = house.uploads.shelf(OWNER).version
    assert house.scanning.record(upload.key, found) == first
    assert house.uploads.shelf(OWNER).version == version


def test_a_destroyed_file_does_not_become_clean(house):
    upload = house.sends(a_pdf())
    house.scanning.record(upload.key, INFECTED)
    noted = house.scanning.record(upload.key, CLEAN)
    assert (noted.fault, noted.scan) == (Fault.INFECTED, INFECTED)


@pytest.mark.parametrize("found", [CLEAN, INFECTED])
def test_news_of_a_file_that_was_taken_away_are_no_news(house, found):
    upload = house.sends(a_pdf())
    house.service.remove(OWNER, upload.id)
    assert house.scanning.record(upload.key, found) is None


def test_news_of_a_file_that_is_there_and_not_listed_come_again(house):
    house.files.put(keys.kept_key(OWNER, OTHER), a_pdf(), "")
    with pytest.raises(ScanUnclear):
        house.scanning.record(keys.kept_key(OWNER, OTHER), CLEAN)


def test_an_infected_file_that_is_not_listed_is_destroyed_all_the_same(house):
    house.files.put(keys.kept_key(OWNER, OTHER), a_pdf(), "")
    assert house.scanning.record(keys.kept_key(OWNER, OTHER), INFECTED) is None
    assert house.under("") == []


def test_news_of_a_key_that_is_none_of_ours_are_left_alone(house):
    house.files.put("incoming/x", b"x", "")
    assert house.scanning.record("incoming/x", INFECTED) is None
    assert house.under("") == ["incoming/x"]


def test_who_writes_at_the_same_time_is_waited_for(house):
    upload = house.sends(a_pdf())
    house.uploads.before_saving.append(lambda: house.sends(a_png()))
    house.scanning.record(upload.key, CLEAN)
    assert [each.scan for each in house.listed()] == [CLEAN, ScanState.PENDING]
