"""What beneficiaries owe until an end: deadlines, obligations, reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.mail.bootstrap import mail_desk
from chalicelib.office.bootstrap import office_repository
from chalicelib.subsidies.bootstrap import overview, stores

if TYPE_CHECKING:
    from chalicelib.subsidies.deadlines import Deadlines
    from chalicelib.subsidies.obligations import ObligationService
    from chalicelib.subsidies.reminders import Reminders


def deadlines() -> Deadlines:
    """What ends by itself."""
    from chalicelib.subsidies.deadlines import Deadlines

    return Deadlines(stores.subsidies(), office_repository().version, stores.now)


def obligations() -> ObligationService:
    """What staff note about promises."""
    from chalicelib.subsidies.obligations import ObligationService

    return ObligationService(stores.subsidies(), office_repository().version, stores.now)


def reminders() -> Reminders:
    """What goes before an end."""
    from chalicelib.subsidies.reminders import Reminders

    return Reminders(
        stores.subsidies(),
        overview.directory(),
        mail_desk(),
        stores.office,
        office_repository().version,
        stores.now,
    )
