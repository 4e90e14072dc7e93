"""SEPA credit transfers as a file for the bank: pain.001.001.03, checked against its schema."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

SCHEMA = "pain.001.001.03"
FORBIDDEN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
"""Banks take the basic Latin set only (EPC217-08)."""
NAME_LENGTH = 70
TEXT_LENGTH = 140


class TransferFileInvalid(Exception):
    """The file does not keep to the schema of the banks: nothing is sent."""


@dataclass(frozen=True)
class Account:
    """An account and its holder; `repr()` tells no number."""

    holder: str
    iban: str
    bic: str = ""

    def __repr__(self) -> str:
        return f"Account({self.iban[:4]}…)"


@dataclass(frozen=True)
class CreditTransfer:
    """One transfer, in cents; `end_to_end_id` comes back on statements."""

    to: Account
    cents: int
    end_to_end_id: str
    text: str


def transfer_file(message_id: str, payer: Account, on: date, transfers: Sequence[CreditTransfer]) -> bytes:
    """The file of these transfers, to be executed on that day. Raises `TransferFileInvalid`."""
    from sepaxml.validation import ValidationError

    order = _order(message_id, payer)
    for transfer in transfers:
        order.add_payment(_payment(transfer, on))
    try:
        made: bytes = order.export(validate=True)
    except ValidationError as error:
        raise TransferFileInvalid(message_id) from error
    return made


def bank_text(text: str, length: int = TEXT_LENGTH) -> str:
    """`text` in the signs that banks take, on one line."""
    from text_unidecode import unidecode

    return " ".join(FORBIDDEN.sub(" ", unidecode(text)).split())[:length].strip()


def _order(message_id: str, payer: Account) -> Any:
    from sepaxml import SepaTransfer

    class Order(SepaTransfer):
        """A transfer order that carries our own reference."""

        def _create_header(self) -> None:
            self.msg_id = message_id
            super()._create_header()

    told = {
        "name": bank_text(payer.holder, NAME_LENGTH),
        "IBAN": payer.iban,
        "batch": True,
        "currency": "EUR",
    }
    return Order({**told, "BIC": payer.bic} if payer.bic else told, schema=SCHEMA)


def _payment(transfer: CreditTransfer, on: date) -> dict[str, Any]:
    told = {
        "name": bank_text(transfer.to.holder, NAME_LENGTH) or "Beneficiaire",
        "IBAN": transfer.to.iban,
        "amount": transfer.cents,
        "execution_date": on,
        "description": bank_text(transfer.text),
        "endtoend_id": transfer.end_to_end_id,
    }
    return {**told, "BIC": transfer.to.bic} if transfer.to.bic else told
