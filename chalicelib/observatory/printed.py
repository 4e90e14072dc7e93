"""What the papers of a report are printed from."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.printable import printable
from chalicelib.documents.letterhead import office_on_paper
from chalicelib.observatory.content import Content, from_json, to_json
from chalicelib.observatory.pictures import picture_of
from chalicelib.observatory.presenting import shown
from chalicelib.office.model import Office

REPORT = "observatory/season_report.typ"
PICTURE = "observatory/picture.typ"
DRAWN = ("weeks", "tables", "zones", "outlook")
"""The parts whose tables have a picture each."""


def season_report(office: Office, content: Content) -> dict[str, Any]:
    """The data of the report."""
    content = _in_signs_of_paper(content)
    data = shown(content)
    drawn = {part: [_with_picture(one, content) for one in data[part]] for part in DRAWN}
    return {**data, **drawn, "office": office_on_paper(office)}


def picture(content: Content, part: str) -> dict[str, Any] | None:
    """The data of one picture as a page of its own; None where the part has none."""
    drawn = picture_of(_in_signs_of_paper(content), part)
    return {"picture": drawn} if drawn else None


def _with_picture(table: dict[str, Any], content: Content) -> dict[str, Any]:
    return {**table, "picture": picture_of(content, table["key"]) or ""}


def _in_signs_of_paper(content: Content) -> Content:
    """The same before it is drawn: in a drawing, which is markup, a sign that paper lacks could become some."""
    return from_json(_printable(to_json(content)))


def _printable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_printable(each) for each in value]
    return printable(value) if isinstance(value, str) else value
