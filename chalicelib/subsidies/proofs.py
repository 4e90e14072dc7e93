"""What an applicant sends after the visit, and whether the aid may be paid on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chalicelib.kernel.french import french_date, french_money
from chalicelib.kernel.verdicts import Level, Verdict
from chalicelib.office.schemes import Scheme
from chalicelib.subsidies.amounts import Amount, Spending, Step, after_failure, amount_of

Answers = Mapping[str, Any]
CLASSIFIED = "classified"


@dataclass(frozen=True)
class BankAccount:
    """Where the aid is paid to; `str()` and `repr()` tell the last signs only."""

    holder: str
    iban: str
    bic: str = ""

    @property
    def masked(self) -> str:
        """`FR76 •••• 0189`: enough to recognise the account, too little to use it."""
        return f"{self.iban[:4]} •••• {self.iban[-4:]}"

    def forgotten(self) -> "BankAccount":
        """The account as it stays when it is forgotten: masked, which leaves it as it is the next time."""
        return BankAccount(self.holder, self.masked)

    def __repr__(self) -> str:
        return f"BankAccount({self.masked})"


@dataclass(frozen=True)
class Proofs:
    """What was sent after the visit; amounts in cents. `decision_date` is None when nothing was decided."""

    is_classified: bool
    visited_on: date
    ordered_on: date
    invoiced_on: date
    paid_on: date
    spending: Spending
    account: BankAccount
    decision_number: str = ""
    decided_on: date | None = None
    level: int = 0
    capacity_persons: int = 0


def proofs_of(answers: Answers, applied_for: Spending) -> Proofs:
    """The proofs that valid answers make; VAT and other aid are those of the application."""
    return Proofs(
        is_classified=answers["outcome"] == CLASSIFIED,
        visited_on=date.fromisoformat(answers["visited_on"]),
        ordered_on=date.fromisoformat(answers["ordered_on"]),
        invoiced_on=date.fromisoformat(answers["invoiced_on"]),
        paid_on=date.fromisoformat(answers["paid_on"]),
        spending=replace(
            applied_for,
            excl_vat=int(answers["invoice_excl_vat_cents"]),
            incl_vat=int(answers["invoice_incl_vat_cents"]),
            excluded_excl_vat=int(answers.get("excluded_excl_vat_cents", 0)),
        ),
        account=BankAccount(answers["account_holder"], answers["iban"], answers.get("bic", "")),
        decision_number=str(answers.get("decision_number", "")),
        decided_on=date.fromisoformat(answers["decided_on"]) if answers.get("decided_on") else None,
        level=int(answers.get("level", 0)),
        capacity_persons=int(answers.get("decided_capacity", 0)),
    )


def without_account(answers: Answers) -> Answers:
    """The answers with what the account stays as when it is forgotten; those without an account as they are."""
    if "iban" not in answers:
        return answers
    rest = {name: value for name, value in answers.items() if name != "bic"}
    return {**rest, "iban": BankAccount("", answers["iban"]).masked}


def payable(scheme: Scheme, granted_cents: int, proofs: Proofs) -> Amount:
    """What is paid: the aid worked out on the invoice, never more than was granted, less after a failure."""
    worked_out = amount_of(scheme, proofs.spending)
    cents = min(granted_cents, worked_out.cents)
    steps = (*worked_out.steps, Step("Aide accordée", granted_cents))
    if proofs.is_classified:
        return Amount(cents, steps)
    left = after_failure(scheme, cents)
    return Amount(left, (*steps, Step("Hébergement non classé", left, "part versée dans ce cas")))


def verdicts(proofs: Proofs, pivot: date, lapses_on: date, beneficiary: str) -> list[Verdict]:
    """What who checks the proofs should know."""
    return list(_verdicts(proofs, pivot, lapses_on, beneficiary))


def _verdicts(proofs: Proofs, pivot: date, lapses_on: date, beneficiary: str) -> Iterator[Verdict]:
    yield _not_before("Visite commandée après le dossier complet", proofs.ordered_on, pivot)
    yield _not_before("Facture émise après le dossier complet", proofs.invoiced_on, pivot)
    yield _in_time(proofs.visited_on, lapses_on)
    yield _paid(proofs)
    yield _decision(proofs)
    yield _holder(proofs.account, beneficiary)


def _not_before(label: str, day: date, pivot: date) -> Verdict:
    if day >= pivot:
        return Verdict(label, Level.OK, f"Le {french_date(day)}.")
    said = (
        f"Le {french_date(day)}, avant le {french_date(pivot)}\u00a0: cette dépense ne peut pas être aidée."
    )
    return Verdict(label, Level.BLOCKING, said)


def _in_time(visited_on: date, lapses_on: date) -> Verdict:
    label = "Visite faite dans le délai"
    if visited_on <= lapses_on:
        return Verdict(
            label, Level.OK, f"Le {french_date(visited_on)}, pour le {french_date(lapses_on)} au plus tard."
        )
    return Verdict(label, Level.BLOCKING, f"Le {french_date(visited_on)}, après le {french_date(lapses_on)}.")


def _paid(proofs: Proofs) -> Verdict:
    label = "Facture acquittée"
    amount = french_money(proofs.spending.incl_vat)
    if proofs.paid_on < proofs.invoiced_on:
        return Verdict(
            label, Level.WARNING, "Le paiement est daté d’avant la facture\u00a0: à vérifier sur la pièce."
        )
    return Verdict(label, Level.OK, f"{amount}, payés le {french_date(proofs.paid_on)}.")


def _decision(proofs: Proofs) -> Verdict:
    label = "Décision de classement"
    if not proofs.is_classified or proofs.decided_on is None:
        return Verdict(label, Level.WARNING, "L’hébergement n’a pas été classé.")
    if proofs.decided_on < proofs.visited_on:
        return Verdict(
            label, Level.WARNING, "La décision est datée d’avant la visite\u00a0: à vérifier sur la pièce."
        )
    stars = f"{proofs.level}\u00a0étoile{'s' if proofs.level > 1 else ''}" if proofs.level else "sans étoile"
    return Verdict(
        label, Level.OK, f"N°\u00a0{proofs.decision_number} du {french_date(proofs.decided_on)}, {stars}."
    )


def _holder(account: BankAccount, beneficiary: str) -> Verdict:
    label = "Compte au nom du bénéficiaire"
    said = f"{account.holder}, {account.masked}"
    if _words(account.holder) & _words(beneficiary):
        return Verdict(label, Level.OK, said)
    return Verdict(label, Level.WARNING, f"{said}\u00a0: comparez avec {beneficiary} sur le relevé.")


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in name.casefold().replace("-", " ").split() if len(word) > 2)
