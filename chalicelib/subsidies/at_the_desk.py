"""What the staff's front page says of aid files; its words are in `templates/at_the_desk.html`."""

from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import Status


def overdue_files() -> list[Subsidy]:
    """The files that nobody answered in time, the oldest first."""
    return stores.subsidies().list_in_status(Status.OVERDUE)


def file_of(record: str) -> Subsidy | None:
    """The file that a mail is about, or None."""
    return stores.subsidies().find(record)
