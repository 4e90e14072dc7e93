"""Everything that happens in the aid to classification, each as a unit to be killed anywhere."""

from collections.abc import Callable

from tests.faults import house
from tests.faults import subsidies as step
from tests.faults.house import later, log_in, tick, two_mornings
from tests.faults.onboarding import APPLICANT
from tests.faults.units import ACTIVE
from tests.harness.sweep import Left, Unit

PARTNER, ACCOUNTING, DIRECTOR = log_in(APPLICANT), log_in(house.ACCOUNTING), log_in(house.DIRECTOR)
AT_HOME = (*ACTIVE, PARTNER)
FILLED, FILLED_LARGE = (*AT_HOME, step.fill_in()), (*AT_HOME, step.fill_in(**step.LARGE))
SENT, SENT_LARGE = (*FILLED, step.send), (*FILLED_LARGE, step.send)
CHANGES = step.check("request_changes", "Il manque une page du devis.")
TO_CORRECT = (*SENT, CHANGES)
COMPLETE, GRANT = step.check("complete"), step.award("accept")
TO_AWARD = (*SENT, COMPLETE)
GRANTED = (*TO_AWARD, GRANT)
TO_SECOND = (*SENT_LARGE, COMPLETE, GRANT)
WAITING = (*TO_AWARD, step.votes(10_000), GRANT)
OVERDUE = (*SENT, later(days=40), tick("sweep_decisions"))
SEND_PROOFS = step.own("justificatifs/verification")
PROVING = (*GRANTED, step.fill_proofs())
PROVEN = (*PROVING, SEND_PROOFS)
FAILED = (*GRANTED, step.fill_proofs(**step.NOT_CLASSIFIED), SEND_PROOFS)
RETURN = step.check("request_changes", "La facture est illisible.")
TO_COMPLETE = (*PROVEN, RETURN)
COMPLETING = (*TO_COMPLETE, step.fill_proofs())
PROOFS_ACCEPTED = (*PROVEN, step.check("accept"))
APPROVED = (*PROOFS_ACCEPTED, step.check("approve"))
REOPEN = step.at_the_desk("reprise", reason="Reprise.")
PAYMENT_OVERDUE = (*PROVEN, later(days=40), tick("sweep_decisions"))
AT_THE_BATCHES = (*APPROVED, ACCOUNTING)
ORDERED = (*AT_THE_BATCHES, step.collect)
COME_BACK = (*ORDERED, step.mark("rejete", motif="Compte clos."))
PAY = step.mark("paye", jour=step.TODAY, releve="R-3")
PAID = (*ORDERED, PAY)
LEAVE = step.at_the_desk("depart", **{"jour-depart": step.TODAY, "confirme": "oui"})
LEFT = (*PAID, DIRECTOR, LEAVE)
LEFT_BEHIND = (*FILLED, later(days=31), tick("sweep_subsidy_drafts"))
PROOFS = "POST /espace/aides/{reference}/justificatifs"
DRAFT = "POST /subventions/demandes/{draft_id}"
BATCH = "POST /bureau/virements/{batch_id}/versements/{reference}"


def _page_not_ticked_off(left: Left) -> bool:
    """What was typed is kept; the page is shown again before the check."""
    return any("D-1" in draft and draft.endswith("done: []") for draft in left["aid drafts"])


def _invoice_not_ticked_off(left: Left) -> bool:
    """The same, of the page about the invoice."""
    return any("F-1" in draft and draft.endswith("done: []") for draft in left["aid drafts"])


def _waits_on(left: Left) -> bool:
    """What has arrived is still there: the page says so, and its button takes it in."""
    return any(key.startswith("incoming/") for key in left["files"])


def _without_a_row(kind: str) -> Callable[[Left], bool]:
    """The row went first: nobody can reach the file any more; it goes when the button is pressed again, or with its owner."""
    return lambda left: not any(f"#{kind}#" in row for row in left["uploads"])


APPLYING: dict[str, Unit] = {
    "beginning an application for aid": Unit(step.begin, AT_HOME, ("POST /subventions/demandes",)),
    "saving a page of it": Unit(
        step.save_page, (*AT_HOME, step.begin), (f"{DRAFT}/pages/{{key}}",), may_leave=_page_not_ticked_off
    ),
    "looking at its documents": Unit(
        step.look_at_documents,
        (*AT_HOME, step.begin, step.quote_arrives),
        (f"{DRAFT}/pieces",),
        may_leave=_waits_on,
    ),
    "removing a document of it": Unit(
        step.remove_document,
        FILLED,
        (f"{DRAFT}/pieces/{{upload_id}}/retrait",),
        may_leave=_without_a_row("quote"),
    ),
    "applying for aid": Unit(
        step.send,
        FILLED,
        (f"{DRAFT}/verification", "look_up_subsidy", "write_subsidy_document", "request_subsidy_check"),
    ),
    "laying an application out": Unit(
        step.own("corriger"), TO_CORRECT, ("POST /espace/aides/{reference}/corriger",)
    ),
    "sending an application again": Unit(
        step.send, (*TO_CORRECT, step.own("corriger")), (f"{DRAFT}/verification", "record_subsidy_event")
    ),
}
WITHDRAWALS: dict[str, Unit] = {
    f"withdrawing an aid file, {stage}": Unit(
        step.own("retrait"), before, ("POST /espace/aides/{reference}/retrait",)
    )
    for stage, before in {
        "sent": SENT,
        "asked for changes": TO_CORRECT,
        "before the direction": TO_AWARD,
        "before the second approval": TO_SECOND,
        "waiting for money": WAITING,
        "granted": GRANTED,
        "with its proofs": PROVEN,
        "asked for proofs": TO_COMPLETE,
        "before accounting": PROOFS_ACCEPTED,
        "approved": APPROVED,
    }.items()
}
DECIDING: dict[str, Unit] = {
    "finding a file complete": Unit(COMPLETE, SENT, ("record_subsidy_event", "request_subsidy_award")),
    "asking for an application to be changed": Unit(CHANGES, SENT, ("request_subsidy_corrections",)),
    "refusing an application": Unit(step.check("refuse", "Hors du territoire."), SENT),
    "granting an aid": Unit(GRANT, TO_AWARD, ("record_subsidy_event", "write_subsidy_document")),
    "granting a large aid": Unit(GRANT, (*SENT_LARGE, COMPLETE), ("request_second_approval",)),
    "granting it for the second time": Unit(step.approve("accept"), TO_SECOND, ("write_subsidy_document",)),
    "refusing it for the second time": Unit(step.approve("refuse", "Trop cher."), TO_SECOND),
    "granting what there is no money for": Unit(GRANT, (*TO_AWARD, step.votes(10_000))),
    "sending a file back": Unit(step.award("send_back", "Le devis a changé."), TO_AWARD),
    "refusing an aid": Unit(step.award("refuse", "Déjà classé."), TO_AWARD),
}
AT_THE_DESK: dict[str, Unit] = {
    "naming who inspected": Unit(
        step.at_the_desk("visite", personne="claire"),
        (*TO_AWARD, DIRECTOR),
        ("POST /bureau/aides/{reference}/visite",),
    ),
    "taking a late application up again": Unit(
        REOPEN,
        (*OVERDUE, DIRECTOR),
        ("POST /bureau/aides/{reference}/reprise",),
    ),
    "taking a late payment up again": Unit(
        REOPEN,
        (*PAYMENT_OVERDUE, DIRECTOR),
        ("POST /bureau/aides/{reference}/reprise",),
    ),
    "mailing a link to an applicant for aid": Unit(
        step.at_the_desk("lien"), (*TO_CORRECT, DIRECTOR), ("POST /bureau/aides/{reference}/lien",)
    ),
}
OBLIGATIONS: dict[str, Unit] = {
    "giving more time": Unit(
        step.at_the_desk("prolongation", **{"motif-prolongation": "Travaux."}),
        (*GRANTED, DIRECTOR),
        ("POST /bureau/aides/{reference}/prolongation",),
    ),
    "noting who left": Unit(LEAVE, (*PAID, DIRECTOR), ("POST /bureau/aides/{reference}/depart",)),
    "noting what came back": Unit(
        step.at_the_desk("remboursement", **{"releve-remboursement": "R-9"}),
        LEFT,
        ("POST /bureau/aides/{reference}/remboursement",),
    ),
    "an award that was not used in time": Unit(
        two_mornings("keep_subsidy_deadlines"), (*GRANTED, later(days=400)), ("keep_subsidy_deadlines",)
    ),
    "an award that ends soon": Unit(two_mornings("keep_subsidy_deadlines"), (*GRANTED, later(days=306))),
    "an engagement that was kept": Unit(two_mornings("keep_subsidy_deadlines"), (*PAID, later(days=3 * 366))),
    "a classification that ends soon": Unit(
        two_mornings("keep_subsidy_deadlines"), (*PAID, later(days=4 * 365 + 10))
    ),
}
LINKS: dict[str, Unit] = {
    "a fresh link to an application for aid": Unit(
        house.fresh_link(APPLICANT, step.RESUME),
        (*FILLED, later(hours=3), tick("sweep_subsidy_drafts"), later(minutes=5)),
        ("POST /subventions/reprise/{token}/lien",),
    ),
    "a fresh link to what is to be corrected": Unit(
        house.fresh_link(APPLICANT, step.CORRECTIONS),
        TO_CORRECT,
        ("POST /subventions/corrections/{token}/lien",),
    ),
    "a link to what is to be corrected from the space": Unit(
        step.own("lien"), TO_CORRECT, ("POST /espace/aides/{reference}/lien",)
    ),
}
PROVING_UNITS: dict[str, Unit] = {
    "telling of the visit": Unit(
        step.own("visite", etape="commandee", jour=step.TODAY),
        GRANTED,
        ("POST /espace/aides/{reference}/visite",),
    ),
    "beginning the proofs": Unit(step.own("justificatifs"), GRANTED, (PROOFS,)),
    "saving a page of the proofs": Unit(
        step.save_proofs_page,
        (*GRANTED, step.own("justificatifs")),
        (f"{PROOFS}/pages/{{key}}",),
        may_leave=_invoice_not_ticked_off,
    ),
    "looking at the proofs": Unit(
        step.own("justificatifs/pieces"),
        (*GRANTED, step.own("justificatifs"), step.invoice_arrives),
        (f"{PROOFS}/pieces",),
        may_leave=_waits_on,
    ),
    "removing a proof": Unit(
        step.remove_proof,
        PROVING,
        (f"{PROOFS}/pieces/{{upload_id}}/retrait",),
        may_leave=_without_a_row("invoice"),
    ),
    "sending the proofs": Unit(
        SEND_PROOFS, PROVING, (f"{PROOFS}/verification", "look_up_payment", "request_proof_check")
    ),
    "sending the proofs again": Unit(SEND_PROOFS, COMPLETING, (f"{PROOFS}/verification", "look_up_payment")),
}
PAYING: dict[str, Unit] = {
    "accepting the proofs": Unit(
        step.check("accept"), PROVEN, ("record_payment_event", "request_payment_approval")
    ),
    "accepting the proofs of a failure": Unit(step.check("accept"), FAILED),
    "returning the proofs": Unit(RETURN, PROVEN, ("request_proof_corrections",)),
    "refusing the proofs": Unit(step.check("refuse", "Pas de classement."), PROVEN),
    "approving the payment": Unit(step.check("approve"), PROOFS_ACCEPTED, ("record_payment_event",)),
    "sending the payment back": Unit(step.check("send_back", "Le montant ?"), PROOFS_ACCEPTED),
    "collecting the payments": Unit(step.collect, AT_THE_BATCHES, ("POST /bureau/virements",)),
    "marking a transfer paid": Unit(
        step.mark("paye", jour=step.TODAY, releve="R-3"), ORDERED, (f"{BATCH}/paye",)
    ),
    "marking a transfer failed": Unit(
        step.mark("rejete", motif="Compte clos."), ORDERED, (f"{BATCH}/rejete",)
    ),
    "trying a transfer again": Unit(step.mark("reprise"), COME_BACK, (f"{BATCH}/reprise",)),
    "sending another account": Unit(SEND_PROOFS, (*COME_BACK, step.fill_proofs())),
}
ROUNDS: dict[str, Unit] = {
    "an application that nobody checks": Unit(tick("sweep_decisions"), (*SENT, later(days=40))),
    "corrections that do not come": Unit(tick("sweep_decisions"), (*TO_CORRECT, later(days=31))),
    "proofs that nobody checks": Unit(tick("sweep_decisions"), (*PROVEN, later(days=40))),
    "proofs that do not come": Unit(tick("sweep_decisions"), (*TO_COMPLETE, later(days=31))),
    "printing a receipt late": Unit(
        tick("print_missing_receipts"),
        (*FILLED, step.without_paper(step.send), later(hours=2)),
        ("print_missing_receipts",),
    ),
    "giving money to who waits": Unit(
        tick("serve_waiting_files"), (*WAITING, step.votes(50_000)), ("serve_waiting_files",)
    ),
    "finding an aid file without its run": Unit(
        tick("reconcile_awards"),
        (*FILLED, house.loses("StartExecution", step.send), later(minutes=5)),
        ("reconcile_awards",),
    ),
    "finding a payment without its run": Unit(
        tick("reconcile_payments"),
        (*PROVING, house.loses("StartExecution", SEND_PROOFS), later(minutes=5)),
        ("reconcile_payments",),
    ),
    "finding a letter that was not printed": Unit(
        tick("reconcile_awards"), (*TO_AWARD, step.without_paper(GRANT), later(minutes=5))
    ),
    "finding an answer about money that was lost": Unit(
        tick("sweep_decisions"), (*TO_AWARD, house.loses("SendTaskSuccess", GRANT), later(minutes=5))
    ),
    "finding an answer about proofs that was lost": Unit(
        tick("sweep_decisions"),
        (*PROVEN, house.loses("SendTaskSuccess", step.check("accept")), later(minutes=5)),
    ),
    "completing a batch that was cut short": Unit(
        tick("reconcile_payments"),
        (*AT_THE_BATCHES, house.loses("TransactWriteItems", step.collect), later(minutes=5)),
        ("reconcile_payments",),
    ),
    "nudging who stopped applying for aid": Unit(
        tick("sweep_subsidy_drafts"), (*FILLED, later(hours=3)), ("sweep_subsidy_drafts",)
    ),
    "warning that an application for aid will be purged": Unit(
        tick("sweep_subsidy_drafts"), (*FILLED, later(days=31))
    ),
    "emptying an application for aid": Unit(tick("sweep_subsidy_drafts"), (*LEFT_BEHIND, later(days=8))),
    "purging an application for aid": Unit(
        two_mornings("sweep_subsidy_drafts"),
        (*LEFT_BEHIND, later(days=8), tick("sweep_subsidy_drafts"), step.quote_arrives),
    ),
}
ENDINGS: dict[str, Unit] = {
    "forgetting where an aid was paid to": Unit(
        two_mornings("purge_aid_files"),
        (*PROVING, step.account_arrives, *ORDERED[len(PROVING) :], PAY, later(days=430)),
        ("purge_aid_files",),
    ),
    "erasing an aid file that was paid": Unit(
        two_mornings("purge_aid_files"),
        (*PAID, later(days=3 * 366), tick("keep_subsidy_deadlines"), later(days=11 * 366)),
    ),
    "erasing an aid file that came to nothing": Unit(
        two_mornings("purge_aid_files"),
        (*TO_COMPLETE, step.own("retrait"), later(days=1100), step.quote_arrives),
    ),
}
UNITS = (
    APPLYING
    | WITHDRAWALS
    | DECIDING
    | AT_THE_DESK
    | OBLIGATIONS
    | LINKS
    | PROVING_UNITS
    | PAYING
    | ROUNDS
    | ENDINGS
)
