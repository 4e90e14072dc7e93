"""The two forms of the office's calendar: an event of the territory, school holidays abroad."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.holidays import ForeignHoliday
from chalicelib.observatory.kept_calendar import Entry
from chalicelib.office.model import Office
from chalicelib.web.fields import Answers, Choice, Choices
from chalicelib.web.forms import Form

SCHEMAS = Path(__file__).parent / "schemas"
EVENT, HOLIDAY = "evenement", "vacances"
KINDS = (EVENT, HOLIDAY)
ENDS_TOO_EARLY = "Le dernier jour vient avant le premier\u00a0: corrigez l’un des deux."


def calendar_form(kind: str) -> Form:
    """The form of EVENT or of HOLIDAY."""
    return Form.load(SCHEMAS / ("local_event.json" if kind == EVENT else "foreign_holiday.json"))


def kind_of(entry: Entry) -> str:
    """Which form an entry is changed by."""
    return EVENT if isinstance(entry, LocalEvent) else HOLIDAY


def choices_of(office: Office) -> Choices:
    """The communes of the territory, and the areas abroad that the office file names."""
    return {
        "commune": tuple(Choice(one.insee, one.name) for one in office.communes),
        "area": tuple(Choice(one.id, one.label) for one in office.observatory_rules.holiday_areas),
    }


def answers_of(entry: Entry) -> Answers:
    """What is kept, for the form."""
    kept = {name: value for name, value in vars(entry).items() if name != "id" and value}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) for name, value in kept.items()
    }


def errors(form: Form, answers: Answers, choices: Choices) -> list[FieldError]:
    """Every mistake; a last day before the first one is told at the last day."""
    found = form.errors(answers, choices)
    if found or str(answers["first"]) <= str(answers["last"]):
        return found
    return [FieldError("last", ENDS_TOO_EARLY)]


def entry_from(kind: str, entry_id: str, answers: Mapping[str, Any]) -> Entry:
    """The entry of right answers."""
    first, last = (date.fromisoformat(answers[name]) for name in ("first", "last"))
    if kind == EVENT:
        return LocalEvent(entry_id, answers["label"], first, last, answers.get("commune", ""))
    return ForeignHoliday(answers["area"], answers["name"], first, last)
