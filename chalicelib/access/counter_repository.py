"""Counters in DynamoDB: one item each, counted in one conditional update."""

from datetime import datetime, timedelta

from pynamodb.expressions.update import Action

from chalicelib.access.items import CounterItem
from chalicelib.adapters.dynamodb import held

ATTEMPTS = 8


class CounterRepository:
    """The counters of the deployment."""

    def count(self, key: str, now: datetime, window: timedelta, what: str = "") -> int:
        """Add one, atomically, unless the same `what` was added just before; the number since the window began."""
        item = CounterItem(f"counter#{key}", "counter")
        for _ in range(ATTEMPTS):
            counted = _count(item, now, window, what) or _begin_anew(item, now, window, what)
            if counted or _was_counted(item, now, what):
                return int(item.counted)
        raise TimeoutError("a counter was taken by others too many times in a row")

    def counted(self, key: str, now: datetime) -> int:
        """The number in the window that runs, read strongly; 0 where none does."""
        try:
            item = CounterItem.get(f"counter#{key}", "counter", consistent_read=True)
        except CounterItem.DoesNotExist:
            return 0
        return int(item.counted) if int(item.expires_epoch) > int(now.timestamp()) else 0


def _count(item: CounterItem, now: datetime, window: timedelta, what: str) -> bool:
    """Count in the window that runs, or in the first one there ever was."""
    goes_on = CounterItem.expires_epoch > int(now.timestamp())
    if what:
        goes_on &= CounterItem.last.does_not_exist() | (CounterItem.last != what)
    once_more: list[Action] = [
        CounterItem.counted.add(1),
        CounterItem.last.set(what),
        CounterItem.expires_epoch.set(CounterItem.expires_epoch | _end(now, window)),
    ]
    return held(lambda: item.update(once_more, CounterItem.pk.does_not_exist() | goes_on))


def _begin_anew(item: CounterItem, now: datetime, window: timedelta, what: str) -> bool:
    """Count the first of a new window, where an old one was not cleared away yet."""
    begin: list[Action] = [
        CounterItem.counted.set(1),
        CounterItem.last.set(what),
        CounterItem.expires_epoch.set(_end(now, window)),
    ]
    return held(lambda: item.update(begin, CounterItem.expires_epoch <= int(now.timestamp())))


def _end(now: datetime, window: timedelta) -> int:
    return int((now + window).timestamp())


def _was_counted(item: CounterItem, now: datetime, what: str) -> bool:
    """Whether the window runs and this very thing was the last one counted in it."""
    try:
        item.refresh(consistent_read=True)
    except CounterItem.DoesNotExist:
        return False
    return bool(what) and item.last == what and int(item.expires_epoch) > int(now.timestamp())
