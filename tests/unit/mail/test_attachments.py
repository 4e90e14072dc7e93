"""A mail goes with all its files or waits for them; without them it never goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters.calendars import invitation
from chalicelib.adapters.qr import png
from chalicelib.kernel.letters import MailPostponed
from chalicelib.mail.model import ATTEMPTS, UNATTACHABLE, AttachedFile, MailState
from chalicelib.mail.service import MailService
from chalicelib.mail.wording import NOT_TAKEN, what_became_of
from chalicelib.mail.writing import LetterWriter
from tests.factories import an_office
from tests.fakes.clock import NOON
from tests.fakes.mail import FakeOutbox
from tests.unit.mail.letters import SITE, File, Links, every_message
from tests.unit.mail.reading import received

AWARD = AttachedFile("awards/f1.pdf", "accord.pdf", "application/pdf")
INVOICE = AttachedFile("invoices/f1", "facture.pdf", "application/pdf")
MESSAGE = replace(every_message(File())["partners/welcome"], attachments=(AWARD, INVOICE))


class CountedLinks(Links):
    """Mints links, and counts them."""

    def __init__(self):
        self.minted = 0

    def mint(self, request):
        self.minted += 1
        return super().mint(request)


class House:
    """The outbox with its sender, and a store of files."""

    def __init__(self):
        self.stored = {AWARD.key: b"%PDF award", INVOICE.key: b"%PDF invoice"}
        self.outbox, self.sent, self.now, self.links = FakeOutbox(), [], NOON, CountedLinks()
        head = {"office": an_office(), "site_url": SITE}
        self.write = LetterWriter(
            self.links, self.links, lambda: head, self.stored.__getitem__, invitation, png
        )
        self.service = MailService(self.outbox, self, self.write, lambda: self.now)
        self.outbox.put_once(MESSAGE, NOON)

    def send(self, letter):
        self.sent.append(letter)
        return "ses-1"

    @property
    def row(self):
        return self.outbox.rows[MESSAGE.key]


@pytest.fixture
def house():
    return House()


def test_the_files_are_read_when_the_mail_leaves_and_go_with_it(house):
    assert house.service.deliver(MESSAGE.key)
    (letter,) = house.sent
    files = [
        (each.get_filename(), each.get_content_type(), each.get_content())
        for each in received(letter).iter_attachments()
    ]
    assert files == [
        ("accord.pdf", "application/pdf", b"%PDF award"),
        ("facture.pdf", "application/pdf", b"%PDF invoice"),
    ]
    assert house.row.state is MailState.SENT


def test_a_mail_waits_for_a_file_that_cannot_be_read_and_goes_whole_when_it_can(house):
    invoice = house.stored.pop(INVOICE.key)
    assert house.service.deliver(MESSAGE.key), "it was tried, and nothing is to be raised: the stream goes on"
    assert (house.row.state, house.sent) == (MailState.NEW, [])
    assert house.outbox.due_at[MESSAGE.key] == NOON + timedelta(minutes=1)
    house.stored[INVOICE.key] = invoice
    house.now += timedelta(minutes=1)
    assert house.service.sweep() == 1
    assert [len(letter.attachments) for letter in house.sent] == [2]


def test_no_link_is_minted_for_a_mail_that_waits_for_a_file(house):
    house.stored.clear()
    house.service.deliver(MESSAGE.key)
    assert house.links.minted == 0


def test_a_file_that_stays_away_is_shown_to_staff_with_whom_to_tell(house):
    house.stored.clear()
    for _ in range(ATTEMPTS):
        house.service.deliver(MESSAGE.key)
        house.now += timedelta(days=1)
    assert (house.row.state, house.row.reason) == (MailState.FAILED, UNATTACHABLE)
    assert "pièce jointe" in what_became_of(house.row)
    assert "administre l’application" in what_became_of(house.row)
    assert NOT_TAKEN not in what_became_of(house.row)
    assert house.sent == []


def test_whatever_the_store_raises_is_a_trouble_that_may_pass(house):
    def broken(key):
        raise OSError(key)

    with pytest.raises(MailPostponed, match="pièce jointe"):
        replace(house.write, read_file=broken)(MESSAGE, MESSAGE.key)


def test_a_mail_without_files_asks_no_store(house):
    def never(key):
        raise AssertionError(key)

    bare = replace(MESSAGE, attachments=())
    assert replace(house.write, read_file=never)(bare, bare.key).attachments == ()
