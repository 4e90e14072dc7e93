"""The rounds of pending questions, on a schedule."""

from typing import Any

from chalice import Blueprint

from chalicelib.decisions.bootstrap import decision_repository, decision_sweeper
from chalicelib.decisions.model import DecisionState
from chalicelib.kernel.clock import paris_day
from chalicelib.mail.bootstrap import outbox, refusing_addresses
from chalicelib.mail.news import mail_news
from chalicelib.office.calendar import is_working_day
from chalicelib.runtime.lambda_task import Event, lambda_task
from chalicelib.runtime.observability import count, gauge_seconds

bp = Blueprint(__name__)


@bp.lambda_function(name="send_decision_reminders")
@lambda_task
def send_decision_reminders(event: Event, context: Any) -> Event:
    """On working mornings: remind the people asked, pass on to their deputies."""
    sweeper = decision_sweeper()
    if not is_working_day(paris_day(sweeper.service.clock())):
        return {"reminded": 0}
    return {"reminded": sweeper.remind()}


@bp.lambda_function(name="sweep_decisions")
@lambda_task
def sweep_decisions(event: Event, context: Any) -> Event:
    """Close what nobody answered in time, tell processes what they missed, pass on what no mail can ask."""
    sweeper = decision_sweeper()
    refusing = {address.email for address in refusing_addresses()}
    result = {
        "expired": sweeper.expire(),
        "repaired": sweeper.repair(),
        "passed_on": sweeper.pass_on_unreachable(lambda email: email.lower() in refusing),
    }
    count("DecisionsRepaired", result["repaired"])
    gauge_seconds("OldestPendingDecision", sweeper.oldest_pending_seconds())
    return result


@bp.lambda_function(name="pass_on_bounced_request")
@lambda_task
def pass_on_bounced_request(event: Event, context: Any) -> Event:
    """When the mail to an approver bounces, put the question to their deputy as well."""
    passed_on = [news.key for news in mail_news(event) if news.kind == "bounced" and _pass_on(news.key)]
    return {"passed_on": len(passed_on)}


def _pass_on(mail_key: str) -> bool:
    mail = outbox().find(mail_key)
    decision = decision_repository().find(mail.link_subject) if mail and mail.link_subject else None
    if decision is None or decision.state is not DecisionState.PENDING:
        return False
    return decision_sweeper().pass_on(decision, f"bounce-{mail_key[:8]}", "Mail refusé par sa messagerie")
