"""The words for where a file stands: for the applicant, for the staff, for the timeline."""

from dataclasses import dataclass

from chalicelib.partners.model import Event, Status


@dataclass(frozen=True)
class StatusWords:
    """`label` on tags; `turn` says whose turn it is; `next` what happens next, for the applicant."""

    label: str
    turn: str
    next: str
    tone: str = "info"


STATUS_WORDS: dict[Status, StatusWords] = {
    Status.AWAITING_CONFIRMATION: StatusWords(
        "Adresse à confirmer", "C’est à vous",
        "Ouvrez le mail de confirmation et appuyez sur le bouton\u00a0: votre demande part alors à l’office.",
        "warning",
    ),
    Status.SUBMITTED: StatusWords(
        "En cours d’examen", "C’est à l’office",
        "La personne chargée des partenaires lit votre dossier et vous répond par mail.",
    ),
    Status.CHANGES_REQUESTED: StatusWords(
        "À compléter", "C’est à vous",
        "Corrigez ou complétez votre dossier, puis renvoyez-le\u00a0: vos réponses sont gardées.",
        "warning",
    ),
    Status.AWAITING_PAYMENT: StatusWords(
        "En attente de règlement", "C’est à vous",
        "Votre demande est acceptée. Dès que l’office a reçu votre règlement, vous êtes partenaire.",
        "warning",
    ),
    Status.APPROVED: StatusWords(
        "Acceptée", "C’est à l’office", "Votre partenariat est en cours d’activation.", "success"
    ),
    Status.ACTIVE: StatusWords(
        "Partenaire actif", "Rien à faire", "Vous êtes partenaire\u00a0: bienvenue.", "success"
    ),
    Status.REFUSED: StatusWords(
        "Refusée", "Clos", "Votre demande n’a pas été retenue. Le motif est ci-dessous.", "error"
    ),
    Status.OVERDUE: StatusWords(
        "En retard", "C’est à l’office",
        "L’office n’a pas répondu dans le délai prévu. La direction est prévenue\u00a0; "
        "vous pouvez aussi appeler l’office.",
        "error",
    ),
    Status.UNCONFIRMED: StatusWords(
        "Adresse non confirmée", "Clos",
        "L’adresse n’a pas été confirmée à temps. Vous pouvez refaire une demande.", "neutral",
    ),
    Status.ABANDONED: StatusWords(
        "Sans suite", "Clos",
        "Les compléments ne sont pas arrivés à temps. Vous pouvez refaire une demande.", "neutral",
    ),
    Status.UNPAID: StatusWords(
        "Non réglée", "Clos",
        "Le règlement n’est pas arrivé à temps. Appelez l’office pour reprendre votre dossier.", "neutral",
    ),
    Status.WITHDRAWN: StatusWords("Retirée", "Clos", "Vous avez retiré votre demande.", "neutral"),
    Status.DUPLICATE: StatusWords(
        "Adresse à confirmer", "C’est à vous",
        "Ouvrez le mail de confirmation et appuyez sur le bouton\u00a0: votre demande part alors à l’office.",
        "warning",
    ),
}  # fmt: skip
"""A duplicate reads like a first file: nobody learns from it that another one exists."""


def public_status(status: Status) -> str:
    """The status as programs read it: a duplicate looks like a first file there too."""
    return (Status.AWAITING_CONFIRMATION if status is Status.DUPLICATE else status).value


STAFF_WORDS: dict[Status, StatusWords] = {
    **STATUS_WORDS,
    Status.DUPLICATE: StatusWords(
        "Doublon", "Rien à faire", "Un autre dossier existe pour cet établissement.", "neutral"
    ),
}
"""What staff read: they know that a duplicate is one."""

TONES = {
    "info": "neutral",
    "neutral": "neutral",
    "warning": "waiting",
    "success": "success",
    "error": "stopped",
}
"""The tag of each tone."""

EVENT_WORDS: dict[Event, str] = {
    Event.ADDRESS_CONFIRMED: "Adresse confirmée, demande transmise à l’office",
    Event.FOUND_DUPLICATE: "Un autre dossier existe pour cet établissement",
    Event.ACCEPTED: "Demande acceptée",
    Event.REFUSED: "Demande refusée",
    Event.CHANGES_REQUESTED: "Compléments demandés",
    Event.CORRECTED: "Dossier corrigé et renvoyé",
    Event.PAYMENT_CONFIRMED: "Règlement reçu",
    Event.PAYMENT_CANCELLED: "Règlement abandonné",
    Event.ACTIVATED: "Partenariat actif",
    Event.WITHDRAWN: "Demande retirée",
    Event.REOPENED: "Dossier repris",
    Event.CONFIRMATION_EXPIRED: "Adresse non confirmée dans le délai",
    Event.REVIEW_EXPIRED: "Sans réponse de l’office dans le délai",
    Event.CORRECTIONS_EXPIRED: "Compléments non reçus dans le délai",
    Event.PAYMENT_EXPIRED: "Règlement non reçu dans le délai",
}

STEPS = ("Adresse confirmée", "Examen par l’office", "Règlement", "Partenaire")
_STEP_OF: dict[Status, int] = {
    Status.AWAITING_CONFIRMATION: 0,
    Status.DUPLICATE: 0,
    Status.UNCONFIRMED: 0,
    Status.SUBMITTED: 1,
    Status.CHANGES_REQUESTED: 1,
    Status.OVERDUE: 1,
    Status.REFUSED: 1,
    Status.ABANDONED: 1,
    Status.WITHDRAWN: 1,
    Status.AWAITING_PAYMENT: 2,
    Status.UNPAID: 2,
    Status.APPROVED: 3,
    Status.ACTIVE: 3,
}


def step_line(status: Status, *, is_free: bool) -> tuple[tuple[str, ...], int]:
    """The steps of the process in words and the place of the present one; no payment step when free."""
    present = _STEP_OF[status]
    if is_free:
        return (*STEPS[:2], STEPS[3]), min(present, 2)
    return STEPS, present
