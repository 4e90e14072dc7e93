"""A lodging's own figures as data that another program can read (GDPR, art. 15 and 20)."""

from typing import Any

from chalicelib.kernel.clock import iso
from chalicelib.kernel.portable import portable_instant
from chalicelib.observatory.model import MonthlyReturn, Sold

Json = dict[str, Any]


def portable(asked: MonthlyReturn) -> Json:
    """The return as plain JSON: nights of units by the first day of each slice, arrivals by country of residence.

    Where days were given, those of a slice are both figures of each, in order. What was said of a season, and
    nights that are booked by month, stand beside.
    """
    voice = asked.said.voice
    return {
        "month": asked.month,
        "establishment": vars(asked.establishment),
        "status": asked.status.value,
        "asked_at": iso(asked.asked_at),
        "reminders": asked.reminders,
        "given_at": portable_instant(asked.given_at),
        "given_by": asked.given_by,
        "source": asked.source.value if asked.is_given else None,
        "sold": {key: _sold(one) for key, one in asked.sold.items()},
        "origins": dict(asked.origins),
        "questioned": {doubt: iso(at) for doubt, at in asked.questioned.items()},
        "confirmed_at": portable_instant(asked.confirmed_at),
        "season": {**vars(voice), "reasons": list(voice.reasons)} if voice else None,
        "booked": dict(asked.said.booked),
    }


def _sold(one: Sold) -> Json:
    guests = one.guests
    told = {"guest_nights": guests.nights, "arrivals": guests.arrivals} if guests else {}
    days = {"days": [list(both) for both in one.days]} if one.days else {}
    return {"offered": one.offered, "occupied": one.occupied, **told, **days}
