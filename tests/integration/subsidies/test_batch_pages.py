"""What accounting does with approved payments: collects them, takes the file, notes what the bank says."""

from datetime import date
from xml.etree import ElementTree

import pytest

from chalicelib.mail import bootstrap as mail_room
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.statuses import Status
from tests.aid import proof_answers
from tests.integration.subsidies.house import as_, awarded, clock, money

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
BATCHES = "/bureau/virements"
DAY, STATEMENT, REASON = "jour-SUB-s1", "releve-SUB-s1", "motif-SUB-s1"


def approved(key="s1"):
    money(free=0, reserved=24_000, consumed=0)
    return awarded(key, Status.PAYMENT_APPROVED, payable=Amount(24_000, ()), proofs=proof_answers())


def stored():
    return stores.subsidies().find("s1")


def templates():
    return [mail.message.template for mail in mail_room.outbox().list_by_record("s1")]


@pytest.fixture
def batch():
    """The address of a batch with one payment, and a browser of who made it."""
    approved()
    accountant = as_("accounting")
    return accountant, accountant.post(BATCHES, cle="k" * 43).headers["Location"]


def mark(batch, **typed):
    accountant, there = batch
    return accountant.post(f"{there}/versements/SUB-s1/paye", **typed)


def test_the_file_for_the_bank_pays_the_approved_aid_to_the_account_of_its_holder(batch):
    accountant, there = batch
    sent = accountant.get(f"{there}/fichier")
    paid = ElementTree.fromstring(sent.body.encode())
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert [one.text for one in paid.findall(".//{*}InstdAmt")] == ["240.00"]
    assert stored().status is Status.PAYMENT_ORDERED


def test_a_paid_transfer_has_its_day_and_its_statement(batch):
    assert mark(batch, **{DAY: "3 mars 2027", STATEMENT: "R-7"}).status == 303
    assert (stored().status, stored().paid_on) == (Status.PAID, date(2027, 3, 3))
    assert templates() == ["subsidies/paid"]


@pytest.mark.parametrize(
    ("day", "statement", "said"),
    [
        ("", "R-7", "Indiquez la date et la référence"),
        ("demain", "R-7", "date"),
        ("31/02/2027", "R-7", "date"),
        ("01/01/2040", "R-7", "dans le futur"),
        ("01/01/2026", "R-7", "L’ordre de virement est du 3 mars 2027"),
        ("03/03/2027", " ", "Indiquez la date et la référence"),
    ],
)
def test_what_proves_no_payment_is_told_at_its_field_and_kept_there(batch, day, statement, said):
    answer = mark(batch, **{DAY: day, STATEMENT: statement})
    assert answer.status == 422
    assert said in answer.text
    assert f'value="{day}"' in answer.body if day else True
    assert f'value="{statement}"' in answer.body
    assert (stored().status, templates()) == (Status.PAYMENT_ORDERED, [])


def test_a_rejected_transfer_has_a_reason_and_is_made_again(batch):
    accountant, there = batch
    assert accountant.post(f"{there}/versements/SUB-s1/rejete", **{REASON: " "}).status == 422
    assert accountant.post(f"{there}/versements/SUB-s1/rejete", **{REASON: "Compte clos"}).status == 303
    assert (stored().status, stored().note, templates()) == (
        Status.PAYMENT_FAILED, "Compte clos", ["subsidies/payment_failed"],
    )  # fmt: skip
    assert "Compte clos" in accountant.get(there).text
    accountant.post(f"{there}/versements/SUB-s1/reprise")
    assert stored().status is Status.PAYMENT_APPROVED


def test_the_desk_says_how_many_payments_wait_to_whom_it_is_to_order_them():
    approved()
    assert "Virements (1 à préparer)" in as_("accounting").get("/bureau").text
    assert "à préparer" not in as_("director").get("/bureau").text


def test_a_batch_is_for_accounting_only(batch):
    _, there = batch
    for who in ("director", "quality_officer", "elected", "president"):
        assert as_(who).get(there).status == 403
        assert as_(who).get(f"{there}/fichier").status == 403


def test_an_unknown_batch_and_a_foreign_transfer_are_not_found(batch):
    accountant, there = batch
    assert accountant.get(f"{BATCHES}/inconnu").status == 404
    assert accountant.post(f"{there}/versements/SUB-zz/paye", **{DAY: "03/03/2027"}).status == 404
