"""The mails that an aid file's changes send."""

from chalicelib.kernel.french import french_date, french_long_date, french_money
from chalicelib.mail.model import AttachedFile, Message
from chalicelib.office.model import Office
from chalicelib.subsidies.model import AWARD, RECEIPT, Change, Subsidy
from chalicelib.subsidies.statuses import Event, Status

TO_APPLICANT: dict[Event, str] = {
    Event.FOUND_COMPLETE: "subsidies/complete",
    Event.REFUSED: "subsidies/refused",
    Event.CORRECTIONS_EXPIRED: "subsidies/abandoned",
    Event.DECISION_EXPIRED: "subsidies/late",
    Event.REOPENED: "subsidies/reopened",
    Event.WITHDRAWN: "subsidies/withdrawn",
    Event.PRINTED: "subsidies/received",
    Event.NOTIFIED: "subsidies/granted",
}
"""A request for changes is told by the mail that carries its link."""
PRINTED_WITH = {"subsidies/received": RECEIPT, "subsidies/granted": AWARD}
NAMES = {RECEIPT: "recu", AWARD: "attribution"}
PDF = "application/pdf"


def mails_of(change: Change, office: Office) -> list[Message]:
    """The mails of one change, each for one occasion: the version that the file reached by it."""
    template = TO_APPLICANT.get(change.event)
    mails = [_to_applicant(template, change.after, office)] if template else []
    if change.after.status is Status.AWAITING_BUDGET and change.before.status is not Status.AWAITING_BUDGET:
        mails.append(_to_applicant("subsidies/awaiting_budget", change.after, office))
    if change.event is Event.DECISION_EXPIRED:
        mails += [_late(person.email, change.after, office) for person in office.staff.holders("director")]
    return mails


def _to_applicant(template: str, subsidy: Subsidy, office: Office) -> Message:
    return Message(
        template=template,
        to=subsidy.email,
        record=subsidy.id,
        occasion=f"version-{subsidy.version}",
        context=facts(subsidy),
        reply_to=office.reply_to,
        attachments=_printed(template, subsidy),
    )


def _printed(template: str, subsidy: Subsidy) -> tuple[AttachedFile, ...]:
    """The PDF that a mail is about."""
    printed = subsidy.printed_as(PRINTED_WITH.get(template, ""))
    if printed is None:
        return ()
    return (AttachedFile(printed.key, f"{subsidy.reference}-{NAMES[printed.kind]}.pdf", PDF),)


def _late(director: str, subsidy: Subsidy, office: Office) -> Message:
    return Message(
        template="subsidies/late_for_director",
        to=director,
        record=subsidy.id,
        occasion=f"version-{subsidy.version}",
        context=facts(subsidy),
    )


def facts(subsidy: Subsidy) -> dict[str, object]:
    """What mails say of a file."""
    return {
        "name": subsidy.beneficiary.contact_name,
        "business_name": subsidy.beneficiary.business_name,
        "reference": subsidy.reference,
        "status": subsidy.status.value,
        "reason": subsidy.note,
        "amount": french_money(subsidy.cents),
        "received_on": french_date(subsidy.created_at),
        "complete_on": french_date(subsidy.complete_on) if subsidy.complete_on else "",
        "lapses_on": french_long_date(subsidy.lapses_on) if subsidy.lapses_on else "",
    }
