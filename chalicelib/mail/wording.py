"""The words for mails as staff read them: about what, what became of them, and why they did not leave."""

from chalicelib.kernel.french import french_moment
from chalicelib.mail.model import UNATTACHABLE, UNWRITABLE, MailState, OutboxMail, Refusal

STATE_WORDS = {
    MailState.NEW: "en attente d’envoi",
    MailState.CLAIMED: "envoi en cours",
    MailState.SENT: "envoyé",
    MailState.FAILED: "non parti",
    MailState.UNCERTAIN: "départ incertain",
    MailState.SETTLED: "",
    MailState.WITHHELD: "retenu\u00a0: l’adresse refuse nos mails",
}
"""A settled mail says by whom it was."""

REFUSAL_WORDS = {
    Refusal.BOUNCED: "mails refusés par sa messagerie",
    Refusal.COMPLAINED: "mail signalé comme indésirable",
}

UNREADABLE = "Objet inconnu"
NO_ANSWER = "l’envoi s’est interrompu avant la réponse du service d’envoi\u00a0; personne ne sait si le mail est parti."
NOT_TAKEN = "le service d’envoi n’a pas pu le prendre, malgré plusieurs essais."
CHECK_ADDRESS = "Vérifiez l’adresse du destinataire."
TELL_ADMINISTRATOR = "Prévenez la personne qui administre l’application avant de le renvoyer."
REASONS = {
    UNWRITABLE: f"{UNWRITABLE}. {TELL_ADMINISTRATOR}",
    UNATTACHABLE: f"{UNATTACHABLE}, malgré plusieurs essais. {TELL_ADMINISTRATOR}",
    "MessageRejected": f"le service d’envoi l’a refusé. {CHECK_ADDRESS}",
    "BadRequestException": f"le service d’envoi l’a refusé. {CHECK_ADDRESS}",
    "MailFromDomainNotVerifiedException": (
        f"l’adresse d’expédition de l’office n’est pas validée. {TELL_ADMINISTRATOR}"
    ),
    "SendingPausedException": f"le service d’envoi a suspendu les mails de l’office. {TELL_ADMINISTRATOR}",
    "AccountSuspendedException": f"le service d’envoi a fermé le compte de l’office. {TELL_ADMINISTRATOR}",
    "AccessDeniedException": f"l’application n’a pas le droit d’envoyer des mails. {TELL_ADMINISTRATOR}",
    "NotFoundException": f"un réglage du service d’envoi manque. {TELL_ADMINISTRATOR}",
}
"""By what is kept of the mail service's refusal; any other one was tried again until it was given up."""


def reason_in_words(mail: OutboxMail) -> str:
    """Why a mail is in trouble and what to do about it; begins in lower case, ends with a full stop."""
    if mail.state is MailState.UNCERTAIN:
        return NO_ANSWER
    return REASONS.get(mail.reason, NOT_TAKEN)


def what_became_of(mail: OutboxMail) -> str:
    """The latest news, who sent the mail again or closed it, and why it did not leave."""
    words = ", ".join(filter(None, [_news(mail), *_acts(mail)]))
    return f"{words}\u00a0: {reason_in_words(mail)}" if mail.is_in_trouble else words


def mail_row(mail: OutboxMail, subject: str) -> dict[str, str]:
    """One line of the table of mails."""
    return {
        "when": french_moment(mail.created_at),
        "to": mail.message.to,
        "what": subject,
        "state": what_became_of(mail),
    }


def _news(mail: OutboxMail) -> str:
    if mail.complained_at:
        return "signalé comme indésirable"
    if mail.bounced_at:
        return "refusé par la messagerie du destinataire"
    if mail.delivered_at:
        return f"remis le {french_moment(mail.delivered_at)}"
    return STATE_WORDS[mail.state]


def _acts(mail: OutboxMail) -> list[str]:
    told = [
        ("renvoyé", mail.resent_by, mail.resent_at),
        ("classé", mail.settled_by, mail.settled_at),
    ]
    return [f"{what} par {who} le {french_moment(at)}" for what, who, at in told if at]
