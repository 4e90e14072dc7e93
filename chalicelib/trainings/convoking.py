"""The convocations to training actions: printed once for each person and first day, kept, and sent with a mail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.files import PDF, StoredFile
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import AttachedFile, Message
from chalicelib.office.model import Office
from chalicelib.trainings.emails import to_person
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.paper_facts import person_paper, session_paper
from chalicelib.trainings.printed import convocation
from chalicelib.trainings.statuses import Status

TEMPLATE = "trainings/convocation"


class Papers(Protocol):
    """Where PDFs are kept."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The PDFs whose keys begin with `prefix`."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file, in place of the one of that key."""


class Printer(Protocol):
    """Makes PDFs."""

    def pdf(self, template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
        """The printed template."""


@dataclass(frozen=True)
class Convoking:
    """Convokes people however often it is asked to: a paper that is kept is not printed again, nor its mail sent."""

    papers: Papers
    printer: Printer
    enqueue: Callable[[Message], bool]
    office: Callable[[], Office]
    clock: Clock

    def convoke(self, session: Session, registrations: Sequence[Registration]) -> int:
        """Send a convocation to everybody who has a seat, once its day has come; how many went out."""
        seated = [one for one in registrations if one.status is Status.CONFIRMED]
        if not seated or not self._is_due(session):
            return 0
        kept = {file.key for file in self.papers.list_under(f"printed/{session.id}-")}
        return one_by_one(seated, lambda one: self._convoke(session, one, kept))

    def _is_due(self, session: Session) -> bool:
        first_day, today = session.plan.first_day, paris_day(self.clock())
        if not session.plan.is_training_action or first_day is None:
            return False
        return 0 < (first_day - today).days <= self.office().training_rules.convocation_days

    def _convoke(self, session: Session, one: Registration, kept: set[str]) -> bool:
        occasion = f"convocation-{session.plan.first_day}"
        key = f"printed/{one.id}/{occasion}.pdf"
        if key not in kept:
            self.papers.put(key, self._print(session, one), PDF)
        at = one.confirmed_at or one.asked_at
        mail = to_person(TEMPLATE, session, one, self.office(), at, occasion=occasion)
        return self.enqueue(
            replace(mail, attachments=(AttachedFile(key, f"{one.reference}-convocation.pdf", PDF),))
        )

    def _print(self, session: Session, one: Registration) -> bytes:
        office, now = self.office(), self.clock()
        letter = convocation(office, session_paper(session, office), person_paper(one), paris_day(now))
        return self.printer.pdf("trainings/convocation.typ", letter, now)
