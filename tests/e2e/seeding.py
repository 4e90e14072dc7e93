"""Files made by the application itself in a runner, without the mails and pages that lead there."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from tests.people import NETWORK_OFFICER

A_DAY = 86_400


def file_to_decide(answers: dict[str, Any]) -> dict[str, str]:
    """A file whose run asks the office to decide: its `id`, `reference`, `decision_id`, and the `link` to answer."""
    from chalicelib.decisions.model import question_id
    from chalicelib.partners import bootstrap

    confirmed = _file_after(answers, "address_confirmed")
    bootstrap.application_service().process.start(confirmed.run_name, {"application_id": confirmed.id})
    decision_id = question_id(confirmed.id, "membership", confirmed.round)
    link = decision_link(decision_id, NETWORK_OFFICER)
    return {"id": confirmed.id, "reference": confirmed.reference, "decision_id": decision_id, "link": link}


def partner(answers: dict[str, Any]) -> dict[str, str]:
    """An active partner: `id`, `reference`, `email`, and the path of the link to its `consents`, as in the welcome."""
    made = _file_after(answers, "address_confirmed", "accepted", "payment_confirmed", "activated")
    consents = consents_link(made.id, A_DAY)
    return {"id": made.id, "reference": made.reference, "email": made.email, "consents": consents}


def _file_after(answers: dict[str, Any], *events: str) -> Any:
    """A file to which this has happened, without a run."""
    from chalicelib.kernel import ids
    from chalicelib.kernel.clock import utc_now
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.partners import bootstrap
    from chalicelib.partners.model import Event
    from chalicelib.partners.submitting import Submission
    from chalicelib.partners.wording import EVENT_WORDS

    service = bootstrap.application_service()
    unstarted = replace(bootstrap.submission_service(), process=SimpleNamespace(start=lambda *_: None))
    file = unstarted.submit(Submission(ids.new_id(), answers, "test"))
    for event in map(Event, events):
        file = service.record(file.id, event, HistoryLine(utc_now(), file.contact_name, EVENT_WORDS[event]))
    return file


def consents_link(application_id: str, seconds: int) -> str:
    """The path of a link to a file's consents as they stand now; with less than 0 seconds it has ended."""
    from urllib.parse import urlsplit

    from chalicelib.links.bootstrap import signed_link_service
    from chalicelib.partners import bootstrap
    from chalicelib.partners.consent_links import link_to

    file = bootstrap.application_service().get(application_id)
    return urlsplit(signed_link_service().mint(replace(link_to(file), valid_for_seconds=seconds))).path


def refusing_address(email: str) -> str:
    """The key of an address from which a mail was reported as spam."""
    from chalicelib.kernel.clock import utc_now
    from chalicelib.mail.bootstrap import refusal_desk
    from chalicelib.mail.model import Refusal, address_key

    refusal_desk().addresses.refuse(email, Refusal.COMPLAINED, utc_now(), utc_now())
    return address_key(email)


def decision_link(decision_id: str, holder: str) -> str:
    """The path of a new link to a question."""
    from urllib.parse import urlsplit

    from chalicelib.links.bootstrap import link_service
    from chalicelib.links.model import LinkRequest

    return urlsplit(link_service().mint(LinkRequest("/decisions", decision_id, holder, A_DAY))).path


def unsend(record: str, to: str) -> str:
    """Turn a mail about a file that was sent into one that waits, unnoticed by the stream; its key."""
    from chalicelib.access.model import LOGIN_PATH
    from chalicelib.kernel.clock import utc_now
    from chalicelib.links.model import LinkRequest
    from chalicelib.mail.items import MailItem
    from chalicelib.mail.mapping import new_item
    from chalicelib.mail.model import MailState, Message

    item = next(iter(MailItem.by_record.query(record)))
    context, link = {"person": "Maëlle", "minutes": 10}, LinkRequest(LOGIN_PATH, to, to, A_DAY)
    anew = new_item(Message("access/login_link", to, record, "race", context, link), utc_now())
    changes = [MailItem.attempts.set(0), MailItem.claims.set(0), MailItem.message.set(anew.message)]
    item.update([MailItem.state.set(MailState.NEW), *changes])
    return str(item.pk)


def allow(key: str, limit: int) -> bool:
    """One more of something that is limited."""
    from chalicelib.access.bootstrap import limiter

    return limiter().allow("race", key, limit, 600)
