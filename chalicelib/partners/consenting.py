"""A partner gives or withdraws a consent: as often as they like, at once, by a mailed link or in their space."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.links.model import LinkUnknown
from chalicelib.links.signed import SignedLink
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.partners import emails
from chalicelib.partners.consent_links import OvertakenLink, is_overtaken, renewed
from chalicelib.partners.consents import Choice, Consent
from chalicelib.partners.model import Application, ApplicationUnknown, Change, choose
from chalicelib.partners.wording import CHOICE_WORDS

ATTEMPTS = 3

BY_LINK = "par le lien d’un mail"
IN_SPACE = "depuis «\u00a0Mon espace\u00a0»"


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

    def choose_by_link(self, link: SignedLink, consent: Consent, *, is_given: bool) -> SignedLink:
        """What the holder of a link chose; the link to the page that follows. Raises `OvertakenLink`, `LinkUnknown`.

        It is the one that would be made now. An overtaken link stays what it is: else withdrawing would make it give.
        """

        def allowed(application: Application) -> None:
            if is_given and is_overtaken(link, application):
                raise OvertakenLink

        choice = Choice(is_given, self.clock())
        before, after = self._choose(self.file_behind(link).id, choice, consent, BY_LINK, allowed)
        return link if is_overtaken(link, before) else renewed(link, after)

    def choose(self, application: Application, consent: Consent, *, is_given: bool) -> Application:
        """What a partner who is logged in chose."""
        choice = Choice(is_given, self.clock())
        _, after = self._choose(application.id, choice, consent, IN_SPACE, lambda _: None)
        return after

    def _choose(
        self,
        application_id: str,
        choice: Choice,
        consent: Consent,
        how: str,
        allowed: Callable[[Application], None],
    ) -> tuple[Application, Application]:
        """The file before and after one change with its line; chosen again, nothing changes.

        The process may write meanwhile.
        """
        for attempt in range(1, ATTEMPTS + 1):
            application = self.files.find(application_id)
            if application is None:
                raise ApplicationUnknown
            if application.consent(consent).is_given == choice.is_given:
                return application, application
            allowed(application)
            change = choose(application, consent, choice, _line(application, consent, choice, how))
            told = emails.consent_mails(change, consent, self.office())
            try:
                self.files.save(change, told)
            except ChangedMeanwhile:
                if attempt == ATTEMPTS:
                    raise
            else:
                return change.before, change.after
        raise AssertionError("unreachable")


def _line(application: Application, consent: Consent, choice: Choice, how: str) -> HistoryLine:
    words = CHOICE_WORDS[consent]
    return HistoryLine(
        choice.at, application.contact_name, f"{words.given if choice.is_given else words.withdrawn}, {how}"
    )
