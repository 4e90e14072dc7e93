"""The mails that an aid file's changes and deadlines send."""

from datetime import date

from chalicelib.kernel.french import french_date, french_long_date, french_money
from chalicelib.mail.model import AttachedFile, Message
from chalicelib.office.model import Office
from chalicelib.office.schemes import NoScheme
from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.classification import renewable_from
from chalicelib.subsidies.directory import ClassifiedPlace, Listed
from chalicelib.subsidies.model import AWARD, RECEIPT, Subsidy
from chalicelib.subsidies.proofs import proofs_of
from chalicelib.subsidies.repayment import Engagement
from chalicelib.subsidies.statuses import PAYING, Event, Status

TO_APPLICANT: dict[Event, str] = {
    Event.FOUND_COMPLETE: "subsidies/complete",
    Event.REFUSED: "subsidies/refused",
    Event.CORRECTIONS_EXPIRED: "subsidies/abandoned",
    Event.DECISION_EXPIRED: "subsidies/late",
    Event.REOPENED: "subsidies/reopened",
    Event.WITHDRAWN: "subsidies/withdrawn",
    Event.PRINTED: "subsidies/received",
    Event.NOTIFIED: "subsidies/granted",
    Event.PROLONGED: "subsidies/prolonged",
    Event.LAPSED: "subsidies/lapsed",
    Event.FAILURE_TOLD: "subsidies/unsuccessful",
    Event.PROOFS_SENT: "subsidies/proofs_received",
    Event.PROOFS_REFUSED: "subsidies/payment_refused",
    Event.PAID: "subsidies/paid",
    Event.PAYMENT_FAILED: "subsidies/payment_failed",
    Event.LEFT: "subsidies/repayment_due",
    Event.REPAID: "subsidies/repaid",
    Event.ENGAGEMENT_ENDED: "subsidies/engagement_ended",
}
"""A request for changes, of the application or of the proofs, is told by the mail that carries its link."""
PRINTED_WITH = {"subsidies/received": RECEIPT, "subsidies/granted": AWARD}
NAMES = {RECEIPT: "recu", AWARD: "attribution"}
PDF = "application/pdf"


def mails_of(change: Change, office: Office) -> list[Message]:
    """The mails of one change, each for one occasion: the version that the file reached by it."""
    template = TO_APPLICANT.get(change.event)
    mails = [_to_applicant(template, change, office)] if template and not _is_no_news(change, office) else []
    if change.after.status is Status.AWAITING_BUDGET and change.before.status is not Status.AWAITING_BUDGET:
        mails.append(_to_applicant("subsidies/awaiting_budget", change, office))
    if change.event is Event.DECISION_EXPIRED:
        mails += [_late(person.email, change.after, office) for person in office.staff.holders("director")]
    return mails


def _is_no_news(change: Change, office: Office) -> bool:
    """Whether what ends had never begun: an aid that binds to nothing is closed as soon as it is paid."""
    is_end = change.event is Event.ENGAGEMENT_ENDED
    return is_end and not office.aid.scheme(change.after.scheme_id).engagement_years


def _to_applicant(template: str, change: Change, office: Office) -> Message:
    subsidy = change.after
    return Message(
        template=template,
        to=subsidy.email,
        record=subsidy.id,
        occasion=f"version-{subsidy.version}",
        context={
            **facts(subsidy),
            **payment_facts(subsidy, office),
            "reason": change.line.reason or subsidy.note,
        },
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


def lapse_reminder(subsidy: Subsidy, office: Office, days: int) -> Message:
    """The mail that goes so many days before an award lapses; a later end makes it another mail."""
    return Message(
        template="subsidies/lapse_reminder",
        to=subsidy.email,
        record=subsidy.id,
        occasion=f"lapse-{subsidy.lapses_on}-{days}",
        context=facts(subsidy),
        reply_to=office.reply_to,
    )


def renewal_reminder(listed: Listed, office: Office, days: int, on: date) -> Message:
    """The mail that goes so many days before a classification ends, to the partner who holds it."""
    place, partner = listed.place, listed.partner
    return Message(
        template="subsidies/renewal_reminder",
        to=partner.email,
        record=partner.id,
        occasion=f"renewal-{place.name}-{place.expires_on}-{days}",
        context={
            "name": partner.contact_name,
            "business_name": place.name,
            "what": "la qualification" if place.is_reference else "le classement",
            "expires_on": french_long_date(place.expires_on),
            "expires_short": french_date(place.expires_on),
            "helped_from": _helped_from(place, office, on),
        },
        reply_to=office.reply_to,
    )


def _helped_from(place: ClassifiedPlace, office: Office, on: date) -> str:
    """From when the renewal may be helped, in words; empty where no scheme covers it."""
    try:
        scheme = office.aid.scheme_for(place.category, on)
    except NoScheme:
        return ""
    opens = renewable_from(place.expires_on, scheme.renewal_window_months)
    return f"à partir du {french_date(opens)}" if opens > on else "dès aujourd’hui"


def facts(subsidy: Subsidy) -> dict[str, object]:
    """What mails say of a file."""
    is_paying = subsidy.status in (*PAYING, Status.PAYMENT_OVERDUE)
    return {
        "name": subsidy.beneficiary.contact_name,
        "business_name": subsidy.beneficiary.business_name,
        "reference": subsidy.reference,
        "status": subsidy.status.value,
        "matter": "demande de paiement" if is_paying else "demande d’aide",
        "reason": subsidy.note,
        "amount": french_money(subsidy.cents),
        "received_on": french_date(subsidy.created_at),
        "complete_on": _date(subsidy.complete_on),
        "lapses_on": french_long_date(subsidy.lapses_on) if subsidy.lapses_on else "",
        "lapses_short": _date(subsidy.lapses_on),
    }


def payment_facts(subsidy: Subsidy, office: Office) -> dict[str, str]:
    """What mails say of a payment and of what it binds to; the account by its last signs only."""
    account = proofs_of(subsidy.proofs, subsidy.request.spending).account.masked if subsidy.proofs else ""
    said = {
        "account": account,
        "payable": french_money(subsidy.payable_cents),
        "paid_on": _date(subsidy.paid_on),
        "left_on": _date(subsidy.left_on),
    }
    if subsidy.paid_on is None:
        return {**said, "engaged_until": "", "to_repay": ""}
    engagement = Engagement(subsidy.paid_on, office.aid.scheme(subsidy.scheme_id).engagement_years)
    left_on = subsidy.left_on or engagement.ends_on
    return {
        **said,
        "engaged_until": french_date(engagement.ends_on) if engagement.years else "",
        "to_repay": french_money(engagement.to_repay(subsidy.payable_cents, left_on)),
    }


def _date(day: date | None) -> str:
    return french_date(day) if day else ""
