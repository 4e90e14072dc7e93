"""Aid files to stored items and back."""

from datetime import date, datetime
from typing import Any

from chalicelib.adapters.history import LINE, line_attributes
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.subsidies.amounts import Amount, Step
from chalicelib.subsidies.classification import Classification
from chalicelib.subsidies.items import HEAD, LineItem, SubsidyItem, subsidy_key
from chalicelib.subsidies.model import Beneficiary, JoinedDocument, PrintedDocument, Subsidy
from chalicelib.subsidies.statuses import Status

Json = dict[str, Any]
_MOMENTS = ("created_at", "sent_at", "accepted_at", "decided_at")
_DAYS = ("complete_on", "granted_on", "notified_on", "lapses_on", "paid_on", "renewable_from", "left_on")
_IN_ITEM = ("id", "reference", "status", "status_since", "version", "run")


def subsidy_item(subsidy: Subsidy) -> SubsidyItem:
    """The item of a file."""
    return SubsidyItem(
        pk=subsidy_key(subsidy.id),
        sk=HEAD,
        reference=subsidy.reference,
        status_key=subsidy.status,
        status_since=iso(subsidy.status_since),
        holder_key=subsidy.email,
        holder_sort=iso(subsidy.created_at),
        file=_file(subsidy),
        version=subsidy.version,
        run=subsidy.run,
    )


def subsidy_from(item: SubsidyItem) -> Subsidy:
    """The file that an item holds."""
    stored: Json = dict(item.file)
    for name in _MOMENTS:
        stored[name] = datetime.fromisoformat(stored[name]) if stored[name] else None
    for name in _DAYS:
        stored[name] = date.fromisoformat(stored[name]) if stored.get(name) else None
    return Subsidy(
        id=item.pk.partition("#")[2],
        reference=item.reference,
        status=Status(item.status_key),
        status_since=datetime.fromisoformat(item.status_since),
        version=int(item.version),
        run=int(item.run),
        **{**stored, **_parts(stored)},
    )


def line_item(subsidy_id: str, version: int, line: HistoryLine) -> LineItem:
    """The line that goes with one version of a file."""
    return LineItem(pk=subsidy_key(subsidy_id), sk=f"{LINE}{version:06d}", **line_attributes(line))


def _file(subsidy: Subsidy) -> Json:
    stored = {name: value for name, value in vars(subsidy).items() if name not in _IN_ITEM}
    for name in _MOMENTS:
        stored[name] = iso(stored[name]) if stored[name] else None
    for name in _DAYS:
        stored[name] = stored[name].isoformat() if stored[name] else None
    return {
        **stored,
        "answers": dict(subsidy.answers),
        "proofs": dict(subsidy.proofs),
        "proof_documents": [vars(one) for one in subsidy.proof_documents],
        "payable": _amount(subsidy.payable) if subsidy.payable else None,
        "classification": _classification(subsidy.classification) if subsidy.classification else None,
        "beneficiary": vars(subsidy.beneficiary),
        "documents": [vars(one) for one in subsidy.documents],
        "printed": [{**vars(one), "made_at": iso(one.made_at)} for one in subsidy.printed],
        "inspectors": list(subsidy.inspectors),
        "amount": _amount(subsidy.amount) if subsidy.amount else None,
    }


def _amount(amount: Amount) -> Json:
    return {"cents": amount.cents, "steps": [vars(step) for step in amount.steps]}


def _amount_from(stored: Json | None) -> Amount | None:
    return Amount(stored["cents"], tuple(Step(**step) for step in stored["steps"])) if stored else None


def _classification(decided: Classification) -> Json:
    days = {"decided_on": decided.decided_on.isoformat(), "expires_on": decided.expires_on.isoformat()}
    return {**vars(decided), **days}


def _classification_from(stored: Json | None) -> Classification | None:
    if not stored:
        return None
    days = {name: date.fromisoformat(stored[name]) for name in ("decided_on", "expires_on")}
    return Classification(**{**stored, **days})


def _parts(stored: Json) -> Json:
    return {
        "beneficiary": Beneficiary(**stored["beneficiary"]),
        "documents": _joined(stored["documents"]),
        "proof_documents": _joined(stored["proof_documents"]),
        "printed": tuple(
            PrintedDocument(**{**one, "made_at": datetime.fromisoformat(one["made_at"])})
            for one in stored["printed"]
        ),
        "inspectors": tuple(stored["inspectors"]),
        "amount": _amount_from(stored["amount"]),
        "payable": _amount_from(stored["payable"]),
        "classification": _classification_from(stored["classification"]),
    }


def _joined(stored: list[Json]) -> tuple[JoinedDocument, ...]:
    return tuple(JoinedDocument(**{**one, "readers": tuple(one.get("readers", ()))}) for one in stored)
