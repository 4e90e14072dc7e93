"""What people read of where a session or a registration stands, and of what happened to it."""

from dataclasses import dataclass

from chalicelib.kernel.french import NBSP, french_integer
from chalicelib.trainings.statuses import Event, SessionEvent, SessionStatus, Status


@dataclass(frozen=True)
class StatusWords:
    """`label` and `tone` are those of the tag, `next` says what happens next."""

    label: str
    next: str
    tone: str = "neutral"


SESSION_WORDS: dict[SessionStatus, StatusWords] = {
    SessionStatus.DRAFT: StatusWords("Brouillon", "Complétez la session, puis publiez-la.", "waiting"),
    SessionStatus.AWAITING_APPROVAL: StatusWords(
        "Accord attendu", "L’intervenant est extérieur\u00a0: la direction donne son accord par mail.", "waiting"
    ),
    SessionStatus.PUBLISHED: StatusWords("Publiée", "Les inscriptions sont ouvertes.", "success"),
    SessionStatus.AT_RISK: StatusWords(
        "Sous le minimum", "Trop peu d’inscrits\u00a0: la personne chargée du réseau maintient ou annule.",
        "waiting",
    ),
    SessionStatus.CANCELLED: StatusWords("Annulée", "Les personnes inscrites sont prévenues.", "stopped"),
    SessionStatus.CLOSED: StatusWords("Terminée", "Les présences sont closes.", "neutral"),
}  # fmt: skip

SESSION_EVENT_WORDS: dict[SessionEvent, str] = {
    SessionEvent.EDITED: "Session modifiée",
    SessionEvent.SUBMITTED: "Accord demandé à la direction",
    SessionEvent.PUBLISHED: "Session publiée",
    SessionEvent.APPROVED: "Accord donné\u00a0: session publiée",
    SessionEvent.SENT_BACK: "Session renvoyée pour correction",
    SessionEvent.APPROVAL_EXPIRED: "Sans réponse de la direction dans le délai\u00a0: session revenue en brouillon",
    SessionEvent.MINIMUM_MISSED: "Trop peu d’inscrits\u00a0: choix demandé",
    SessionEvent.KEPT: "Session maintenue malgré le nombre d’inscrits",
    SessionEvent.MINIMUM_EXPIRED: "Sans réponse dans le délai\u00a0: session maintenue",
    SessionEvent.TRAINER_PROPOSED: "Autre intervenant proposé à la direction",
    SessionEvent.TRAINER_APPROVED: "Accord donné à un autre intervenant",
    SessionEvent.TRAINER_REFUSED: "Autre intervenant refusé",
    SessionEvent.TRAINER_EXPIRED: "Sans réponse de la direction dans le délai\u00a0: l’intervenant reste le même",
    SessionEvent.CALLED_OFF: "Session annulée",
    SessionEvent.TOLD: "Personnes inscrites prévenues",
    SessionEvent.CLOSED: "Présences closes",
}

STATUS_WORDS: dict[Status, StatusWords] = {
    Status.PENDING: StatusWords(
        "Demande à l’étude", "L’office choisit les participants et vous répond par mail.", "waiting"
    ),
    Status.WAITING: StatusWords(
        "Liste d’attente", "Dès qu’une place se libère, elle vous est proposée par mail, dans l’ordre de la liste.",
        "waiting",
    ),
    Status.OFFERED: StatusWords(
        "Place proposée", "Une place est gardée pour vous. Répondez avant la limite\u00a0: passé ce délai, elle est "
        "proposée à la personne suivante.", "waiting",
    ),
    Status.CONFIRMED: StatusWords("Inscription confirmée", "Votre place est réservée.", "success"),
    Status.REFUSED: StatusWords("Non retenue", "L’office n’a pas pu retenir cette demande.", "stopped"),
    Status.UNANSWERED: StatusWords(
        "Sans réponse", "L’office n’a pas répondu à temps. Appelez-nous\u00a0: nous cherchons une solution.", "stopped"
    ),
    Status.DECLINED: StatusWords("Place déclinée", "La place est proposée à la personne suivante."),
    Status.LAPSED: StatusWords(
        "Proposition expirée", "La place est passée à la personne suivante. Vous pouvez vous inscrire à nouveau.",
        "stopped",
    ),
    Status.CANCELLED: StatusWords("Annulée", "Cette inscription est annulée."),
    Status.REPLACED: StatusWords("Remplacée", "Une autre personne de la structure vient à cette place."),
    Status.CALLED_OFF: StatusWords("Session annulée", "L’office a annulé cette session.", "stopped"),
    Status.ATTENDED: StatusWords("Présente", "La présence à cette session est notée.", "success"),
    Status.ABSENT: StatusWords("Absente", "La personne n’était pas là et n’avait pas prévenu.", "stopped"),
    Status.UNSERVED: StatusWords(
        "Sans place", "La session a eu lieu sans qu’une place se libère. Votre rang ne compte pas pour la suivante."
    ),
    Status.EXCUSED: StatusWords("Excusée", "La personne avait prévenu de son absence."),
}  # fmt: skip

STAFF_NEXT: dict[Status, str] = {
    Status.PENDING: "L’office répond à cette demande par mail ou au bureau.",
    Status.WAITING: "Une place qui se libère est proposée par mail à la première personne de la liste.",
    Status.OFFERED: "Sans réponse avant la limite, la place est proposée à la personne suivante.",
    Status.CONFIRMED: "La place est réservée.",
    Status.REFUSED: "La personne a reçu le motif par mail.",
    Status.UNANSWERED: "Personne n’a répondu à temps à cette demande\u00a0: appelez la personne.",
    Status.DECLINED: "La place est passée à la personne suivante.",
    Status.LAPSED: "La place est passée à la personne suivante.",
    Status.CANCELLED: "Cette inscription est annulée.",
    Status.REPLACED: "Une autre personne de la structure vient à cette place.",
    Status.CALLED_OFF: "La personne est prévenue par mail.",
    Status.ATTENDED: "La personne était là.",
    Status.ABSENT: "La personne n’était pas là et n’avait pas prévenu.",
    Status.EXCUSED: "La personne avait prévenu de son absence.",
    Status.UNSERVED: "La session a eu lieu sans qu’une place se libère pour cette personne\u00a0: un mail le lui dit.",
}
"""The same for staff, who read of somebody else."""

REGISTERED_WORDS: dict[Status, str] = {
    Status.CONFIRMED: "Inscription confirmée",
    Status.WAITING: "Inscription en liste d’attente",
    Status.PENDING: "Demande d’inscription reçue",
}

EVENT_WORDS: dict[Event, str] = {
    Event.APPROVED: "Demande retenue",
    Event.REFUSED: "Demande non retenue",
    Event.APPROVAL_EXPIRED: "Sans réponse de l’office dans le délai",
    Event.OFFERED: "Place libérée et proposée",
    Event.ACCEPTED: "Place acceptée",
    Event.DECLINED: "Place déclinée",
    Event.OFFER_EXPIRED: "Proposition restée sans réponse\u00a0: place passée à la personne suivante",
    Event.CANCELLED: "Inscription annulée",
    Event.REPLACED: "Remplacée par",
    Event.CORRECTED: "Coordonnées modifiées",
    Event.MOVED: "Rang modifié en liste d’attente",
    Event.SEATED: "Place donnée pendant la session",
    Event.CALLED_OFF: "Session annulée par l’office",
    Event.RESCHEDULED: "Changement de la session annoncé",
    Event.MARKED: "Présence relevée",
    Event.MARK_CORRECTED: "Présence corrigée",
    Event.FOUND_PRESENT: "Présente",
    Event.FOUND_ABSENT: "Absente sans avoir prévenu",
    Event.FOUND_EXCUSED: "Absente, excusée",
    Event.ENDED: "Session terminée sans qu’une place se libère",
    Event.CERTIFIED: "Attestation établie",
}


def counted(count: int, one: str, several: str) -> str:
    """`1 personne`, `2 personnes`: how many of something."""
    return f"{french_integer(count)}{NBSP}{one if count == 1 else several}"
