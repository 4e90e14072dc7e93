"""How long a freed seat is kept for who is offered it."""

from datetime import datetime, timedelta

from chalicelib.office.trainings import TrainingRules


def offer_until(starts_at: datetime, now: datetime, rules: TrainingRules) -> datetime | None:
    """The instant until which an offer made now holds; None when it is too near the beginning for one.

    The office's usual time, its shorter one near the date, and never beyond the last moment before the beginning.
    """
    latest = starts_at - timedelta(hours=rules.last_offer_hours)
    if now >= latest:
        return None
    is_near = starts_at - now <= timedelta(days=rules.short_offer_within_days)
    hours = rules.short_offer_hours if is_near else rules.offer_hours
    return min(now + timedelta(hours=hours), latest)
