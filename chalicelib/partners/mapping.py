"""Files to stored items and back."""

from datetime import date, datetime
from typing import Any

from chalicelib.adapters.history import LINE, line_attributes
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.partners.consents import Choice
from chalicelib.partners.items import HEAD, ApplicationItem, LineItem, application_key
from chalicelib.partners.model import Application, Fee, Status

_MOMENTS = ("created_at", "confirmed_at", "decided_at")
_DAYS = ("active_from", "active_until")
_IN_ITEM = ("id", "reference", "status", "status_since", "version", "run")


def application_item(application: Application) -> ApplicationItem:
    """The item of a file."""
    return ApplicationItem(
        pk=application_key(application.id),
        sk=HEAD,
        reference=application.reference,
        status_key=application.status,
        status_since=iso(application.status_since),
        holder_key=application.email,
        holder_sort=iso(application.created_at),
        file=_file(application),
        version=application.version,
        run=application.run,
    )


def _file(application: Application) -> dict[str, Any]:
    stored = {name: value for name, value in vars(application).items() if name not in _IN_ITEM}
    stored["answers"] = dict(application.answers)
    stored["fee"] = {"cents": application.fee.cents, "steps": [list(step) for step in application.fee.steps]}
    stored["consents"] = {
        name: {"is_given": choice.is_given, "at": iso(choice.at)}
        for name, choice in application.consents.items()
    }
    for name in _MOMENTS:
        stored[name] = iso(stored[name]) if stored[name] else None
    for name in _DAYS:
        stored[name] = stored[name].isoformat() if stored[name] else None
    return stored


def application_from(item: ApplicationItem) -> Application:
    """The file that an item holds."""
    stored: dict[str, Any] = dict(item.file)
    for name in _MOMENTS:
        stored[name] = datetime.fromisoformat(stored[name]) if stored[name] else None
    for name in _DAYS:
        stored[name] = date.fromisoformat(stored[name]) if stored[name] else None
    fee = stored.pop("fee")
    chosen = stored.pop("consents", {})  # a file from before consents could be changed has none
    return Application(
        id=item.pk.partition("#")[2],
        reference=item.reference,
        status=Status(item.status_key),
        status_since=datetime.fromisoformat(item.status_since),
        version=int(item.version),
        run=int(item.run),
        consents={
            name: Choice(choice["is_given"], datetime.fromisoformat(choice["at"]))
            for name, choice in chosen.items()
        },
        fee=Fee(fee["cents"], tuple((label, cents) for label, cents in fee["steps"])),
        **stored,
    )


def line_item(application_id: str, version: int, line: HistoryLine) -> LineItem:
    """The line that goes with one version of a file."""
    return LineItem(
        pk=application_key(application_id),
        sk=f"{LINE}{version:06d}",
        **line_attributes(line),
    )
