"""Lodgings and their returns for tests."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Establishment, MonthlyReturn, Sold, Status
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus

ASKED_AT = datetime(2027, 4, 1, 6, 0, tzinfo=UTC)
HOTEL = Establishment("hotel-1", "Hôtel des Cimes", "cimes@example.org", "hotel", "01210", 20, 40, 3)
MARCH = {
    "2027-03-01": Sold(140, 98, Guests(180, 90)),
    "2027-03-08": Sold(140, 70),
    "2027-03-15": Sold(0, 0),
}


def a_return(**changes: Any) -> MonthlyReturn:
    """A return that is asked and not given."""
    return replace(MonthlyReturn(HOTEL, "2027-03", Status.ASKED, ASKED_AT), **changes)


def given(asked: MonthlyReturn, **changes: Any) -> MonthlyReturn:
    """The same with figures, one version on."""
    details = {"sold": MARCH, "origins": {"FR": 60, "CH": 30}, "given_by": "Claire Martin", **changes}
    return replace(asked, status=Status.GIVEN, given_at=ASKED_AT, version=asked.version + 1, **details)


def a_season_report(key: str = "r1", **changes: Any) -> Report:
    """The report of a winter, whose figures are being read."""
    report = Report(
        id=key, slug=f"bilan-{key}", kind=ReportKind.CLOSING, about="hiver-2026-2027", subject="Hiver 2026-2027",
        status=ReportStatus.GATHERING, status_since=ASKED_AT, created_at=ASKED_AT, office_version=3,
        compared="Hiver 2025-2026",
    )  # fmt: skip
    return replace(report, **changes)
