"""The file for the bank: it keeps to the schema, adds up, and takes any name."""

import string
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.sepa import (
    FORBIDDEN,
    Account,
    CreditTransfer,
    TransferFileInvalid,
    bank_text,
    transfer_file,
)

IBAN = "FR7630006000011234567890189"
PAYER = Account("Régie de l'Office « Val »", IBAN, "AGRIFRPP")
NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"}


def made(*transfers: CreditTransfer) -> ElementTree.Element:
    return ElementTree.fromstring(transfer_file("VIR-7KQ4M2", PAYER, date(2027, 3, 4), transfers))


def a_transfer(cents: int = 24_000, name: str = "Maëlle Le Goff", key: str = "SUB-1-9") -> CreditTransfer:
    return CreditTransfer(
        Account(name, "FR1420041010050500013M02606"), cents, key, "Aide au classement SUB-1"
    )


def test_a_file_carries_our_reference_the_day_the_accounts_and_the_sums() -> None:
    file = made(a_transfer(), a_transfer(15_050, key="SUB-2-9"))
    text = {
        path: [node.text for node in file.iterfind(f".//p:{path}", NS)]
        for path in ("MsgId", "ReqdExctnDt", "InstdAmt", "EndToEndId", "CtrlSum", "NbOfTxs")
    }
    assert text == {
        "MsgId": ["VIR-7KQ4M2"],
        "ReqdExctnDt": ["2027-03-04"],
        "InstdAmt": ["240.00", "150.50"],
        "EndToEndId": ["SUB-1-9", "SUB-2-9"],
        "CtrlSum": ["390.50", "390.50"],
        "NbOfTxs": ["2", "2"],
    }
    assert [node.text for node in file.iterfind(".//p:IBAN", NS)] == [
        IBAN, "FR1420041010050500013M02606", "FR1420041010050500013M02606",
    ]  # fmt: skip
    assert [node.text for node in file.iterfind(".//p:Cdtr/p:Nm", NS)] == ["Maelle Le Goff"] * 2


def test_a_name_without_any_latin_sign_is_still_a_name() -> None:
    assert made(a_transfer(name="⁂"))[0].findtext(".//p:Cdtr/p:Nm", namespaces=NS) == "Beneficiaire"


def test_what_the_banks_would_refuse_is_not_written() -> None:
    with pytest.raises(TransferFileInvalid):
        transfer_file("x" * 36, PAYER, date(2027, 3, 4), [a_transfer()])


def test_an_account_is_not_told_where_it_is_printed() -> None:
    assert IBAN not in f"{PAYER!r}"


@given(st.text(max_size=200))
def test_any_text_becomes_one_that_banks_take(text: str) -> None:
    said = bank_text(text)
    assert len(said) <= 140
    assert not FORBIDDEN.search(said)
    assert set(said) <= set(string.printable)


@given(st.lists(st.tuples(st.integers(1, 10**7), st.text(min_size=1, max_size=90)), min_size=1, max_size=8))
def test_the_sum_of_a_file_is_the_sum_of_its_transfers(rows: list[tuple[int, str]]) -> None:
    file = made(*(a_transfer(cents, name, f"SUB-{n}") for n, (cents, name) in enumerate(rows)))
    total = Decimal(file.findtext(".//p:CtrlSum", namespaces=NS) or "0")
    assert total * 100 == sum(cents for cents, _ in rows)
