"""An office whose one report is that of a winter, read in three parts and told in batches of one."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.kernel import ids
from chalicelib.office.building import build
from chalicelib.office.model import Office
from tests.observatory_office import a_season, observatory_file

NOW = datetime(2027, 10, 1, 6, 0, tzinfo=UTC)
"""The winter is over and its months are closed: its report is due, and no other."""
ABOUT = "hiver-2026-2027"
REPORT = ids.id_of(f"report\nclosing\n{ABOUT}")
SLUG = f"bilan-{ABOUT}"
SEASONS = [
    a_season("hiver-2025-2026", "winter", "Hiver 2025-2026", "2025-12-13", "2026-05-03"),
    a_season(ABOUT, "winter", "Hiver 2026-2027", "2026-12-12", "2027-05-02"),
]
SECTORS = [
    {"name": "Ville", "communes": ["01160", "01210"]},
    {"name": "Montagne", "communes": ["01143", "01247"]},
]


def report_file(**changes: Any) -> dict[str, Any]:
    """Its file; `changes` replace parts of its `observatory` section."""
    document = observatory_file(**{"seasons": SEASONS, **changes})
    return {**document, "territory": {**document["territory"], "sectors": SECTORS}}


def a_report_office() -> Office:
    """The office itself."""
    return build(report_file(), version=1)
