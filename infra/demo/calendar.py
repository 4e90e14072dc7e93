"""What filled the territory, as staff note it: events of the months gone by, school holidays of the neighbours."""

from collections.abc import Iterator, Sequence
from datetime import date

from infra.demo.events import EVENTS, Yearly, beginning_in
from infra.demo.stage import Stage

CALENDAR = "/bureau/observatoire/calendrier"
ABROAD = (("Vacances d’automne", 10, 19, 6), ("Relâches", 2, 8, 6), ("Vacances d’été", 7, 1, 48))
"""The same of school holidays; those of a real neighbour are to be looked up in its own calendar."""
DAY = "%d/%m/%Y"

Line = tuple[str, str, dict[str, str]]


def lines(stage: Stage) -> list[Line]:
    """What is to be noted: its name, its kind (`evenement` or `vacances`), and what staff type."""
    areas = stage.office.observatory_rules.holiday_areas
    events = [(name, "evenement", {"label": name, **days}) for name, days in _dated(EVENTS, stage.today)]
    abroad = [
        (f"{name}, {area.label}", "vacances", {"area": area.id, "name": f"{name}, {area.label}", **days})
        for area in areas
        for name, days in _dated(ABROAD, stage.today)
    ]
    return [*events, *abroad]


def note(stage: Stage, line: Line) -> None:
    """Add a line to the calendar, unless it stands there."""
    name, kind, typed = line
    browser = stage.staff("report_review")
    if name not in browser.opens(CALENDAR).words:
        browser.presses(browser.opens(f"{CALENDAR}/{kind}"), "Enregistrer", typed)


def _dated(every_year: Sequence[Yearly], today: date) -> Iterator[tuple[str, dict[str, str]]]:
    for year in (today.year - 1, today.year):
        for name, first, last in beginning_in(year, every_year):
            yield f"{name} {year}", {"first": f"{first:{DAY}}", "last": f"{last:{DAY}}"}
