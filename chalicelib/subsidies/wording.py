"""The words for where an aid file stands: for the applicant, for the staff, for the timeline."""

from dataclasses import dataclass

from chalicelib.subsidies.statuses import Event, Status

YOU, OFFICE, NOBODY, ENDED = "C’est à vous", "C’est à l’office", "Rien à faire", "Clos"


@dataclass(frozen=True)
class StatusWords:
    """`label` on tags; `turn` says whose turn it is; `next` what happens next, for the applicant; `tone` of the tag."""

    label: str
    turn: str
    next: str
    tone: str = "neutral"


STATUS_WORDS: dict[Status, StatusWords] = {
    Status.SUBMITTED: StatusWords(
        "Déposée", OFFICE,
        "La personne chargée de la qualité vérifie que le dossier est complet. Attendez son accusé de réception avant "
        "de commander la visite.",
    ),
    Status.CHANGES_REQUESTED: StatusWords(
        "À compléter", YOU,
        "Corrigez ou complétez votre dossier, puis renvoyez-le\u00a0: vos réponses et vos pièces sont gardées.",
        "waiting",
    ),
    Status.COMPLETE: StatusWords(
        "Complète", OFFICE, "Votre dossier est complet\u00a0: le montant de l’aide est en cours de calcul."
    ),
    Status.UNDER_REVIEW: StatusWords(
        "En instruction", OFFICE, "Votre dossier est complet. La direction de l’office décide de l’aide."
    ),
    Status.AWAITING_SECOND_APPROVAL: StatusWords(
        "Second accord attendu", OFFICE,
        "La direction est d’accord. À partir de ce montant, un second accord est demandé.",
    ),
    Status.AWAITING_BUDGET: StatusWords(
        "En attente de budget", OFFICE,
        "L’aide est acceptée, et l’enveloppe de l’année est épuisée. Votre dossier attend son tour\u00a0: il avance de "
        "lui-même dès que de l’argent se libère ou qu’une nouvelle année s’ouvre.", "waiting",
    ),
    Status.GRANTED: StatusWords(
        "Accordée", YOU, "L’aide est accordée. Vous pouvez commander la visite de classement.", "success"
    ),
    Status.VISIT_ORDERED: StatusWords(
        "Visite commandée", YOU, "Après la visite, envoyez les justificatifs pour être payé.", "success"
    ),
    Status.VISIT_DONE: StatusWords(
        "Visite faite", YOU, "Envoyez les justificatifs pour être payé.", "success"
    ),
    Status.PAYMENT_REQUESTED: StatusWords(
        "Paiement demandé", OFFICE, "La personne chargée de la qualité vérifie vos justificatifs."
    ),
    Status.PROOFS_TO_CORRECT: StatusWords(
        "Justificatifs à compléter", YOU, "Complétez vos justificatifs, puis renvoyez-les.", "waiting"
    ),
    Status.CLASSIFIED: StatusWords(
        "Classé", OFFICE, "Vos justificatifs sont vérifiés. La comptabilité prépare le paiement.", "success"
    ),
    Status.NOT_CLASSIFIED: StatusWords(
        "Non classé", OFFICE, "Vos justificatifs sont vérifiés. La comptabilité prépare le paiement."
    ),
    Status.PAYMENT_APPROVED: StatusWords(
        "Paiement approuvé", OFFICE, "Le virement part avec le prochain ordre de l’office.", "success"
    ),
    Status.PAYMENT_ORDERED: StatusWords("Virement en cours", NOBODY, "Le virement est parti.", "success"),
    Status.PAYMENT_FAILED: StatusWords(
        "Virement rejeté", YOU, "Le virement est revenu. Corrigez votre compte\u00a0: l’office refait le virement.",
        "stopped",
    ),
    Status.PAYMENT_OVERDUE: StatusWords(
        "Paiement en retard", OFFICE,
        "L’office n’a pas traité votre demande de paiement dans le délai prévu. La direction est prévenue\u00a0; "
        "vous pouvez aussi appeler.", "stopped",
    ),
    Status.PAID: StatusWords("Payée", NOBODY, "L’aide est payée.", "success"),
    Status.REPAYMENT_DUE: StatusWords(
        "À rembourser", YOU, "Vous avez quitté l’office avant la fin de l’engagement\u00a0: une part est à rembourser.",
        "stopped",
    ),
    Status.CLOSED: StatusWords("Close", NOBODY, "L’engagement est arrivé à son terme."),
    Status.REFUSED: StatusWords(
        "Refusée", ENDED, "L’aide n’a pas été accordée. Le motif est ci-dessous.", "stopped"
    ),
    Status.WITHDRAWN: StatusWords("Retirée", ENDED, "Vous avez retiré votre demande."),
    Status.ABANDONED: StatusWords(
        "Sans suite", ENDED, "Les compléments ne sont pas arrivés à temps. Vous pouvez refaire une demande."
    ),
    Status.LAPSED: StatusWords(
        "Caduque", ENDED, "Le délai est passé sans que le classement soit justifié. Vous pouvez refaire une demande."
    ),
    Status.UNSUCCESSFUL: StatusWords(
        "Non classé", ENDED, "L’hébergement n’a pas été classé\u00a0: l’aide n’est pas versée."
    ),
    Status.OVERDUE: StatusWords(
        "En retard", OFFICE,
        "L’office n’a pas répondu dans le délai prévu. La direction est prévenue\u00a0; vous pouvez aussi appeler.",
        "stopped",
    ),
}  # fmt: skip

EVENT_WORDS: dict[Event, str] = {
    Event.CHANGES_REQUESTED: "Compléments demandés",
    Event.CORRECTED: "Dossier corrigé et renvoyé",
    Event.CORRECTIONS_EXPIRED: "Compléments non reçus dans le délai",
    Event.FOUND_COMPLETE: "Dossier complet",
    Event.WORKED_OUT: "Montant de l’aide calculé",
    Event.ACCEPTED: "Aide acceptée",
    Event.SECOND_ACCEPTED: "Second accord donné",
    Event.SENT_BACK: "Dossier renvoyé à l’instruction",
    Event.REFUSED: "Demande refusée",
    Event.FOUND_INELIGIBLE: "Une règle de l’aide n’est plus remplie",
    Event.DECISION_EXPIRED: "Sans réponse de l’office dans le délai",
    Event.FUNDED: "Budget disponible\u00a0: aide accordée",
    Event.NOTIFIED: "Lettre d’attribution envoyée",
    Event.REOPENED: "Dossier repris",
    Event.WITHDRAWN: "Demande retirée",
    Event.VISIT_ORDERED: "Visite commandée",
    Event.VISIT_MADE: "Visite faite",
    Event.FAILURE_TOLD: "Hébergement non classé",
    Event.PROOFS_SENT: "Justificatifs envoyés",
    Event.PROOFS_ACCEPTED: "Justificatifs vérifiés",
    Event.PROOFS_RETURNED: "Justificatifs à compléter",
    Event.PROOFS_EXPIRED: "Justificatifs non complétés dans le délai",
    Event.PROOFS_REFUSED: "Paiement refusé",
    Event.PAYMENT_APPROVED: "Paiement approuvé",
    Event.PAYMENT_SENT_BACK: "Demande de paiement renvoyée à la vérification",
    Event.PAYMENT_ORDERED: "Virement ordonné",
    Event.PAYMENT_FAILED: "Virement rejeté",
    Event.PAYMENT_RETRIED: "Virement à refaire",
    Event.PAID: "Aide payée",
    Event.PROLONGED: "Délai prolongé",
    Event.LAPSED: "Aide caduque",
    Event.LEFT: "Départ avant la fin de l’engagement",
    Event.REPAID: "Remboursement reçu",
    Event.ENGAGEMENT_ENDED: "Engagement arrivé à son terme",
    Event.INSPECTOR_NAMED: "Auteur de la visite indiqué",
    Event.BANK_DETAILS_FORGOTTEN: "Coordonnées bancaires effacées",
    Event.PRINTED: "Accusé de réception établi",
}

STEPS = ("Demande déposée", "Dossier complet", "Décision", "Visite et classement", "Paiement")
_STEP_OF: dict[Status, int] = {
    Status.SUBMITTED: 1, Status.CHANGES_REQUESTED: 1, Status.ABANDONED: 1,
    Status.COMPLETE: 2, Status.UNDER_REVIEW: 2, Status.AWAITING_SECOND_APPROVAL: 2, Status.AWAITING_BUDGET: 2,
    Status.OVERDUE: 2, Status.REFUSED: 2, Status.WITHDRAWN: 2,
    Status.GRANTED: 3, Status.VISIT_ORDERED: 3, Status.VISIT_DONE: 3, Status.LAPSED: 3, Status.UNSUCCESSFUL: 3,
    Status.PAYMENT_REQUESTED: 4, Status.PROOFS_TO_CORRECT: 4, Status.CLASSIFIED: 4, Status.NOT_CLASSIFIED: 4,
    Status.PAYMENT_APPROVED: 4, Status.PAYMENT_ORDERED: 4, Status.PAYMENT_FAILED: 4, Status.PAYMENT_OVERDUE: 4,
    Status.PAID: 5, Status.REPAYMENT_DUE: 5, Status.CLOSED: 5,
}  # fmt: skip


def present_step(status: Status) -> int:
    """The place of the present step in `STEPS`; their number when all are done."""
    return _STEP_OF[status]
