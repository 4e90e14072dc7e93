"""Returns to stored items and back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from chalicelib.adapters.history import line_attributes
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.items import MONTH as MONTH_PREFIX
from chalicelib.observatory.items import (
    LineItem,
    PlaceItem,
    ReturnItem,
    establishment_key,
    line_key,
    month_key,
    return_key,
    return_status_key,
)
from chalicelib.observatory.model import Establishment, MonthlyReturn, Sold, Source, Status
from chalicelib.observatory.voices import Said, Voice

Json = dict[str, Any]


def return_item(given: MonthlyReturn, expires_epoch: int) -> ReturnItem:
    """The item of a return."""
    return ReturnItem(
        pk=month_key(given.month, given.establishment.commune),
        sk=return_key(given.establishment.id),
        status=given.status.value,
        status_key=return_status_key(given.status, given.month),
        status_since=iso(given.given_at or given.asked_at),
        file=_file(given),
        version=given.version,
        expires_epoch=expires_epoch,
    )


def return_from(item: ReturnItem) -> MonthlyReturn:
    """The return that an item holds."""
    stored: Json = dict(item.file)
    return MonthlyReturn(
        establishment=Establishment(**stored["establishment"]),
        month=item.pk.split("#")[1],
        status=Status(item.status),
        asked_at=datetime.fromisoformat(stored["asked_at"]),
        sold=_sold(stored),
        origins={country: int(count) for country, count in stored["origins"].items()},
        source=Source(stored["source"]),
        given_at=_moment(stored["given_at"]),
        given_by=stored["given_by"],
        reminders=int(stored["reminders"]),
        reminded_at=_moment(stored["reminded_at"]),
        questioned={doubt: datetime.fromisoformat(at) for doubt, at in stored["questioned"].items()},
        confirmed_at=_moment(stored["confirmed_at"]),
        said=_said(stored.get("said", {})),
        version=int(item.version),
    )


def place_item(given: MonthlyReturn, expires_epoch: int) -> PlaceItem:
    """What leads to a return."""
    return PlaceItem(
        pk=establishment_key(given.establishment.id),
        sk=MONTH_PREFIX + given.month,
        commune=given.establishment.commune,
        expires_epoch=expires_epoch,
    )


def line_item(given: MonthlyReturn, line: HistoryLine, expires_epoch: int) -> LineItem:
    """The item of the line that goes with this version of a return."""
    return LineItem(
        pk=month_key(given.month, given.establishment.commune),
        sk=line_key(given.establishment.id, given.version),
        expires_epoch=expires_epoch,
        **line_attributes(line),
    )


def _file(given: MonthlyReturn) -> Json:
    return {
        "establishment": vars(given.establishment),
        "asked_at": iso(given.asked_at),
        "sold": {key: _figures(sold) for key, sold in given.sold.items()},
        "days": {key: [*chain(*sold.days)] for key, sold in given.sold.items() if sold.days},
        "origins": dict(given.origins),
        "source": given.source.value,
        "given_at": _told(given.given_at),
        "given_by": given.given_by,
        "reminders": given.reminders,
        "reminded_at": _told(given.reminded_at),
        "questioned": {doubt: iso(at) for doubt, at in given.questioned.items()},
        "confirmed_at": _told(given.confirmed_at),
        "said": _said_json(given.said),
    }


def _said_json(said: Said) -> Json:
    """What was said; returns of before it was asked have none of it."""
    voice = {"voice": {**vars(said.voice), "reasons": list(said.voice.reasons)}} if said.voice else {}
    return {**voice, **({"booked": dict(said.booked)} if said.booked else {})}


def _said(stored: Json) -> Said:
    voice = stored.get("voice")
    booked = {month: int(nights) for month, nights in stored.get("booked", {}).items()}
    return Said(Voice(**{**voice, "reasons": tuple(voice["reasons"])}) if voice else None, booked)


def _figures(sold: Sold) -> list[int]:
    guests = [sold.guests.nights, sold.guests.arrivals] if sold.guests else []
    return [sold.offered, sold.occupied, *guests]


def _sold(stored: Json) -> dict[str, Sold]:
    """By slice; months that were given before days were kept have none."""
    days: Mapping[str, Sequence[Any]] = stored.get("days", {})
    return {key: _slice(figures, days.get(key, ())) for key, figures in stored["sold"].items()}


def _slice(figures: Sequence[Any], days: Sequence[Any]) -> Sold:
    offered, occupied, *guests = map(int, figures)
    pairs = zip(map(int, days[::2]), map(int, days[1::2]), strict=True)
    return Sold(offered, occupied, Guests(*guests) if guests else None, tuple(pairs))


def _told(moment: datetime | None) -> str:
    return iso(moment) if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
