"""Aid files made by the application itself in a runner, and accepted there, many at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tests.aid import aid_answers
from tests.e2e import seeding

AT_ONCE = 20
A_DECIDER = "helene.bourgeat@ot-smvi.example.org"


def file_to_accept(partner_answers: dict[str, Any], cents: int) -> str:
    """The identifier of a complete file of a new partner, whose visit costs `cents` with VAT; no run knows of it."""
    from chalicelib.subsidies.applicants import prefilled
    from chalicelib.subsidies.bootstrap import awarding, stores
    from chalicelib.subsidies.model import JoinedDocument
    from chalicelib.subsidies.statuses import Event

    today = datetime.now(UTC).date().isoformat()
    partner = stores.partners().find(seeding.partner(partner_answers)["id"])
    assert partner
    own = {"excl_vat_cents": cents, "incl_vat_cents": cents, "quote_date": today, "legal_nature": "company"}
    asked = {name: value for name, value in aid_answers(**own).items() if name != "registration_number"}
    draft = awarding.draft_service().begin({**asked, **prefilled(partner), "unit_count": 1})
    joined: Callable[..., Sequence[JoinedDocument]] = lambda *_: [  # noqa: E731
        JoinedDocument(kind, kind, "0" * 32, f"{kind}.pdf", "application/pdf", 9, "0" * 64)
        for kind in ("quote", "de-minimis")
    ]
    unstarted = SimpleNamespace(start=lambda *_: None)
    file = replace(awarding.submission_service(), process=unstarted, joined=joined).submit(draft)
    for event in (Event.FOUND_COMPLETE, Event.WORKED_OUT):
        file = _recorded(file.id, event)
    return str(file.id)


def accept_all(identifiers: Sequence[str]) -> list[str]:
    """Accept these files at the same instant; where each of them stands then, or the name of its error."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(_accepted, identifiers))


def accept_in_turn(identifiers: Sequence[str]) -> list[str]:
    """Accept these files one after the other; where each of them stands then."""
    return [_accepted(each) for each in identifiers]


def _accepted(identifier: str) -> str:
    from chalicelib.subsidies.statuses import Event

    try:
        return str(_recorded(identifier, Event.ACCEPTED, A_DECIDER).status)
    except Exception as error:
        return type(error).__name__


def _recorded(identifier: str, event: Any, by: str = "") -> Any:
    from chalicelib.kernel.clock import utc_now
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.subsidies.bootstrap import awarding
    from chalicelib.subsidies.wording import EVENT_WORDS

    line = HistoryLine(utc_now(), "Hélène Bourgeat", EVENT_WORDS[event])
    return awarding.subsidy_service().record(identifier, event, line, by=by)


def money() -> dict[str, Any]:
    """This year's envelope in cents, and who waits in their order."""
    from chalicelib.subsidies.bootstrap import stores

    year = datetime.now(UTC).year
    rules = stores.office().subsidies
    envelope = stores.money().open_year(year, rules.envelope_cents(year) if rules else 0)
    return {**vars(envelope), "waiting": list(stores.money().list_waiting())}


def withdraw(identifier: str) -> str:
    """The applicant takes a file back; where it stands then."""
    from chalicelib.subsidies.bootstrap import awarding

    service = awarding.subsidy_service()
    return str(service.withdraw(service.get(identifier)).status)


def serve_the_queue() -> int:
    """Fund who waits, as far as the money goes; how many."""
    from chalicelib.subsidies.bootstrap import awarding

    unstarted = SimpleNamespace(start=lambda *_: None)
    service = replace(awarding.subsidy_service(), process=unstarted)
    return replace(awarding.waiting_files(), fund=service.fund).serve()


def accepted_at(identifiers: Sequence[str]) -> list[str]:
    """When each file was accepted."""
    from chalicelib.subsidies.bootstrap import awarding

    return [str(awarding.subsidy_service().get(each).accepted_at) for each in identifiers]


def notified(identifier: str, days_left: int = 365) -> dict[str, Any]:
    """A granted file that is to be used in so many days: its `reference`."""
    from chalicelib.subsidies.statuses import Event

    today = datetime.now(UTC).date()
    days = {"notified_on": today - timedelta(days=200), "lapses_on": today + timedelta(days=days_left)}
    return {"reference": _changed(identifier, Event.NOTIFIED, **days).reference}


def standing(identifier: str) -> dict[str, Any]:
    """Where a file stands, and which mails there are about it."""
    from chalicelib.mail.bootstrap import outbox
    from chalicelib.subsidies.bootstrap import awarding

    mails = [mail.message.template for mail in outbox().list_by_record(identifier)]
    return {"status": str(awarding.subsidy_service().get(identifier).status), "mails": mails}


def paid(identifier: str) -> dict[str, Any]:
    """A granted file that was classified with three stars and paid: `reference`, `siren`, `name`, and `paid_on`."""
    from chalicelib.kernel.days import add_years
    from chalicelib.subsidies.classification import Classification
    from chalicelib.subsidies.statuses import Event
    from tests.aid import proof_answers

    notified(identifier)
    today = datetime.now(UTC).date()
    decided = Classification("C-1", today, 3, 30, add_years(today, 5))
    file = _changed(identifier, Event.PROOFS_SENT, proofs=proof_answers())
    for event, told in (
        (Event.PROOFS_ACCEPTED, {"payable": file.amount, "classification": decided}),
        (Event.PAYMENT_APPROVED, {}),
        (Event.PAYMENT_ORDERED, {}),
        (Event.PAID, {"paid_on": today - timedelta(days=30)}),
    ):
        file = _changed(identifier, event, **told)
    known = {"reference": file.reference, "siren": file.request.siren, "paid_on": str(file.paid_on)}
    return {**known, "name": file.answers["establishment_name"]}


def _changed(identifier: str, event: Any, **details: Any) -> Any:
    """The file after that, as the machines and the desk would leave it; no mail goes."""
    from chalicelib.kernel.clock import utc_now
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.subsidies.bootstrap import awarding, stores
    from chalicelib.subsidies.changes import apply
    from chalicelib.subsidies.wording import EVENT_WORDS

    line = HistoryLine(utc_now(), "Hélène Bourgeat", EVENT_WORDS[event])
    change = apply(awarding.subsidy_service().get(identifier), event, line, **details)
    stores.subsidies().save(change, [])
    return change.after
