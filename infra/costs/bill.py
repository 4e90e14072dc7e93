"""From what is used to what it costs: amounts times prices, by service. Plain arithmetic."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from infra.bench.rows import spaced

PRICES = Path(__file__).parent / "prices.json"


@dataclass(frozen=True)
class Price:
    """What `per` units cost in dollars; where that is said, on which day it was read, or else how it is known.

    `free` is what an account may have of it for nothing.
    """

    key: str
    service: str
    what: str
    per: int
    usd: float
    source: str
    seen_on: date | None
    free: str = ""
    note: str = ""

    def of(self, amount: float) -> float:
        """Dollars for so many units."""
        return amount / self.per * self.usd


@dataclass(frozen=True)
class PriceList:
    """The prices of one region as they were on a day."""

    region: str
    currency: str
    as_of: date
    prices: tuple[Price, ...]


@dataclass(frozen=True)
class Line:
    """An amount and what it costs in dollars."""

    price: Price
    amount: float

    @property
    def usd(self) -> float:
        """Dollars."""
        return self.price.of(self.amount)


class PriceMissing(LookupError):
    """Something is used that the list has no price for."""


def price_list(path: Path = PRICES) -> PriceList:
    """The list in the file."""
    stored = json.loads(path.read_text())
    prices = tuple(Price(**{**each, "seen_on": _day(each["seen_on"])}) for each in stored["prices"])
    return PriceList(stored["region"], stored["currency"], date.fromisoformat(stored["as_of"]), prices)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def bill(usage: Mapping[str, float], prices: Iterable[Price]) -> list[Line]:
    """A line for each price, in the list's order. Raises `PriceMissing` for what has none."""
    listed = list(prices)
    missing = usage.keys() - {price.key for price in listed}
    if missing:
        raise PriceMissing(", ".join(sorted(missing)))
    return [Line(price, usage.get(price.key, 0)) for price in listed]


def by_service(lines: Iterable[Line]) -> dict[str, float]:
    """Dollars of each service, in the order of the list."""
    found: dict[str, float] = {}
    for line in lines:
        found[line.price.service] = found.get(line.price.service, 0) + line.usd
    return found


def table(bills: Mapping[int, list[Line]]) -> Iterator[str]:
    """In Markdown, a column for each number of partners: a row for each service, then the year and a partner."""
    services = {count: by_service(lines) for count, lines in bills.items()}
    yield _row("service", [f"{spaced(count)} partners" for count in bills])
    yield _row("---", ["---:"] * len(bills))
    for service in next(iter(services.values())):
        yield _row(service, [_dollars(costs[service]) for costs in services.values()])
    totals = {count: sum(costs.values()) for count, costs in services.items()}
    yield _row("**a year**", [f"**{_dollars(total)}**" for total in totals.values()])
    yield _row("for each partner", [f"{total / count:,.4f}" for count, total in totals.items()])


def amounts(bills: Mapping[int, list[Line]]) -> Iterator[str]:
    """The same by price: how much is used, and what it costs."""
    yield _row("what", [f"{spaced(count)} partners" for count in bills])
    yield _row("---", ["---:"] * len(bills))
    for lines in zip(*bills.values(), strict=True):
        price = lines[0].price
        yield _row(
            f"{price.service}: {price.what}", [f"{line.amount:,.0f} ({_dollars(line.usd)})" for line in lines]
        )


def _dollars(amount: float) -> str:
    return f"{amount:,.2f}"


def _row(first: str, cells: Iterable[str]) -> str:
    return f"| {first} | {' | '.join(cells)} |"
