"""What the staff's front page says of aid files; its words are in `templates/at_the_desk.html`."""

from collections.abc import Collection
from itertools import chain

from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import Status


def overdue_files() -> list[Subsidy]:
    """The files that nobody answered in time, the oldest first."""
    late = (stores.subsidies().list_in_status(status) for status in (Status.OVERDUE, Status.PAYMENT_OVERDUE))
    return sorted(chain.from_iterable(late), key=lambda file: file.status_since)


def payments_to_order(roles: Collection[str]) -> int:
    """How many approved payments wait for their transfer, for whom it is to prepare."""
    if "accounting" not in roles:
        return 0
    return len(stores.subsidies().list_in_status(Status.PAYMENT_APPROVED))


def file_of(record: str) -> Subsidy | None:
    """The file that a mail is about, or None."""
    return stores.subsidies().find(record)
