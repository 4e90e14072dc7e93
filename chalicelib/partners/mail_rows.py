"""The mails of a file as staff read them: to whom, about what, and what became of each."""

from chalicelib.kernel.french import french_moment
from chalicelib.mail.model import MailState, OutboxMail

STATE_WORDS = {
    MailState.NEW: "en attente d’envoi",
    MailState.CLAIMED: "envoi en cours",
    MailState.SENT: "envoyé",
    MailState.FAILED: "non parti",
    MailState.UNCERTAIN: "départ incertain",
}


def mail_row(mail: OutboxMail) -> dict[str, str]:
    """One line of the table of mails."""
    return {
        "when": french_moment(mail.created_at),
        "to": mail.message.to,
        "what": mail.subject or mail.message.template,
        "state": _state(mail),
    }


def _state(mail: OutboxMail) -> str:
    """The latest news in words, with the reason of a refusal."""
    if mail.complained_at:
        return "signalé comme indésirable"
    if mail.bounced_at:
        return "refusé par la messagerie du destinataire"
    if mail.delivered_at:
        return f"remis le {french_moment(mail.delivered_at)}"
    words = STATE_WORDS[mail.state]
    return f"{words} ({mail.reason})" if mail.reason else words
