"""An entry for a calendar is written when its mail leaves, and goes with it as mail clients know it; so is a code."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from chalicelib.adapters.calendars import invitation
from chalicelib.adapters.qr import png
from chalicelib.mail.mapping import mail_of, new_item
from chalicelib.mail.model import AttachedFile, MailState
from chalicelib.mail.service import MailService
from chalicelib.mail.writing import LetterWriter
from tests.factories import an_office
from tests.fakes.clock import NOON
from tests.fakes.mail import FakeOutbox
from tests.harness.entries import an_entry
from tests.unit.adapters.calendar_readers import read_by_ical
from tests.unit.mail.letters import SITE, File, Links, every_message, stored_file
from tests.unit.mail.reading import received

MORNING = an_entry()
DAY_AFTER = replace(
    MORNING, uid="seance-s1-2@bureau.example.org", starts_at=MORNING.starts_at + timedelta(days=1),
    ends_at=MORNING.ends_at + timedelta(days=1),
)  # fmt: skip
WELCOME = every_message(File())["partners/welcome"]
MESSAGE = replace(WELCOME, calendar=(MORNING, DAY_AFTER))


def written(message, write_invitation=invitation):
    head = {"office": an_office(), "site_url": SITE}
    return LetterWriter(Links(), Links(), lambda: head, stored_file, write_invitation, png)(message, "key-1")


def files(letter):
    """The files of the mail as a client finds them: name, type, method, content."""
    return [
        (
            part.get_filename(),
            part.get_content_type(),
            part.get_param("method"),
            part.get_payload(decode=True),
        )
        for part in received(letter).iter_attachments()
    ]


def test_each_entry_goes_with_the_mail_as_an_invitation_of_its_own():
    assert files(written(MESSAGE)) == [
        ("invitation.ics", "text/calendar", "REQUEST", invitation(MORNING)),
        ("invitation-2.ics", "text/calendar", "REQUEST", invitation(DAY_AFTER)),
    ]


def test_a_mail_with_invitations_is_read_as_before_in_its_two_versions():
    mail = received(written(MESSAGE))
    assert mail.get_content_type() == "multipart/mixed"
    assert (
        mail.get_body(("html",)).get_content() == received(written(WELCOME)).get_body(("html",)).get_content()
    )
    for part in mail.iter_attachments():
        assert (part.get_content_disposition(), part["Content-Type"].params["charset"]) == (
            "attachment",
            "utf-8",
        )


def test_a_cancelled_entry_says_so_in_the_mail_and_in_the_file():
    ((name, kind, method, content),) = files(
        written(replace(MESSAGE, calendar=(replace(MORNING, is_cancelled=True),)))
    )
    assert (name, kind, method) == ("invitation.ics", "text/calendar", "CANCEL")
    found = read_by_ical(content)
    assert (found.method, found.events[0].status) == ("CANCEL", "CANCELLED")


def test_stored_files_come_before_the_invitations():
    programme = AttachedFile("programmes/s1.pdf", "programme.pdf", "application/pdf")
    letter = written(replace(MESSAGE, attachments=(programme,)))
    assert [name for name, *_ in files(letter)] == ["programme.pdf", "invitation.ics", "invitation-2.ics"]


def test_a_mail_without_entries_asks_nobody_to_write_one():
    def never(entry):
        raise AssertionError(entry)

    assert written(WELCOME, never).attachments == ()


def test_the_outbox_gives_the_same_invitations_back():
    kept = mail_of(new_item(MESSAGE, NOON)).message
    assert kept.calendar == MESSAGE.calendar
    assert files(written(kept)) == files(written(MESSAGE))


def test_a_mail_waits_when_an_invitation_cannot_be_written_and_never_goes_without():
    def broken(entry):
        raise ValueError(entry.uid)

    outbox, sent = FakeOutbox(), []
    outbox.put_once(MESSAGE, NOON)
    service = MailService(outbox, sent, lambda message, key: written(message, broken), lambda: NOON)
    with pytest.raises(ValueError, match="seance"):
        service.deliver(MESSAGE.key)
    assert (outbox.rows[MESSAGE.key].state, sent) == (MailState.NEW, [])


def test_a_path_of_this_site_goes_along_as_a_code_to_scan():
    (attached,) = written(replace(WELCOME, code_path="/formations/presence/r1.abc")).attachments
    assert (attached.name, attached.content_type) == ("code-entree.png", "image/png")
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(attached.content)))
    assert read.text == f"{SITE}/formations/presence/r1.abc"


def test_the_path_of_a_code_is_kept_in_the_outbox():
    message = replace(WELCOME, code_path="/formations/presence/r1.abc")
    assert mail_of(new_item(message, NOON)).message.code_path == "/formations/presence/r1.abc"
