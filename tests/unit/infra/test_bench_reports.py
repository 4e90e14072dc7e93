"""What `make bench` measures reports on: returns that come page by page, and mails at the rate of the mail service."""

from pathlib import Path

import pytest

from infra.bench import telling, territory
from infra.bench.reports import measured
from infra.bench.season import season_office
from infra.bench.territory import Territory
from infra.bench.totals import months

MONTH = "2027-02"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Territory:
    """A territory whose pages hold few items."""
    monkeypatch.setattr(territory, "PAGE_BYTES", 4_000)
    return Territory(60)


def test_each_lodging_is_asked_in_one_commune(small: Territory):
    communes = [commune for sector in season_office().sectors for commune in sector.communes]
    asked = [one.establishment.id for commune in communes for one in small.returns(MONTH, commune)]
    assert len(asked) == len(set(asked)) == 60


def test_pages_have_every_item_once_and_in_order(small: Territory):
    key = f"MONTH#{MONTH}#{season_office().sectors[0].communes[0]}"
    found, after = [], None
    while True:
        answer = small.page(key, after, is_consistent=True)
        found += [item["sk"]["S"] for item in answer["Items"]]
        if "LastEvaluatedKey" not in answer:
            break
        after = answer["LastEvaluatedKey"]["sk"]["S"]
    assert found == [item["sk"]["S"] for item in small.items(key)]
    assert small.asked["queries"] > 1


def test_every_return_of_both_years_is_read_once(tmp_path: Path):
    found = measured(20, tmp_path / "20")
    assert found.asked["items"] >= 20 * len(months())
    assert found.reading > 0 < found.drafting


def test_a_slow_mail_service_takes_every_mail_in_the_end():
    sent = telling.simulated(rate=5, recipients=200)
    assert (sent.failed, sent.tries > 200) == (0, True)


def test_a_quick_one_takes_each_at_the_first_try():
    sent = telling.simulated(rate=100, recipients=40)
    assert (sent.failed, sent.tries) == (0, 40)
    assert sent.minutes == pytest.approx((40 / telling.LANES - 1) * telling.SECONDS_A_MAIL / 60)
