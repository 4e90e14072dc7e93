"""The words for where a file stands: for the applicant, for the staff, for the timeline."""

from dataclasses import dataclass

from chalicelib.kernel.french import french_date, french_moment
from chalicelib.partners.consents import Consent, Standing
from chalicelib.partners.model import Application, Event, Status


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


@dataclass(frozen=True)
class ConsentWords:
    """`label` names the consent, `means` says what it allows; `given` and `withdrawn` stand in the history."""

    label: str
    means: str
    given: str
    withdrawn: str


CHOICE_WORDS: dict[Consent, ConsentWords] = {
    Consent.PUBLICATION: ConsentWords(
        "Publication de votre nom et de vos photos",
        "L’office peut publier votre nom et les photos où vous apparaissez, sur son site et dans ses guides. "
        "Sans cet accord, seules vos coordonnées professionnelles sont publiées.",
        "Accord donné pour la publication du nom et des photos",
        "Accord retiré pour la publication du nom et des photos",
    ),
    Consent.NEWSLETTER: ConsentWords(
        "Lettre d’information",
        "L’office peut vous envoyer sa lettre d’information destinée aux professionnels. "
        "Les mails qui suivent votre dossier continuent d’arriver dans tous les cas.",
        "Accord donné pour la lettre d’information",
        "Accord retiré pour la lettre d’information",
    ),
}


def _consent_state(consent: Standing) -> tuple[str, str]:
    if consent.is_given:
        return "Accord donné", f"le {french_moment(consent.since)}"
    if consent.is_changed:
        return "Accord retiré", f"le {french_moment(consent.since)}"
    return "Accord non donné", f"dans la demande du {french_date(consent.since)}"


@dataclass(frozen=True)
class ConsentRow:
    """A consent of one file as its page shows it; `name` is the one in the code, `when` begins in lower case."""

    name: str
    words: ConsentWords
    label: str
    when: str
    is_given: bool

    @property
    def state(self) -> str:
        """How the consent stands, and since when, in one go."""
        return f"{self.label} {self.when}"

    @property
    def done(self) -> str:
        """What was just done, once a choice was made."""
        return self.words.given if self.is_given else self.words.withdrawn


def consent_rows(application: Application) -> list[ConsentRow]:
    """How the consents of a file stand, in the order of the form."""
    standings = [application.consent(consent) for consent in Consent]
    return [
        ConsentRow(one.consent.value, CHOICE_WORDS[one.consent], *_consent_state(one), one.is_given)
        for one in standings
    ]


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
