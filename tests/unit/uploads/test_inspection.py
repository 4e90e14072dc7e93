"""What a file is taken for, by its content."""

import logging
import signal
import struct
import threading

import pytest
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from chalicelib.uploads import pdf
from chalicelib.uploads.images import jpeg_fault, png_fault
from chalicelib.uploads.inspection import inspect
from chalicelib.uploads.model import Fault
from chalicelib.uploads.pdf import pdf_fault
from chalicelib.uploads.rules import JPEG, PDF, PNG, USUAL, Rules
from chalicelib.uploads.time_limit import OutOfTime, stopped_after
from tests.harness.documents import (
    A_PAGE,
    a_chunk,
    a_jpeg,
    a_locked_pdf,
    a_packed_pdf,
    a_pdf,
    a_pdf_with,
    a_png,
    an_action,
    an_archive,
)

PNG_HEAD = a_png()[:33]
"""The signature and the header."""
INVOICE = b'<?xml version="1.0"?><rsm:CrossIndustryInvoice/>'
JAVASCRIPT = an_action("JavaScript", JS="app.alert(1)")
XREF = b"\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 2>>\nstartxref\n9\n%%EOF"


def of_page(**entries):
    """A catalogue entry that holds something further inside."""
    held = DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})
    return ArrayObject([DictionaryObject({NameObject("/A"): ArrayObject([held])})])


@pytest.mark.parametrize(("content", "file_type"), [(a_pdf(3), PDF), (a_jpeg(), JPEG), (a_png(), PNG)])
def test_a_whole_file_has_its_type_and_no_fault(content, file_type):
    assert inspect(content, USUAL) == (file_type, None)


def test_a_type_that_is_not_taken_is_a_wrong_one():
    only_pdf = Rules(types=(PDF,))
    assert inspect(a_png(), only_pdf) == (None, Fault.WRONG_TYPE)
    assert inspect(a_pdf(), only_pdf) == (PDF, None)


@pytest.mark.parametrize("front", [b" ", b"\n", b"\xef\xbb\xbf", A_PAGE, b"GIF89a", b"\0"])
def test_what_begins_as_something_else_is_no_pdf_though_readers_would_find_one(front):
    assert inspect(front + a_pdf(), USUAL) == (None, Fault.WRONG_TYPE)


@pytest.mark.parametrize("content", [a_pdf(), a_jpeg()])
def test_what_opens_as_an_archive_too_is_refused(content):
    assert inspect(content + an_archive(), USUAL) == (None, Fault.WRONG_TYPE)


def test_the_sign_of_an_archive_by_chance_is_none():
    assert inspect(a_jpeg(behind=b"PK\5\6" + bytes(100)), USUAL) == (JPEG, None)


@pytest.mark.parametrize("password", ["secret", ""])
def test_a_locked_pdf_is_named_so_even_if_it_opens_for_reading(password):
    assert pdf_fault(a_locked_pdf(password)) is Fault.ENCRYPTED


def test_a_lock_that_the_function_has_no_library_for_is_a_lock(monkeypatch):
    def lacking(*_):
        raise DependencyError("cryptography>=43 is required for AES algorithm")

    monkeypatch.setattr("pypdf.PdfReader._handle_encryption", lacking)
    assert pdf_fault(a_locked_pdf()) is Fault.ENCRYPTED


@pytest.mark.parametrize(
    "catalog",
    [
        {"OpenAction": JAVASCRIPT},
        {"OpenAction": an_action("Launch", F="cmd.exe")},
        {"AA": of_page(WC=JAVASCRIPT)},
        {"Names": of_page(JavaScript=of_page(JS=NameObject("/x")))},
        {"AcroForm": of_page(Fields=of_page(S=NameObject("/JavaScript")))},
    ],
    ids=["opening", "launch", "closing", "names", "calculating"],
)
def test_a_pdf_that_runs_something_is_refused_wherever_that_stands(catalog):
    assert pdf_fault(a_pdf(**catalog)) is Fault.ACTIVE


def test_a_name_that_is_spelled_with_numbers_is_the_same_name():
    hidden = (
        a_pdf(OpenAction=JAVASCRIPT).replace(b"/JS ", b"/J#53 ").replace(b"/JavaScript", b"/JavaScr#69pt")
    )
    assert b"/JS" not in hidden
    assert pdf_fault(hidden) is Fault.ACTIVE


def test_what_stands_packed_is_looked_at_too():
    assert pdf_fault(a_packed_pdf(10)) is None
    assert pdf_fault(a_packed_pdf(10, catalog=b"/OpenAction<</S/JavaScript/JS(x)>>")) is Fault.ACTIVE


def test_a_pdf_that_opens_at_a_page_runs_nothing():
    assert pdf_fault(a_pdf(OpenAction=an_action("GoTo"))) is None


def test_a_pdf_that_carries_files_is_refused():
    assert pdf_fault(a_pdf_with("plan.dwg", b"AC1027")) is Fault.ATTACHMENTS


def test_an_electronic_invoice_carries_its_figures_along_and_is_kept():
    assert pdf_fault(a_pdf_with("factur-x.xml", INVOICE)) is None


def test_figures_under_another_name_are_a_file_like_any():
    assert pdf_fault(a_pdf_with("devis.xml", INVOICE)) is Fault.ATTACHMENTS


@pytest.mark.parametrize("content", [b"MZ\x90", b"PK\3\4", b""])
def test_what_only_calls_itself_the_figures_of_an_invoice_is_refused(content):
    assert pdf_fault(a_pdf_with("factur-x.xml", content)) is Fault.ATTACHMENTS


@pytest.mark.parametrize(
    "content",
    [
        a_pdf()[:-10],
        a_pdf()[: len(a_pdf()) // 2] + b"%%EOF",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 100_000 + XREF,
        a_pdf(0),
        a_pdf() + b"\n" * 3000,
    ],
    ids=["no end", "half", "nothing", "deep", "no page", "end too far"],
)
def test_a_broken_pdf_is_named_so(content):
    assert pdf_fault(content) is Fault.BROKEN


def test_a_pdf_with_more_parts_than_any_document_is_not_walked_through(monkeypatch):
    parts = a_pdf().count(b" obj")
    monkeypatch.setattr(pdf, "MOST_OBJECTS", parts)
    assert pdf_fault(a_pdf()) is None
    assert pdf_fault(a_pdf(2)) is Fault.BROKEN


def test_a_packed_part_that_would_fill_the_memory_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 10_000)
    assert pdf_fault(a_packed_pdf(1_000)) is None
    assert pdf_fault(a_packed_pdf(20_000)) is Fault.BROKEN


def test_a_pdf_that_was_made_to_take_for_ever_is_put_aside_in_time():
    assert pdf_fault(b"%PDF-1.4\n" + b"trailer<<" * 300_000 + XREF, most_seconds=0.2) is Fault.BROKEN


def work_for_ever():
    while True:
        pass


def test_the_time_limit_stops_work_and_leaves_no_alarm_behind():
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    with pytest.raises(OutOfTime), stopped_after(0.05):
        work_for_ever()
    with stopped_after(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.signal(signal.SIGALRM, before) is signal.SIG_IGN


def test_in_another_thread_there_is_no_limit_and_no_failure():
    done = []

    def work():
        with stopped_after(0.001):
            done.append(pdf_fault(a_pdf()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [None]


def test_what_the_library_says_of_broken_files_stays_out_of_the_log(caplog):
    with caplog.at_level(logging.DEBUG):
        pdf_fault(a_pdf().replace(b"/Pages", b"/Secret"))
    assert caplog.text == ""


@pytest.mark.parametrize(
    "content",
    [
        a_png()[:-1],
        a_png()[:-12],
        a_png() + b"more",
        a_png().replace(b"IDAT", b"IDAX"),
        a_png()[:-17] + b"x" + a_png()[-16:],
        PNG_HEAD + a_chunk(b"IEND", b""),
        a_png()[:40],
        a_png(0, 2),
        b"\x89PNG\r\n\x1a\n" + a_chunk(b"IDAT", b"x") + a_chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + a_chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**32 - 1) + b"IHDR" + bytes(20),
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_a_broken_png_is_named_so(content):
    assert png_fault(content) is Fault.BROKEN


@pytest.mark.parametrize("behind", [b"", b"SEFT" + bytes(40)])
def test_a_jpeg_may_have_what_telephones_put_behind_it(behind):
    assert jpeg_fault(a_jpeg(behind=behind)) is None


@pytest.mark.parametrize(
    "content",
    [
        a_jpeg()[:-2],
        a_jpeg()[:60],
        a_jpeg().replace(b"\xff\xc0", b"\xff\xe1"),
        a_jpeg().replace(b"\xff\xda", b"\x00\xda"),
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff" + b"\xff" * 50,
        b"\xff\xd8\xff\xe0\0\0",
        a_jpeg().replace(struct.pack(">HH", 1, 1), bytes(4)),
    ],
)
def test_a_broken_jpeg_is_named_so(content):
    assert jpeg_fault(content) is Fault.BROKEN
