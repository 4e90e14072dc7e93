"""What the papers of a report are printed from."""

from typing import Any

from chalicelib.documents.letterhead import office_on_paper
from chalicelib.observatory.content import Content
from chalicelib.observatory.pictures import picture_of
from chalicelib.observatory.presenting import shown
from chalicelib.office.model import Office

REPORT = "observatory/season_report.typ"
PICTURE = "observatory/picture.typ"
DRAWN = ("weeks", "tables", "zones", "outlook")
"""The parts whose tables have a picture each."""


def season_report(office: Office, content: Content) -> dict[str, Any]:
    """The data of the report."""
    data = shown(content)
    drawn = {part: [_with_picture(one, content) for one in data[part]] for part in DRAWN}
    return {**data, **drawn, "office": office_on_paper(office)}


def picture(content: Content, part: str) -> dict[str, Any] | None:
    """The data of one picture as a page of its own; None where the part has none."""
    drawn = picture_of(content, part)
    return {"picture": drawn} if drawn else None


def _with_picture(table: dict[str, Any], content: Content) -> dict[str, Any]:
    return {**table, "picture": picture_of(content, table["key"]) or ""}
