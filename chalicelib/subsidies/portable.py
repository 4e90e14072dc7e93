"""A person's own aid file as data that another program can read (GDPR, art. 15 and 20)."""

from collections.abc import Sequence
from typing import Any

from chalicelib.drafts.model import Draft
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.portable import portable_day, portable_instant, portable_line
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.application_form import answers_in
from chalicelib.subsidies.classification import Classification
from chalicelib.subsidies.model import JoinedDocument, PrintedDocument, Subsidy
from chalicelib.subsidies.wording import STATUS_WORDS

Json = dict[str, Any]


def portable(subsidy: Subsidy, history: Sequence[HistoryLine]) -> Json:
    """The file as plain JSON: instants in UTC, amounts in cents; the answers about the payment have the account."""
    return {
        "reference": subsidy.reference,
        "status": subsidy.status.value,
        "status_label": STATUS_WORDS[subsidy.status].label,
        "status_since": iso(subsidy.status_since),
        "scheme": subsidy.scheme_id,
        "beneficiary": {
            "email": subsidy.email,
            "contact_name": subsidy.beneficiary.contact_name,
            "business_name": subsidy.beneficiary.business_name,
        },
        **_dates(subsidy),
        "amount": _amount(subsidy.amount),
        "payable": _amount(subsidy.payable),
        "classification": _classification(subsidy.classification),
        "answers": dict(subsidy.answers),
        "proofs": dict(subsidy.proofs),
        "documents": [_document(one) for one in (*subsidy.documents, *subsidy.proof_documents)],
        "printed": [_printed(one) for one in subsidy.printed],
        "history": [portable_line(line) for line in history],
    }


def portable_draft(draft: Draft) -> Json:
    """What was typed into an application that is not sent."""
    return {
        "created_at": iso(draft.created_at),
        "updated_at": iso(draft.updated_at),
        "answers": answers_in(draft.answers),
    }


def _dates(subsidy: Subsidy) -> Json:
    moments = ("created_at", "sent_at", "accepted_at", "decided_at")
    days = ("complete_on", "granted_on", "notified_on", "lapses_on", "paid_on", "left_on")
    return {
        **{name: portable_instant(getattr(subsidy, name)) for name in moments},
        **{name: portable_day(getattr(subsidy, name)) for name in days},
    }


def _amount(amount: Amount | None) -> Json | None:
    if amount is None:
        return None
    return {"total_cents": amount.cents, "steps": [vars(step) for step in amount.steps]}


def _classification(decided: Classification | None) -> Json | None:
    if decided is None:
        return None
    days = {"decided_on": portable_day(decided.decided_on), "expires_on": portable_day(decided.expires_on)}
    return {**vars(decided), **days}


def _document(document: JoinedDocument) -> Json:
    told = ("kind", "title", "name", "content_type", "size", "sha256")
    return {name: getattr(document, name) for name in told}


def _printed(printed: PrintedDocument) -> Json:
    return {"kind": printed.kind, "made_at": iso(printed.made_at), "sha256": printed.sha256}
