"""The mails that a file's changes send."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.french import french_date, french_long_date, french_moment, french_money
from chalicelib.mail.model import Message
from chalicelib.office.model import NobodyToAsk, Office
from chalicelib.partners.consent_links import link_to
from chalicelib.partners.consents import Consent
from chalicelib.partners.model import Application, Change, Event, Status
from chalicelib.partners.wording import consent_rows

TO_APPLICANT: dict[Event | None, str] = {
    Event.ADDRESS_CONFIRMED: "partners/receipt",
    Event.REFUSED: "partners/refused",
    Event.ACTIVATED: "partners/welcome",
    Event.CONFIRMATION_EXPIRED: "partners/unconfirmed",
    Event.CORRECTIONS_EXPIRED: "partners/abandoned",
    Event.PAYMENT_EXPIRED: "partners/unpaid",
    Event.PAYMENT_CANCELLED: "partners/unpaid",
    Event.REVIEW_EXPIRED: "partners/late",
    Event.REOPENED: "partners/reopened",
    Event.WITHDRAWN: "partners/withdrawn",
}
"""A request for changes is told by the mail that carries its link."""


def mails_of(change: Change, office: Office) -> list[Message]:
    """The mails of one change, each for one occasion: the version that the file reached by it."""
    application = change.after
    mails = []
    if template := TO_APPLICANT.get(change.event):
        told = _to_applicant(template, application, office)
        mails.append(_with_consents(told, application) if change.event is Event.ACTIVATED else told)
    if change.event is Event.ACCEPTED and application.fee.cents:
        mails.append(_to_applicant("partners/payment_due", application, office))
    if change.event is Event.REVIEW_EXPIRED:
        mails.extend(_to_directors(application, office))
    return mails


def already_known(holder: Application, newcomer: Application, office: Office) -> Message:
    """To the address on file: somebody sent a second application for the same establishment."""
    return Message(
        template="partners/already_known",
        to=holder.email,
        record=holder.id,
        occasion=f"second-{newcomer.id}",
        context={**facts(holder, office), "received_on": french_date(newcomer.created_at)},
    )


def payment_reminder(application: Application, office: Office, number: int) -> Message:
    """The reminder of that number, counted from the day the payment was asked for."""
    occasion = f"payment-{application.version}-{number}"
    return replace(_to_applicant("partners/payment_awaited", application, office), occasion=occasion)


def _to_applicant(template: str, application: Application, office: Office) -> Message:
    return Message(
        template=template,
        to=application.email,
        record=application.id,
        occasion=f"version-{application.version}",
        context=facts(application, office),
        reply_to=office.reply_to,
    )


def _with_consents(message: Message, application: Application) -> Message:
    """The mail with how the consents stand, and the lasting link by which they are withdrawn."""
    stand = [[row.words.label, row.state] for row in consent_rows(application)]
    context = {**message.context, "consents": stand}
    return replace(message, context=context, signed_link=link_to(application))


def consent_mails(change: Change, consent: Consent, office: Office) -> list[Message]:
    """To who decides for the office, when an active partner is to be published no longer: it has to be done by hand."""
    application, at = change.after, change.line.at
    stays = application.status is not Status.ACTIVE or application.consent(consent).is_given
    if stays or consent is not Consent.PUBLICATION:
        return []
    try:
        reader = office.approver_for("membership", paris_day(at), frozenset({application.email}))
    except NobodyToAsk:
        return []  # an office without anybody keeps no partner from withdrawing
    return [
        Message(
            template="partners/publication_withdrawn",
            to=reader.email,
            record=application.id,
            occasion=f"version-{application.version}",
            context={**facts(application, office), "withdrawn_at": french_moment(at)},
        )
    ]


def _to_directors(application: Application, office: Office) -> list[Message]:
    directors = [person for person in office.people if "director" in person.roles]
    return [
        Message(
            template="partners/late_for_director",
            to=person.email,
            record=application.id,
            occasion=f"version-{application.version}",
            context=facts(application, office),
        )
        for person in directors
    ]


def facts(application: Application, office: Office) -> dict[str, object]:
    """What mails say of a file."""
    until = application.active_until
    pay_before = paris_day(application.status_since) + timedelta(days=office.delays.payment_days)
    return {
        "name": application.contact_name,
        "reference": application.reference,
        "status": application.status.value,
        "pay_before": french_long_date(pay_before),
        "pay_before_short": french_date(pay_before).rsplit(" ", 1)[0],
        "business_name": application.business_name,
        "reason": application.note,
        "fee": french_money(application.fee.cents),
        "fee_steps": [[label, french_money(cents)] for label, cents in application.fee.steps],
        "active_until": french_date(until) if until else "",
    }
