"""Counters in DynamoDB: one item each, counted in one conditional update."""

from datetime import datetime, timedelta

from pynamodb.expressions.update import Action

from chalicelib.access.items import CounterItem
from chalicelib.adapters.dynamodb import held

ATTEMPTS = 8


class CounterRepository:
    """The counters of the deployment."""

    def count(self, key: str, now: datetime, window: timedelta) -> int:
        """Add one, atomically; the number since the window began."""
        item = CounterItem(f"counter#{key}", "counter")
        for _ in range(ATTEMPTS):
            if _continue_window(item, now) or _begin_window(item, now, window):
                return int(item.counted)
        raise TimeoutError("a counter was taken by others too many times in a row")


def _continue_window(item: CounterItem, now: datetime) -> bool:
    runs = CounterItem.expires_epoch > int(now.timestamp())
    return held(lambda: item.update([CounterItem.counted.add(1)], runs))


def _begin_window(item: CounterItem, now: datetime, window: timedelta) -> bool:
    over = CounterItem.pk.does_not_exist() | (CounterItem.expires_epoch <= int(now.timestamp()))
    begin: list[Action] = [
        CounterItem.counted.set(1),
        CounterItem.expires_epoch.set(int((now + window).timestamp())),
    ]
    return held(lambda: item.update(begin, over))
