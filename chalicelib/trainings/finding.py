"""Finding a registration and its session, for whoever may."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.mail.model import Message
from chalicelib.trainings.model import Change, Registration, RegistrationUnknown, Session, SessionUnknown
from chalicelib.trainings.seats import Seats


class Sessions(Protocol):
    """What is kept of sessions."""

    def find(self, session_id: str) -> Session | None:
        """The session, read strongly, or None."""


class Registrations(Protocol):
    """What is kept of registrations and seats."""

    def seats(self, session_id: str) -> Seats:
        """The seats of a session, read strongly."""

    def find(self, registration_id: str) -> Registration | None:
        """The registration, read strongly, or None."""

    def find_by_reference(self, reference: str) -> Registration | None:
        """The registration with this reference, or None."""

    def find_person(self, session_id: str, person_key: str) -> str:
        """The registration under which that person counts on the session; empty for nobody."""

    def list_of_session(self, session_id: str) -> Sequence[Registration]:
        """All the registrations of a session, read strongly."""

    def save(
        self, changes: Sequence[Change], mails: Sequence[Message], seats: tuple[Seats, Seats] | None = ...
    ) -> None:
        """Keep changes that belong together. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class FindingRegistrations:
    """What is kept of sessions and registrations, and the ways to one of them."""

    sessions: Sessions
    registrations: Registrations

    def get(self, registration_id: str) -> Registration:
        """The registration. Raises `RegistrationUnknown`."""
        registration = self.registrations.find(registration_id)
        if registration is None:
            raise RegistrationUnknown
        return registration

    def get_by_reference(self, reference: str) -> Registration:
        """The registration, whoever's it is. Raises `RegistrationUnknown`."""
        registration = self.registrations.find_by_reference(reference)
        if registration is None:
            raise RegistrationUnknown
        return registration

    def get_for(self, reference: str, email: str) -> Registration:
        """The registration that this structure made. Raises `RegistrationUnknown` for a foreign one too."""
        registration = self.get_by_reference(reference)
        if registration.structure.email != email.lower():
            raise RegistrationUnknown
        return registration

    def session_of(self, registration: Registration) -> Session:
        """The session that it is for. Raises `SessionUnknown`."""
        session = self.sessions.find(registration.session_id)
        if session is None:
            raise SessionUnknown
        return session
