"""Sessions as their rows, for forgetting them."""

from chalicelib.adapters.records import POINTER, reference_key
from chalicelib.trainings.items import (
    HEAD,
    NEEDS,
    NeedsItem,
    PointerItem,
    StructureItem,
    TrainingItem,
    code_key,
    session_key,
)
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.registration_repository import RegistrationRepository
from chalicelib.trainings.repository import SessionRepository
from chalicelib.trainings.statuses import SessionStatus


class EndedSessions:
    """The sessions of the deployment; a session’s own row goes last: what a crash leaves is found by it."""

    def __init__(self, sessions: SessionRepository, registrations: RegistrationRepository) -> None:
        self.sessions = sessions
        self.registrations = registrations

    def list_in_status(self, *statuses: SessionStatus) -> list[Session]:
        """Those in these statuses; it may lag behind."""
        return self.sessions.list_in_status(*statuses)

    def forget_needs(self, session_id: str) -> int:
        """Purge what people said they need; how many."""
        found = list(NeedsItem.query(session_key(session_id), NeedsItem.sk.startswith(NEEDS)))
        for item in found:
            item.delete()
        return len(found)

    def erase(self, session: Session) -> None:
        """Remove everything of the session."""
        for registration in self.registrations.list_of_session(session.id):
            _forget_pointers(registration)
        # Any kind of row will do: keys are all that is read.
        keys = [
            item.sk for item in StructureItem.query(session_key(session.id), attributes_to_get=["pk", "sk"])
        ]
        for key in (one for one in keys if one != HEAD):
            StructureItem(session_key(session.id), key).delete()
        PointerItem(reference_key(session.reference), POINTER).delete()
        TrainingItem(session_key(session.id), HEAD).delete()


def _forget_pointers(registration: Registration) -> None:
    PointerItem(reference_key(registration.reference), POINTER).delete()
    made = [registration.certificate.code] if registration.certificate else []
    for code in (*made, *registration.withdrawn):
        PointerItem(code_key(code), POINTER).delete()
