"""What the page of a question about an aid file shows: plain JSON, dates and amounts in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.kernel.french import french_moment, french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.verdicts import Verdict
from chalicelib.office.people import roles_in_words
from chalicelib.subsidies.amounts import Amount, Step
from chalicelib.subsidies.model import JoinedDocument, Subsidy
from chalicelib.web.form_text import NOT_ANSWERED

Sections = list[tuple[str, list[tuple[str, str]]]]
"""Answers for reading: the title of each page with its questions and answers."""


def dossier_of(
    verdicts: Sequence[Verdict],
    amount: Amount,
    documents: Iterable[dict[str, Any]],
    described: Sections,
    history: Iterable[HistoryLine],
) -> dict[str, Any]:
    """The parts that `decisions` shows; documents come as `document_row` makes them."""
    return {
        "verdicts": [vars(verdict) for verdict in verdicts],
        "fee": [_step_row(step) for step in amount.steps],
        "fee_total": french_money(amount.cents),
        "documents": list(documents),
        "sections": [{"title": title, "rows": _rows_of(rows)} for title, rows in described if rows],
        "history": [_history_row(line) for line in history],
    }


def document_row(subsidy: Subsidy, document: JoinedDocument, role: str) -> dict[str, Any]:
    """A document that was joined; who answers for that role opens it, or reads for whom it is."""
    is_open = document.is_for([role])
    return {
        "title": document.title,
        "name": document.name,
        "owner": subsidy.id,
        "upload_id": document.upload_id if is_open else "",
        "only_for": "" if is_open else roles_in_words(document.readers),
    }


def _step_row(step: Step) -> dict[str, str]:
    label = f"{step.label} ({step.note})" if step.note else step.label
    return {"label": label, "value": french_money(step.cents)}


def _rows_of(described: list[tuple[str, str]]) -> list[dict[str, str]]:
    """What was answered; what was not is left out."""
    return [{"label": label, "value": value} for label, value in described if value != NOT_ANSWERED]


def _history_row(line: HistoryLine) -> dict[str, str]:
    return {"when": french_moment(line.at), "who": line.who, "what": line.what, "reason": line.reason}
