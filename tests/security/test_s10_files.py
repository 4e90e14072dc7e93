"""S10, R17: files made to harm, and files that never came. The function looks at them as the bucket's event tells of them."""

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from chalicelib.kernel.errors import FieldError
from chalicelib.uploads import keys
from chalicelib.uploads.model import Fault
from chalicelib.uploads.rules import USUAL
from chalicelib.uploads.slots import DocumentAsked, Paths, slots, still_due
from tests.harness import objects
from tests.harness.documents import (
    A_PAGE,
    A_WINDOWS_PROGRAM,
    AN_SVG,
    a_jpeg,
    a_locked_pdf,
    a_packed_pdf,
    a_pdf,
    a_pdf_of,
    a_pdf_with,
    a_png,
    an_action,
    an_archive,
)
from tests.inprocess import BASE_URL, ENVIRONMENT, client, handler, in_process

OWNER = "a" * 32
A_BOMB = an_archive(50_000_000)
HARMFUL = {
    "0 bytes": (b"", Fault.EMPTY),
    "the limit and one byte": (a_pdf_of(USUAL.most_bytes + 1), Fault.TOO_LARGE),
    "an HTML page": (A_PAGE, Fault.WRONG_TYPE),
    "an HTML page in front of a PDF": (A_PAGE + a_pdf(), Fault.WRONG_TYPE),
    "an SVG with a script": (AN_SVG, Fault.WRONG_TYPE),
    "a script": (b"#!/bin/sh\nrm -rf /\n", Fault.WRONG_TYPE),
    "a program": (A_WINDOWS_PROGRAM, Fault.WRONG_TYPE),
    "a ZIP bomb": (A_BOMB, Fault.WRONG_TYPE),
    "a PDF that is a ZIP bomb too": (a_pdf() + A_BOMB, Fault.WRONG_TYPE),
    "a picture that is an archive too": (a_jpeg() + an_archive(), Fault.WRONG_TYPE),
    "a PDF that is one": (a_packed_pdf(50_000_000), Fault.BROKEN),
    "a PDF that runs something": (a_pdf(OpenAction=an_action("JavaScript", JS="x")), Fault.ACTIVE),
    "a PDF that starts a program": (a_pdf(OpenAction=an_action("Launch", F="cmd.exe")), Fault.ACTIVE),
    "a PDF with a program in it": (a_pdf_with("devis.exe", A_WINDOWS_PROGRAM), Fault.ATTACHMENTS),
    "a locked PDF": (a_locked_pdf(), Fault.ENCRYPTED),
    "half a PDF": (a_pdf()[:300], Fault.BROKEN),
    "half a picture": (a_png()[:-20], Fault.BROKEN),
}
NAMES = {
    "../../x": "x.pdf",
    "..\\..\\x.pdf": "x.pdf",
    "devis\u202efdp.exe": "devisfdp.pdf",
    "devis.pdf\0.exe": "devis.pdf",
    "a\r\nSet-Cookie: b=c.pdf": "a Set-Cookie: b=c.pdf",
    "<script>alert(1)<": "<script>alert(1)<.pdf",
    '"; filename="x.html': "_; filename=_x.pdf",
    "n" * 500: "n" * 115 + ".pdf",
}


@pytest.fixture
def application() -> Iterator[None]:
    with in_process():
        yield


def arrives(
    content: bytes, name: str = "devis.pdf", kind: str = "quote", content_type: str = "application/pdf"
) -> str:
    """A browser has sent it, and says that it is a PDF."""
    key = keys.ticket_prefix(OWNER, kind) + name
    client("s3").put_object(
        Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content, ContentType=content_type
    )
    return key


def looked_at(key: str):
    from chalicelib.uploads.bootstrap import upload_service

    handler("check_upload")({"detail": {"object": {"key": key}}}, None)
    return upload_service().list_of(OWNER)


@pytest.mark.parametrize("what", HARMFUL)
def test_a_harmful_file_is_gone_with_a_word_of_why(application, what):
    content, fault = HARMFUL[what]
    (upload,) = looked_at(arrives(content))
    assert (upload.fault, upload.key) == (fault, "")
    assert objects.all_keys() == []


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_file_is_called_it_is_kept_under_a_key_of_ours_and_saved_under_a_clean_name(
    application, name
):
    from chalicelib.uploads.bootstrap import upload_service

    (upload,) = looked_at(arrives(a_pdf(), name[:400]))
    assert objects.all_keys() == [f"kept/{OWNER}/{upload.id}"]
    asked = parse_qs(urlsplit(upload_service().download_url(upload)).query)
    (disposition,) = asked["response-content-disposition"]
    assert disposition.isascii()
    assert disposition.isprintable()
    assert disposition.startswith('attachment; filename="')
    saved = unquote(disposition.rpartition("''")[2])
    assert saved == upload.name
    assert saved.replace('"', "_") == NAMES[name]


def test_a_file_is_handed_out_as_what_it_is_from_another_origin_as_an_attachment(application):
    from chalicelib.uploads.bootstrap import upload_service

    (upload,) = looked_at(arrives(a_png(), "page.html", content_type="text/html"))
    link = urlsplit(upload_service().download_url(upload))
    assert parse_qs(link.query)["response-content-type"] == ["image/png"]
    assert f"{link.scheme}://{link.netloc}" == ENVIRONMENT["FILES_ORIGIN"] != BASE_URL
    assert (
        client("s3").head_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=upload.key)["ContentType"]
        == "image/png"
    )


def test_a_file_that_never_came_is_missed_at_its_field_and_leaves_nothing_behind(application):
    from chalicelib.uploads.bootstrap import upload_service

    service = upload_service()
    asked = (DocumentAsked("quote", "Devis"), DocumentAsked("plan", "Plan", required=False))
    paths = Paths(str, str, "")
    shown = slots(asked, service.list_of(OWNER), lambda kind: service.ticket(OWNER, kind, "/pieces"), paths)
    assert still_due(shown) == [FieldError("quote", "Joignez le document «\u00a0Devis\u00a0».")]
    assert objects.all_keys() == []
    assert service.list_of(OWNER) == []


def test_a_file_whose_event_never_came_is_taken_in_by_the_page(application):
    from chalicelib.uploads.bootstrap import receiving_service, upload_service

    arrives(a_pdf())
    assert upload_service().waiting(OWNER) == {"quote"}
    (upload,) = receiving_service().receive_waiting(OWNER)
    assert upload_service().list_of(OWNER) == [upload]
    assert upload_service().waiting(OWNER) == frozenset()
