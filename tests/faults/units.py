"""Everything that happens in the onboarding, each as a unit to be killed anywhere."""

from collections.abc import Callable

from tests.faults import house
from tests.faults import onboarding as step
from tests.faults.house import DECISION, OFFICER, hear_of_bounce, later, log_in, tick, two_mornings
from tests.faults.onboarding import APPLICANT, CONFIRMATION, CORRECTIONS, RESUME
from tests.harness.sweep import Left, Step, Unit

SENT = (step.fill_in, step.send)
TO_DECISION = (*SENT, step.confirm)
CHANGES = house.decide("request_changes", "Il manque la capacité.")
TO_CORRECTION = (*TO_DECISION, CHANGES)
TO_PAYMENT = (*TO_DECISION, house.decide("accept"))
ACTIVE = (*TO_PAYMENT, step.pay("confirm"))
OVERDUE = (*TO_DECISION, later(days=40), tick("sweep_decisions"))
UNPAID = (*TO_PAYMENT, later(days=60), tick("sweep_decisions"))


def _spent_login(left: Left) -> bool:
    """The link is spent and no session came of it: the person asks for another link."""
    return left["sessions"] == [] and left["logins"] == [0]


def _in_doubt(left: Left) -> bool:
    """A mail that was claimed, and not yet withheld, is listed for staff as one in doubt: no worse than sent."""
    return "partners/receipt to maelle@hotel.example.fr sent" in left["mails"]


def _told_again(left: Left) -> bool:
    """SNS tells a function that died again; after that its dead letters ring."""
    return any("address_confirmation" in mail and mail.endswith("bounced") for mail in left["mails"])


def _page_not_ticked_off(done: str) -> Callable[[Left], bool]:
    """What was typed is kept; the page is shown again before the check."""
    return lambda left: any(
        "new Le Goff" in draft and draft.endswith(f"done: {done}") for draft in left["drafts"]
    )


def _still_logged_in_here(left: Left) -> bool:
    """Who asked to be logged out everywhere saw no answer, and can ask again."""
    return left["sessions"] == [OFFICER]


FORM: dict[str, Unit] = {
    "beginning": Unit(
        step.begin, covers=("POST /adhesion/demande/{key}",), may_leave=_page_not_ticked_off("[]")
    ),
    "saving a page": Unit(
        step.fill_page("structure"),
        (step.begin,),
        ("POST /adhesion/demande/{key}",),
        may_leave=_page_not_ticked_off("['vous']"),
    ),
    "pausing": Unit(step.pause, (step.begin,), ("POST /adhesion/pause", "send_mail")),
    "resuming": Unit(step.resume, (step.begin, step.pause), ("POST /adhesion/reprise/{token}",)),
    "sending": Unit(
        step.send,
        (step.fill_in,),
        ("POST /adhesion/verification", "look_up_application", "request_address_confirmation", "send_mail"),
    ),
    "sending by the API": Unit(step.send_by_api, (), ("POST /api/v1/membership-applications",)),
    "sending a second file": Unit(step.send, (*TO_DECISION, step.fill_in), ("POST /adhesion/verification",)),
    "leaving a draft sent before": Unit(
        step.leave_draft, (step.fill_in, step.send_and_keep_the_draft), ("POST /adhesion/deja-envoyee",)
    ),
}
APPLICANTS: dict[str, Unit] = {
    "confirming": Unit(
        step.confirm,
        SENT,
        (
            "POST /adhesion/confirmation/{token}",
            "record_application_event",
            "request_membership_decision",
        ),
    ),
    "laying out": Unit(step.lay_out, TO_CORRECTION, ("POST /adhesion/corrections/{token}",)),
    "laying out in the space": Unit(
        step.lay_out_in_the_space,
        (*TO_CORRECTION, log_in(APPLICANT)),
        ("POST /espace/dossiers/{reference}/corriger",),
    ),
    "correcting": Unit(step.correct, (*TO_CORRECTION, step.lay_out), ("record_application_event",)),
}
WITHDRAWALS: dict[str, Unit] = {
    f"withdrawing, {stage}": Unit(
        step.withdraw, (*before, log_in(APPLICANT)), ("POST /espace/dossiers/{reference}/retrait",)
    )
    for stage, before in {
        "submitted": TO_DECISION,
        "asked for changes": TO_CORRECTION,
        "asked to pay": TO_PAYMENT,
        "overdue": OVERDUE,
    }.items()
} | {
    "withdrawing, not confirmed": Unit(
        step.withdraw,
        (*TO_DECISION, log_in(APPLICANT), step.withdraw, later(minutes=1), *SENT),
        ("POST /espace/dossiers/{reference}/retrait",),
    )
}
OFFICE: dict[str, Unit] = {
    "accepting": Unit(
        house.decide("accept"),
        TO_DECISION,
        ("POST /decisions/{token}", "record_application_event", "request_payment_confirmation"),
    ),
    "refusing": Unit(house.decide("refuse", "Hors du territoire."), TO_DECISION),
    "asking for changes": Unit(CHANGES, TO_DECISION, ("request_corrections",)),
    "accepting at the desk": Unit(
        house.decide_at_the_desk("accept"),
        (*TO_DECISION, log_in(OFFICER)),
        ("POST /bureau/decisions/{decision_id}",),
    ),
    "paying": Unit(step.pay("confirm"), TO_PAYMENT, ("activate_partner",)),
    "cancelling the payment": Unit(step.pay("cancel", "Pas de règlement."), TO_PAYMENT),
    "reopening an overdue file": Unit(
        step.reopen, (*OVERDUE, log_in(OFFICER)), ("POST /bureau/dossiers/{reference}/reprise",)
    ),
    "reopening an unpaid file": Unit(step.reopen, (*UNPAID, log_in(OFFICER))),
}
CONSENTS: dict[str, Unit] = {
    "withdrawing a consent": Unit(
        step.choose("publication", "retirer"), ACTIVE, ("POST /consentements/{token}",)
    ),
    "giving a consent in the space": Unit(
        step.choose_in_the_space("newsletter", "donner"),
        (*ACTIVE, log_in(APPLICANT)),
        ("POST /espace/dossiers/{reference}/accords",),
    ),
}
LINKS: dict[str, Unit] = {
    "a fresh link to a draft": Unit(
        house.fresh_link(APPLICANT, RESUME),
        (step.begin, step.pause, later(minutes=5)),
        ("POST /adhesion/reprise/{token}/lien",),
    ),
    "a fresh link to confirm": Unit(
        house.fresh_link(APPLICANT, CONFIRMATION), SENT, ("POST /adhesion/confirmation/{token}/lien",)
    ),
    "a fresh link to correct": Unit(
        house.fresh_link(APPLICANT, CORRECTIONS), TO_CORRECTION, ("POST /adhesion/corrections/{token}/lien",)
    ),
    "a fresh link to decide": Unit(
        house.fresh_link(OFFICER, DECISION), TO_DECISION, ("POST /decisions/{token}/lien",)
    ),
    "links from the desk": Unit(
        house.link_from_the_desk,
        (*TO_DECISION, log_in(OFFICER)),
        ("POST /bureau/decisions/{decision_id}/lien",),
    ),
    "a link to the applicant": Unit(
        step.link_to_applicant,
        (*TO_CORRECTION, log_in(OFFICER)),
        ("POST /bureau/dossiers/{reference}/lien",),
    ),
    "a link from the space": Unit(
        step.link_from_the_space,
        (*TO_CORRECTION, log_in(APPLICANT)),
        ("POST /espace/dossiers/{reference}/lien",),
    ),
}
IN_TROUBLE: tuple[Step, ...] = (step.fill_in, house.refused_by_ses(step.send), log_in(OFFICER))
MAILS: dict[str, Unit] = {
    "sending a mail again": Unit(
        house.on_mail_in_trouble("renvoi"), IN_TROUBLE, ("POST /bureau/mails/{key}/renvoi", "sweep_outbox")
    ),
    "settling a mail": Unit(
        house.on_mail_in_trouble("classement"), IN_TROUBLE, ("POST /bureau/mails/{key}/classement",)
    ),
    "hearing that a mail arrived": Unit(
        house.hear_of_mail("record_mail_event", APPLICANT, eventType="Delivery"),
        SENT,
        ("record_mail_event",),
    ),
    "hearing that a mail bounced": Unit(
        hear_of_bounce(APPLICANT), SENT, ("record_mail_event",), may_leave=_told_again
    ),
    "withholding a mail": Unit(
        step.confirm, (*SENT, hear_of_bounce(APPLICANT)), ("send_mail",), may_leave=_in_doubt
    ),
    "restoring an address": Unit(
        house.restore_address(APPLICANT),
        (*SENT, hear_of_bounce(APPLICANT), step.confirm, log_in(OFFICER)),
        ("POST /bureau/adresses/{key}/retablissement",),
    ),
    "passing on a bounced request": Unit(
        hear_of_bounce(OFFICER, "pass_on_bounced_request"), TO_DECISION, ("pass_on_bounced_request",)
    ),
    "passing on what nobody can be mailed about": Unit(
        tick("sweep_decisions"),
        (*SENT, log_in(OFFICER), hear_of_bounce(OFFICER), step.confirm, later(minutes=5)),
    ),
}
LOGIN: dict[str, Unit] = {
    "asking to log in": Unit(house.ask_to_log_in, (), ("POST /connexion",), asks_anew=True),
    "logging in": Unit(
        house.use_login_link, (house.ask_to_log_in,), ("POST /connexion/{token}",), may_leave=_spent_login
    ),
    "logging out": Unit(house.leave(), (log_in(OFFICER),), ("POST /deconnexion",)),
    "logging out everywhere": Unit(
        house.leave(partout="on"),
        (log_in(OFFICER), house.in_another_browser(log_in(OFFICER))),
        ("POST /deconnexion",),
        may_leave=_still_logged_in_here,
    ),
}
CLOCKS: dict[str, Unit] = {
    "unconfirmed": Unit(tick("sweep_decisions"), (*SENT, later(days=8)), ("sweep_decisions",)),
    "overdue": Unit(tick("sweep_decisions"), (*TO_DECISION, later(days=40))),
    "abandoned": Unit(tick("sweep_decisions"), (*TO_CORRECTION, later(days=31))),
    "unpaid": Unit(tick("sweep_decisions"), (*TO_PAYMENT, later(days=60))),
    "reminding who decides": Unit(
        two_mornings("send_decision_reminders"), (*TO_DECISION, later(days=6)), ("send_decision_reminders",)
    ),
    "passing on to the deputy": Unit(two_mornings("send_decision_reminders"), (*TO_DECISION, later(days=13))),
    "reminding who pays": Unit(
        two_mornings("send_payment_reminders"), (*TO_PAYMENT, later(days=15)), ("send_payment_reminders",)
    ),
    "finding a lost start": Unit(
        tick("reconcile_onboarding"),
        (step.fill_in, house.loses("StartExecution", step.send), later(minutes=5)),
        ("reconcile_onboarding",),
    ),
    "finding a lost answer": Unit(
        tick("sweep_decisions"),
        (*TO_DECISION, house.loses("SendTaskSuccess", house.decide("accept")), later(minutes=5)),
    ),
    "finding a lost mail": Unit(
        tick("sweep_outbox"), (step.fill_in, house.loses("SendEmail", step.send), later(minutes=20))
    ),
    "nudging who stopped": Unit(tick("sweep_drafts"), (step.begin, later(hours=3)), ("sweep_drafts",)),
    "warning of the purge": Unit(tick("sweep_drafts"), (step.begin, later(days=31))),
    "purging a draft": Unit(
        tick("sweep_drafts"), (step.begin, later(days=31), tick("sweep_drafts"), later(days=8))
    ),
    "purging a closed file": Unit(
        tick("purge_closed_files"),
        (*TO_DECISION, house.decide("refuse", "Hors du territoire."), later(days=1100)),
        ("purge_closed_files",),
    ),
}
UNITS = FORM | APPLICANTS | WITHDRAWALS | OFFICE | CONSENTS | LINKS | MAILS | LOGIN | CLOCKS
