"""A partner gives or withdraws a consent: as often as they like, at once, by a mailed link or in their space."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import AccessRefused, ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.links.model import LinkUnknown
from chalicelib.links.signed import SignedLink
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.partners import emails
from chalicelib.partners.consent_links import is_overtaken
from chalicelib.partners.consents import Choice, Consent
from chalicelib.partners.model import Application, ApplicationUnknown, Change, choose
from chalicelib.partners.wording import CHOICE_WORDS

ATTEMPTS = 3

BY_LINK = "par le lien d’un mail"
IN_SPACE = "depuis «\u00a0Mon espace\u00a0»"


class OvertakenLink(AccessRefused):
    """A link from before the last choice gives nothing: whoever kept the mail could agree in the partner's name."""

    def __init__(self) -> None:
        super().__init__(
            "Ce lien date d’avant votre dernier choix\u00a0: il sert encore à retirer un accord, plus à en donner un. "
            "Connectez-vous à «\u00a0Mon espace\u00a0» pour donner votre accord."
        )


class Files(Protocol):
    """The files; a change is one transaction with its line."""

    def find(self, application_id: str) -> Application | None:
        """The file, read strongly, or None."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change, with the mails that tell it. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class ConsentService:
    """What happens to consents."""

    files: Files
    office: Callable[[], Office]
    clock: Clock

    def file_behind(self, link: SignedLink) -> Application:
        """The file that a link is about. Raises `LinkUnknown` when it was erased."""
        application = self.files.find(link.subject)
        if application is None:
            raise LinkUnknown
        return application

    def choose_by_link(self, link: SignedLink, consent: Consent, *, is_given: bool) -> Application:
        """What the holder of a link chose. Raises `OvertakenLink`, `LinkUnknown`."""

        def allowed(application: Application) -> None:
            if is_given and is_overtaken(link, application):
                raise OvertakenLink

        return self._choose(
            self.file_behind(link).id, Choice(is_given, self.clock()), consent, BY_LINK, allowed
        )

    def choose(self, application: Application, consent: Consent, *, is_given: bool) -> Application:
        """What a partner who is logged in chose."""
        return self._choose(application.id, Choice(is_given, self.clock()), consent, IN_SPACE, lambda _: None)

    def _choose(
        self,
        application_id: str,
        choice: Choice,
        consent: Consent,
        how: str,
        allowed: Callable[[Application], None],
    ) -> Application:
        """One change with its line, once: chosen again, nothing changes. The process may write meanwhile."""
        for attempt in range(1, ATTEMPTS + 1):
            application = self.files.find(application_id)
            if application is None:
                raise ApplicationUnknown
            if application.consent(consent).is_given == choice.is_given:
                return application
            allowed(application)
            change = choose(application, consent, choice, _line(application, consent, choice, how))
            told = emails.consent_mails(change, consent, self.office())
            try:
                self.files.save(change, told)
            except ChangedMeanwhile:
                if attempt == ATTEMPTS:
                    raise
            else:
                return change.after
        raise AssertionError("unreachable")


def _line(application: Application, consent: Consent, choice: Choice, how: str) -> HistoryLine:
    words = CHOICE_WORDS[consent]
    return HistoryLine(
        choice.at, application.contact_name, f"{words.given if choice.is_given else words.withdrawn}, {how}"
    )
