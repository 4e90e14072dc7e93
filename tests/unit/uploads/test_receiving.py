"""What happens to a file that arrives."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.uploads.model import Fault, ScanState, UploadState
from chalicelib.uploads.receiving import MOST_AT_ONCE
from chalicelib.uploads.rules import USUAL, Rules
from tests.fakes.clock import NOON
from tests.harness.documents import (
    A_PAGE,
    A_WINDOWS_PROGRAM,
    AN_SVG,
    a_jpeg,
    a_locked_pdf,
    a_pdf,
    a_pdf_of,
    a_png,
    an_archive,
)
from tests.unit.uploads.house import OTHER, OWNER, House

LIMIT = USUAL.most_bytes


def test_a_good_file_is_kept_under_a_name_of_ours_with_what_is_known_of_it():
    house, content = House(), a_pdf()
    upload = house.sends(content, name="C:\\mes devis\\Devis\u202e été.PDF")
    assert (upload.name, upload.content_type, upload.size) == (
        "Devis été.pdf",
        "application/pdf",
        len(content),
    )
    assert upload.sha256 == hashlib.sha256(content).hexdigest()
    assert (upload.state, upload.fault, upload.scan) == (UploadState.KEPT, None, ScanState.OFF)
    assert upload.received_at > NOON
    assert upload.key == f"kept/{OWNER}/{upload.id}"
    assert house.files.files == {upload.key: (content, "application/pdf")}
    assert house.listed() == [upload]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"%PDF-" + b"0" * LIMIT, Fault.TOO_LARGE),
        (A_WINDOWS_PROGRAM, Fault.WRONG_TYPE),
        (AN_SVG, Fault.WRONG_TYPE),
        (A_PAGE, Fault.WRONG_TYPE),
        (an_archive(5_000_000), Fault.WRONG_TYPE),
        (a_pdf()[:-200], Fault.BROKEN),
        (a_locked_pdf(), Fault.ENCRYPTED),
    ],
    ids=["empty", "too large", "program", "svg", "page", "zip bomb", "cut off", "locked"],
)
def test_a_bad_file_is_not_kept_and_its_fault_is_told(content, fault):
    house = House()
    upload = house.sends(content, name="devis.pdf")
    assert (upload.state, upload.fault, upload.key) == (UploadState.REFUSED, fault, "")
    assert house.files.files == {}
    assert house.listed() == [upload]


@pytest.mark.parametrize(("size", "is_kept"), [(LIMIT, True), (LIMIT + 1, False)])
def test_the_limit_itself_is_kept_and_one_byte_more_is_not(size, is_kept):
    assert House().sends(a_pdf_of(size)).is_kept is is_kept


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch):
    house = House()
    monkeypatch.setattr(house.files, "get", lambda key: pytest.fail("it was read"))
    assert house.sends(b"0" * (LIMIT + 1)).fault is Fault.TOO_LARGE


def test_the_event_may_come_twice_and_the_second_finds_nobody():
    house = House()
    key = house.files.arrives(OWNER, "quote", "devis.pdf", a_pdf())
    upload = house.receiving.receive(key)
    assert house.receiving.receive(key) is None
    assert house.listed() == [upload]


@pytest.mark.parametrize("content", [a_pdf(), A_PAGE], ids=["good", "bad"])
def test_who_died_before_the_file_was_taken_away_comes_to_the_same_again(content):
    house = House()
    key = house.files.arrives(OWNER, "quote", "devis.pdf", content)
    first = house.receiving.receive(key)
    house.files.put(key, content, "")
    house.clock.wait(minutes=5)
    assert house.receiving.receive(key) == first
    assert house.listed() == [first]
    assert house.under("incoming/") == []


def test_two_who_look_at_the_same_file_at_once_keep_it_once():
    house = House()
    key = house.files.arrives(OWNER, "quote", "devis.pdf", a_pdf())
    house.uploads.before_saving.append(lambda: house.receiving.receive(key))
    upload = house.receiving.receive(key)
    assert house.listed() == [upload]
    assert house.under("kept/") == [upload.key]


def test_a_ticket_used_twice_with_the_back_button_brings_two_files():
    house = House()
    key = house.files.arrives(OWNER, "quote", "devis.pdf", a_pdf())
    first = house.receiving.receive(key)
    house.files.put(key, a_png(), "")
    second = house.receiving.receive(key)
    assert house.listed() == sorted([first, second], key=lambda each: each.id)
    assert [each.is_kept for each in (first, second)] == [True, True]


@pytest.mark.parametrize(
    "key",
    [
        "incoming/../kept/x",
        f"incoming/{OWNER}/quote/x.pdf",
        f"incoming/{OWNER}/Quote/{OTHER}/x.pdf",
        f"incoming/{OWNER.upper()}/quote/{OTHER}/x.pdf",
        f"kept/{OWNER}/{OTHER}",
        "",
    ],
)
def test_what_lies_where_no_form_of_ours_leads_is_left_alone(key):
    house = House()
    house.files.put(key, a_pdf(), "")
    assert house.receiving.receive(key) is None
    assert list(house.files.files) == [key]


def test_the_same_content_under_the_same_kind_is_kept_once_without_a_word():
    house = House()
    first = house.sends(a_pdf(), name="devis.pdf")
    assert house.sends(a_pdf(), name="devis (1).pdf") == first
    assert house.listed() == [first]
    assert house.under("") == [first.key]


def test_one_scan_may_stand_for_two_documents():
    house = House()
    first, second = house.sends(a_pdf(), "quote"), house.sends(a_pdf(), "certificate")
    assert house.listed() == [first, second]
    assert first.key != second.key


def test_the_same_content_is_no_matter_between_two_owners():
    house = House()
    house.sends(a_pdf())
    assert house.sends(a_pdf(), owner=OTHER).is_kept


def test_one_more_than_a_kind_holds_is_refused_and_another_kind_has_room():
    house = House()
    for number in range(5):
        assert house.sends(a_png(shade=number)).is_kept
    assert house.sends(a_png(shade=9)).fault is Fault.TOO_MANY_OF_KIND
    assert house.sends(a_png(shade=9), "certificate").is_kept
    assert len(house.under("kept/")) == 6


def test_one_more_than_an_owner_holds_is_refused():
    house = House(Rules(most_of_owner=7))
    for number in range(7):
        assert house.sends(a_png(shade=number), f"kind{number % 2}").is_kept
    assert house.sends(a_png(shade=9), "kind2").fault is Fault.TOO_MANY


def test_two_files_that_arrive_together_share_the_last_place():
    house = House(Rules(most_of_kind=1))
    house.uploads.before_saving.append(lambda: house.sends(a_png(shade=1)))
    late = house.sends(a_png(shade=2))
    assert late.fault is Fault.TOO_MANY_OF_KIND
    assert sorted(each.is_kept for each in house.listed()) == [False, True]
    assert len(house.under("kept/")) == 1


def test_an_owner_whose_files_never_stand_still_is_tried_again_later():
    house = House()
    other = house.files.arrives(OWNER, "quote", "x.png", a_png())

    def busy():
        house.uploads.shelves[OWNER] = house.uploads.shelf(OWNER).without("x")

    house.uploads.before_saving += [busy] * 20
    with pytest.raises(ChangedMeanwhile):
        house.receiving.receive(other)
    assert house.under("incoming/") == [other]


def test_a_kind_tells_its_last_refusal_only():
    house = House()
    house.sends(A_PAGE)
    last = house.sends(AN_SVG)
    other = house.sends(b"", "certificate")
    assert house.listed() == [last, other]


@pytest.mark.parametrize("content", [a_pdf(), a_jpeg()], ids=["new", "kept already"])
def test_a_good_file_clears_the_refusal_of_its_kind(content):
    house = House()
    house.sends(a_jpeg())
    house.sends(A_PAGE)
    house.sends(content)
    assert all(upload.is_kept for upload in house.listed())


def test_where_files_are_scanned_a_new_one_waits_for_it():
    assert House(scan=ScanState.PENDING).sends(a_pdf()).scan is ScanState.PENDING


def test_files_that_were_passed_over_are_taken_in_by_hand_a_few_at_a_time():
    house = House()
    for number in range(MOST_AT_ONCE + 1):
        house.files.arrives(OWNER, "quote", "x.png", a_png(shade=number))
    house.files.arrives(OTHER, "quote", "x.png", a_png())
    assert len(house.receiving.receive_waiting(OWNER)) == MOST_AT_ONCE
    assert house.service.waiting(OWNER) == {"quote"}
    assert len(house.receiving.receive_waiting(OWNER)) == 1
    assert house.receiving.receive_waiting(OWNER) == []
    assert house.service.waiting(OTHER) == {"quote"}


def test_a_file_that_the_event_takes_in_at_the_same_time_is_nobodys_mistake(monkeypatch):
    house = House()
    key = house.files.arrives(OWNER, "quote", "devis.pdf", a_pdf())
    get = house.files.get

    def late(asked: str) -> bytes:
        monkeypatch.setattr(house.files, "get", get)
        house.receiving.receive(asked)
        return get(asked)

    monkeypatch.setattr(house.files, "get", late)
    assert house.receiving.receive(key) is None
    assert [each.is_kept for each in house.listed()] == [True]


@given(
    content=st.binary(max_size=300),
    head=st.sampled_from([b"", b"%PDF-1.7\n", a_png()[:20], a_jpeg()[:8], b"PK\3\4"]),
)
def test_no_content_whatever_makes_it_fail_and_none_stays_where_it_came_in(content, head):
    house = House()
    upload = house.sends(head + content)
    assert upload.fault in {Fault.WRONG_TYPE, Fault.BROKEN, Fault.EMPTY}
    assert house.under("") == []


@given(at=st.integers(0, len(a_pdf()) - 1), byte=st.integers(0, 255))
def test_a_pdf_with_any_byte_changed_is_kept_whole_or_refused(at, byte):
    house, content = House(), bytearray(a_pdf())
    content[at] = byte
    upload = house.sends(bytes(content))
    assert [value for value, _ in house.files.files.values()] == ([bytes(content)] if upload.is_kept else [])
