"""What the staff's front page says of membership files; its words are in `templates/at_the_desk.html`."""

from chalicelib.partners import bootstrap
from chalicelib.partners.model import Application, Status

FILES = "/bureau/dossiers"


def overdue_files() -> list[Application]:
    """The files that nobody answered in time, the oldest first."""
    return bootstrap.applications().list_in_status(Status.OVERDUE)


def file_of(record: str) -> Application | None:
    """The file that a mail is about; None for a draft, or for anything that is no membership file."""
    return bootstrap.applications().find(record)
