"""A batch in the words of the file for the bank."""

from collections.abc import Iterable

from chalicelib.adapters.sepa import Account, CreditTransfer
from chalicelib.office.schemes import Payer
from chalicelib.subsidies.batches import Transfer


def payer_account(payer: Payer) -> Account:
    """The account of the office."""
    return Account(payer.name, payer.iban, payer.bic)


def credit_transfers(transfers: Iterable[Transfer]) -> list[CreditTransfer]:
    """One transfer a payment."""
    return [
        CreditTransfer(
            to=Account(transfer.account.holder, transfer.account.iban, transfer.account.bic),
            cents=transfer.cents,
            end_to_end_id=transfer.end_to_end_id,
            text=f"Aide au classement {transfer.reference}",
        )
        for transfer in transfers
    ]
