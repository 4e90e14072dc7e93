"""Figures by files in a world that may die anywhere: the partner's, and a provider's at the desk."""

import hashlib

from chalicelib.kernel import ids
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.paths import ENTRY_PAGE, IMPORTS
from chalicelib.observatory.slices import slices_of_month
from chalicelib.uploads.passing import PASSING
from tests.factories import some_answers
from tests.faults import observatory
from tests.faults.house import DIRECTOR, log_in
from tests.faults.onboarding import APPLICANT
from tests.faults.units import ACTIVE
from tests.figure_files import by_week, csv_file
from tests.harness.left import picked
from tests.harness.sweep import Left, Unit
from tests.harness.world import FaultyWorld
from tests.inprocess import ENVIRONMENT, client

TICKET, SOURCE_NAME = "f" * 32, "Données du Lac"
SOURCE = ids.id_of("source\ndonnees du lac")
OF_SOURCE, PROVIDED, FILE = f"{IMPORTS}/{SOURCE}", f"{IMPORTS}/{SOURCE}/{TICKET}", f"/fichier/{TICKET}"
_ROWS = by_week({one.id: Sold(3, 3) for one in slices_of_month("2027-02")})
CONTENT = csv_file(_ROWS)
NAME = some_answers()["business_name"]
PROVIDERS = csv_file([["Nom", *_ROWS[0]], *([NAME, *row] for row in _ROWS[1:])])
STAFF = log_in(DIRECTOR)


def send_file(world: FaultyWorld) -> None:
    """The partner's browser has sent a file to the bucket."""
    _put(ids.id_of(f"figures\n{_asked().id}"), CONTENT)


def confirm_file(world: FaultyWorld) -> None:
    """What the page of the file showed is confirmed; nothing had been given then."""
    seen = ids.id_of(f"{_etag(CONTENT)}\nNone")
    world.press(world.link(APPLICANT, ENTRY_PAGE) + FILE, vu=seen)
    world.go_on()


def name_source(world: FaultyWorld) -> None:
    """Somebody new sends files to the office."""
    world.press(IMPORTS, source=SOURCE_NAME)


def send_providers_file(world: FaultyWorld) -> None:
    """The browser at the desk has sent a provider's file to the bucket."""
    _put(ids.id_of(f"import\n{SOURCE}"), PROVIDERS)


def name_columns(world: FaultyWorld) -> None:
    """Staff say which column names the lodging."""
    world.press(f"{PROVIDED}/colonnes", who="Nom")


def import_file(world: FaultyWorld) -> None:
    """The figures of the file are kept."""
    world.press(PROVIDED, vu=_etag(PROVIDERS))
    world.go_on()


def kept(world: FaultyWorld) -> Left:
    """Who sends files, and what their columns are called."""
    rows = [row for row in world.rows("observatory") if "columns" in row]
    return {"sources of figures": sorted(picked(row, "sk", "name", "columns") for row in rows)}


def _asked() -> MonthlyReturn:
    return bootstrap.returns().list_of("2027-02", "01160")[0]


def _put(owner: str, content: bytes) -> None:
    key = f"{PASSING}{owner}/{TICKET}/fevrier.csv"
    client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content)


def _etag(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def _file_stays(left: Left) -> bool:
    """The figures are kept and the file is not erased yet: the bucket forgets it within a day."""
    return any(key.startswith(PASSING) for key in left["files"])


SENT = (*observatory.ASKED, send_file)
AT_THE_DESK = (*observatory.ASKED, STAFF, name_source, send_providers_file)
NEVER_ASKED = (*ACTIVE, STAFF, name_source, send_providers_file)
UNITS: dict[str, Unit] = {
    "giving figures by a file": Unit(
        confirm_file, SENT, (f"POST {ENTRY_PAGE}/{{token}}/fichier/{{ticket}}",), may_leave=_file_stays
    ),
    "naming who sends figures": Unit(name_source, (*observatory.ASKED, STAFF), (f"POST {IMPORTS}",)),
    "naming the columns of a file": Unit(
        name_columns, AT_THE_DESK, (f"POST {IMPORTS}/{{source_id}}/{{ticket}}/colonnes",)
    ),
    "importing figures": Unit(
        import_file, AT_THE_DESK, (f"POST {IMPORTS}/{{source_id}}/{{ticket}}",), may_leave=_file_stays
    ),
    "importing figures of who was never asked": Unit(import_file, NEVER_ASKED, may_leave=_file_stays),
}
