"""What is paid on proof: on the invoice, never above the award, nothing for what came too early or too late."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.kernel.days import add_months
from chalicelib.subsidies.amounts import Spending
from chalicelib.subsidies.proofs import BankAccount, Proofs, payable, proofs_of, verdicts
from tests.unit.subsidies.schemes import WHOLE, A, a_scheme

IBAN = "FR7630006000011234567890189"
PIVOT, NOTIFIED = date(2027, 3, 3), date(2027, 3, 20)
LAPSES = add_months(NOTIFIED, 12)
ACCOUNT = BankAccount("Maëlle Le Goff", IBAN)
PROOFS = Proofs(
    is_classified=True, visited_on=date(2027, 6, 1), ordered_on=date(2027, 4, 1), invoiced_on=date(2027, 6, 2),
    paid_on=date(2027, 6, 10), spending=Spending(20_000, 24_000, recovers_vat=True), account=ACCOUNT,
    decision_number="C-38-1", decided_on=date(2027, 6, 20), level=3, capacity_persons=6,
)  # fmt: skip


def found(level: str, **changes: Any) -> list[str]:
    said = verdicts(replace(PROOFS, **changes), PIVOT, LAPSES, "Maëlle Le Goff")
    return [verdict.label for verdict in said if verdict.level == level]


def test_ordinary_proofs_are_in_order() -> None:
    assert found("warning") == found("blocking") == []


@pytest.mark.parametrize("name", ["ordered_on", "invoiced_on"])
def test_what_was_spent_before_the_pivot_date_is_not_helped(name: str) -> None:
    assert len(found("blocking", **{name: date(2027, 3, 2)})) == 1
    assert found("blocking", **{name: PIVOT}) == []


def test_a_visit_thirteen_months_after_the_notification_comes_too_late() -> None:
    assert found("blocking", visited_on=add_months(NOTIFIED, 13)) == ["Visite faite dans le délai"]
    assert found("blocking", visited_on=LAPSES, decided_on=LAPSES) == []


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"paid_on": date(2027, 6, 1)}, "Facture acquittée"),
        ({"decided_on": date(2027, 5, 1)}, "Décision de classement"),
        ({"is_classified": False, "decided_on": None}, "Décision de classement"),
        ({"account": BankAccount("SCI du Lac", IBAN)}, "Compte au nom du bénéficiaire"),
    ],
)
def test_what_looks_odd_is_to_be_looked_at(changes: dict[str, Any], label: str) -> None:
    assert found("warning", **changes) == [label]


def test_the_aid_is_worked_out_on_the_invoice_and_never_above_the_award() -> None:
    cheaper = replace(PROOFS, spending=Spending(15_000, 18_000, recovers_vat=True))
    dearer = replace(PROOFS, spending=Spending(90_000, 108_000, recovers_vat=True))
    assert [payable(WHOLE, 20_000, proofs).cents for proofs in (cheaper, PROOFS, dearer)] == [
        15_000, 20_000, 20_000,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "cents"), [(A, 0), (WHOLE, 10_000), (a_scheme(if_not_classified="full"), 20_000)]
)
def test_a_refused_classification_is_paid_as_the_scheme_says(scheme: Any, cents: int) -> None:
    assert payable(scheme, 20_000, replace(PROOFS, is_classified=False)).cents == cents


def test_an_account_is_told_by_its_last_signs_only() -> None:
    assert ACCOUNT.masked == "FR76 •••• 0189"
    assert IBAN not in f"{ACCOUNT} {ACCOUNT!r} {PROOFS!r}"


def test_answers_become_proofs() -> None:
    answers = {
        "outcome": "classified", "visited_on": "2027-06-01", "ordered_on": "2027-04-01", "invoiced_on": "2027-06-02",
        "paid_on": "2027-06-10", "invoice_excl_vat_cents": 20_000, "invoice_incl_vat_cents": 24_000,
        "account_holder": "Maëlle Le Goff", "iban": IBAN, "decision_number": "C-38-1", "decided_on": "2027-06-20",
        "level": 3, "decided_capacity": 6,
    }  # fmt: skip
    assert proofs_of(answers, Spending(1, 1, recovers_vat=True)) == PROOFS
