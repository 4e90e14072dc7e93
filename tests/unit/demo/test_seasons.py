"""On each day that the office files know, there is a season whose report is due, and months for all of it."""

from datetime import date, timedelta

import pytest

from chalicelib.observatory.due import closed_on
from chalicelib.observatory.months import month_of, moved
from chalicelib.office import loading
from infra.demo.seasons import history_months, season_report
from infra.packaging.names import ROOT

FIRST, LAST = date(2026, 9, 1), date(2028, 6, 30)
DAYS = [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]
OFFICES = ("saint-marcellin-vercors-isere", "pays-de-gex")
RULES = {
    name: loading.load_document(
        loading.read_file(ROOT / "offices" / f"{name}.json"), date(2027, 3, 3)
    ).observatory_rules
    for name in OFFICES
}


@pytest.mark.parametrize("office", OFFICES)
def test_there_is_always_a_season_that_ended_lately(office: str):
    without = [day for day in DAYS if season_report(RULES[office], day) is None]
    assert without == []


def test_the_season_is_the_one_that_ended_last():
    found = season_report(RULES["pays-de-gex"], date(2026, 11, 30))
    assert found
    assert (found.about, found.compared) == ("automne-2026", "Automne 2025")


@pytest.mark.parametrize("office", OFFICES)
def test_history_ends_where_establishments_give_their_own_figures_and_begins_a_season_before(office: str):
    rules = RULES[office]
    for day in DAYS[::7]:
        months, due = history_months(rules, day), season_report(rules, day)
        assert closed_on(months[-1], rules) <= day
        assert len(months) == len(set(months)) >= 13
        assert due
        season = rules.season(due.about)
        assert season
        assert month_of(season.last_day) in months
        before = rules.previous(season)
        assert before is None or month_of(before.first_day) in months
        assert months[0] >= moved(month_of(day), -rules.kept_months)
