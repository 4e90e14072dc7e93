"""The steps of a report, as the machine calls them: each may run again."""

from collections.abc import Callable
from typing import Any

from chalice import Blueprint

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import Answer, Asked
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap, report_questions
from chalicelib.observatory.reports import OutOfStep, Report, ReportEvent, ReportStatus
from chalicelib.observatory.wording import REPORT_EVENT_WORDS
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task

bp = Blueprint(__name__)

NOBODY = "Cordée"


@bp.lambda_function(name="look_up_report")
@lambda_task
def look_up_report(event: Payload, context: Any) -> Payload:
    """Where the report stands. Raises `ReportUnknown`."""
    return _standing(bootstrap.report_service().get(event["report_id"]))


@bp.lambda_function(name="list_report_parts")
@lambda_task
def list_report_parts(event: Payload, context: Any) -> Payload:
    """The numbers of the parts that the territory is read in."""
    report = bootstrap.report_service().get(event["report_id"])
    return {**_standing(report), "parts": bootstrap.making().part_numbers()}


@bp.lambda_function(name="read_report_part")
@lambda_task
def read_report_part(event: Payload, context: Any) -> None:
    """Sum up the returns of one part, and keep the sums."""
    report = bootstrap.report_service().get(event["report_id"])
    bootstrap.making().read_part(report, int(event["part"]))


@bp.lambda_function(name="draft_report")
@lambda_task
def draft_report(event: Payload, context: Any) -> Payload:
    """Write the draft. Raises `ChangedMeanwhile` while another report has to be drafted first."""
    report = bootstrap.report_service().get(event["report_id"])
    if report.status is ReportStatus.GATHERING:
        bootstrap.making().draft(report)
        report = _record(report, ReportEvent.DRAFTED)
    return _standing(report)


@bp.lambda_function(name="request_report_review")
@lambda_task
def request_report_review(event: Payload, context: Any) -> None:
    """Forget what the draft was made from, and ask whether it is right; the machine waits."""
    bootstrap.report_files().forget_parts(event["report_id"])
    _ask(event, report_questions.review)


@bp.lambda_function(name="request_report_approval")
@lambda_task
def request_report_approval(event: Payload, context: Any) -> None:
    """Ask the direction whether it may be published; the machine waits."""
    _ask(event, report_questions.approval)


@bp.lambda_function(name="record_report_event")
@lambda_task
def record_report_event(event: Payload, context: Any) -> Payload:
    """What happened, told by the answer that the machine got, or by the silence that it met."""
    happened = ReportEvent(event["event"])
    answer = _answer(event.get("decision_id"))
    service = bootstrap.report_service()
    said = (
        {"commentary": answer.reason} if answer and answer.reason and happened is ReportEvent.REVIEWED else {}
    )
    if happened is ReportEvent.SENT:
        # Before it is settled: a run that dies in between is followed by one that lists them anew.
        bootstrap.report_files().forget_people(event["report_id"])
    report = service.record(event["report_id"], happened, _line(happened, answer), event["round"], **said)
    bootstrap.report_reconciler().withdraw_stale(report.id)
    return _standing(report)


@bp.lambda_function(name="print_report")
@lambda_task
def print_report(event: Payload, context: Any) -> Payload:
    """Print the document and draw the picture; the report is public from then on."""
    report = bootstrap.report_service().get(event["report_id"])
    if report.status is ReportStatus.PRINTING:
        bootstrap.printing().print(report)
        report = _record(report, ReportEvent.PRINTED)
    return _standing(report)


@bp.lambda_function(name="list_report_recipients")
@lambda_task
def list_report_recipients(event: Payload, context: Any) -> Payload:
    """Keep who is to be told, batch by batch."""
    report = bootstrap.report_service().get(event["report_id"])
    return {**_standing(report), "batches": bootstrap.sending().list_batches(report)}


@bp.lambda_function(name="send_report_batch")
@lambda_task
def send_report_batch(event: Payload, context: Any) -> None:
    """Write the mails of one batch, each once."""
    report = bootstrap.report_service().get(event["report_id"])
    bootstrap.sending().send_batch(report, int(event["batch"]))


def _standing(report: Report) -> Payload:
    return {"report_id": report.id, "status": report.status.value, "round": report.round}


def _record(report: Report, event: ReportEvent) -> Report:
    return bootstrap.report_service().record(report.id, event, _line(event, None), report.round)


def _line(event: ReportEvent, answer: Answer | None) -> HistoryLine:
    words = REPORT_EVENT_WORDS[event]
    if answer is None:
        return HistoryLine(bootstrap.now(), NOBODY, words)
    return HistoryLine(answer.at, answer.by_name, words, answer.reason, answer.on_behalf_of)


def _answer(decision_id: str | None) -> Answer | None:
    return decision_service().get(decision_id).answer if decision_id else None


def _ask(event: Payload, write: Callable[[report_questions.ReportCase], Asked]) -> None:
    """Put the question. Raises `OutOfStep` when the report has moved on: the machine looks it up again."""
    report = bootstrap.report_service().get(event["report_id"])
    case = report_questions.ReportCase(
        report=report,
        drafted=bootstrap.drafted(report),
        office=bootstrap.office(),
        history=bootstrap.reports().list_history(report),
        at=bootstrap.now(),
    )
    asked = write(case)
    if asked.question.step != report.awaited_step:
        raise OutOfStep
    decision_service().open(asked.question, asked.addressee, event["task_token"])
