"""The certificates of those who came: printed once attendance is closed, kept, sent, and found again by their code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.files import PDF
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office, Period
from chalicelib.office.trainings import Signer
from chalicelib.trainings.attendance import attended
from chalicelib.trainings.changes import change
from chalicelib.trainings.codes import new_code
from chalicelib.trainings.contact_mails import certificate_mail
from chalicelib.trainings.model import Certificate, Change, Registration, Session
from chalicelib.trainings.paper_facts import half_day_paper, person_paper, session_paper
from chalicelib.trainings.papers import CertificateFacts
from chalicelib.trainings.paths import VERIFICATION
from chalicelib.trainings.printed_certificate import certificate
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.wording import EVENT_WORDS

SYSTEM = "Cordée"
LOOKS_BACK = timedelta(days=60)
"""A round that was down for that long still prints what it missed."""
DIRECTION = "direction"


class Registrations(Protocol):
    """Those whose certificates are printed."""

    def list_in_status(self, status: Status, since: datetime) -> Sequence[Registration]:
        """Those that came to this status since then."""

    def find(self, registration_id: str) -> Registration | None:
        """The registration, read strongly, or None."""

    def save_certified(self, change: Change, code: str, mails: Sequence[Message]) -> None:
        """Keep a registration with its certificate. Raises `ChangedMeanwhile`."""


class Sessions(Protocol):
    """The sessions."""

    def find(self, session_id: str) -> Session | None:
        """The session, or None."""


class Store(Protocol):
    """Where PDFs are kept."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file, in place of the one of that key."""


class Printer(Protocol):
    """Makes PDFs."""

    def pdf(self, template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
        """The printed template."""


@dataclass(frozen=True)
class Certifying:
    """`rows_of` draws a QR code, `site` is the address of the site without a slash at the end."""

    sessions: Sessions
    registrations: Registrations
    store: Store
    printer: Printer
    rows_of: Callable[[str], Sequence[str]]
    site: Callable[[], str]
    office: Callable[[], Office]
    clock: Clock

    def catch_up(self) -> int:
        """Print and send the certificates that are missing; how many."""
        since = self.clock() - LOOKS_BACK
        found = self.registrations.list_in_status(Status.ATTENDED, since)
        return one_by_one([one for one in found if one.certificate is None], self.certify)

    def certify(self, registration: Registration) -> bool:
        """Print and send one; False when there is nothing to certify, or it was done."""
        known = self.registrations.find(registration.id)
        session = self.sessions.find(registration.session_id)
        if known is None or session is None or known.certificate or not attended(known, session.plan):
            return False
        made = self._print(known, session, new_code())
        line = HistoryLine(made.made_at, SYSTEM, EVENT_WORDS[Event.CERTIFIED])
        changed = change(known, Event.CERTIFIED, line, certificate=made)
        mail = certificate_mail(session, changed.after, self.office(), made, made.made_at)
        self.registrations.save_certified(changed, made.code, [mail])
        return True

    def _print(self, registration: Registration, session: Session, code: str) -> Certificate:
        now, office = self.clock(), self.office()
        address = f"{self.site()}{VERIFICATION}"
        data = certificate(
            office, self._facts(registration, session, code), address, self.rows_of(f"{address}/{code}")
        )
        content = self.printer.pdf("trainings/certificate.typ", data, now)
        key = f"printed/{registration.id}/certificate-{registration.version}.pdf"
        self.store.put(key, content, PDF)
        return Certificate(code, key, sha256(content).hexdigest(), now)

    def _facts(self, registration: Registration, session: Session, code: str) -> CertificateFacts:
        office, on = self.office(), paris_day(self.clock())
        rules, signer = office.training_rules, signer_of(office, on)
        known = office.staff.person(signer.person) if signer else None
        return CertificateFacts(
            session=session_paper(session, office),
            person=person_paper(registration),
            attended=tuple(map(half_day_paper, attended(registration, session.plan))),
            code=code,
            issued_on=on,
            signed_by=known.name if known else office.name,
            signed_as=signer.title if signer and known else "",
            is_delegate=signer.is_delegate if signer else True,
            proof_years=rules.proof_years_on(on),
            kept_years=rules.kept_years,
        )


def signer_of(office: Office, on: date) -> Signer | None:
    """Who answers for the certificates of that day; the direction, by delegation, where the file names nobody."""
    named = office.training_rules.signer_on(on)
    directors = office.staff.holders("director")
    if named or not directors:
        return named
    return Signer(Period(on), directors[0].id, DIRECTION, is_delegate=True)
