"""Files of figures that have been sent: the owner's for the month that is asked, and a provider's to the office."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.kernel import ids
from chalicelib.observatory import bootstrap
from chalicelib.observatory.importing import ProviderSource
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.paths import ENTRY_PAGE, IMPORTS
from chalicelib.observatory.slices import slices_of_month
from chalicelib.uploads.passing import PASSING
from tests.figure_files import by_week, csv_file
from tests.inprocess import ENVIRONMENT, client

Asked = tuple[str, Callable[[Any], str], Mapping[str, Any]]
SENT, MONTH, OWNER = "figures_sent", "2027-02", "maelle@hotel.example.fr"
TICKET, SOURCE = "f" * 32, "5" * 32
SOLD = {one.id: Sold(70, 7) for one in slices_of_month(MONTH)}
CONTENT = csv_file(by_week(SOLD))
_rows = by_week(SOLD)
PROVIDED = csv_file([["Nom", *_rows[0]], *(["Auberge du Pont", *row] for row in _rows[1:])])
FILE = f"/fichier/{TICKET}"
OF_FILES = ("source", "remplacer", "enregistres", "day", "offered", "occupied", "nights", "arrivals", "who")
"""The fields that their pages have without a schema."""


def send_figure_files(asked: MonthlyReturn) -> None:
    """Both files have come into the bucket; nobody has confirmed anything."""
    _put(ids.id_of(f"figures\n{asked.id}"), CONTENT)
    bootstrap.sources().save(ProviderSource(SOURCE, "Données du Lac"))
    _put(ids.id_of(f"import\n{SOURCE}"), PROVIDED)


def _put(owner: str, content: bytes) -> None:
    key = f"{PASSING}{owner}/{TICKET}/fevrier.csv"
    client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content)


def _etag(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def _behind_link(after: str, **fill: Any) -> Asked:
    return SENT, lambda town: f"{ENTRY_PAGE}/{town.token(ENTRY_PAGE, OWNER)}{after}", fill


def _desk(after: str = "", **fill: Any) -> Asked:
    return SENT, lambda town: IMPORTS + after, fill


_OURS, _THEIRS = f"{ENTRY_PAGE}/{{token}}/fichier", f"{IMPORTS}/{{source_id}}"
FIGURE_FILE_REQUESTS: dict[str, Asked] = {
    f"GET {_OURS}": _behind_link("/fichier"),
    f"GET {_OURS}/{{ticket}}": _behind_link(FILE),
    f"POST {_OURS}/{{ticket}}": _behind_link(FILE, vu=ids.id_of(f"{_etag(CONTENT)}\nNone")),
    f"GET {IMPORTS}": _desk(),
    f"POST {IMPORTS}": _desk(source="Autre source"),
    f"GET {_THEIRS}": _desk(f"/{SOURCE}"),
    f"GET {_THEIRS}/{{ticket}}": _desk(f"/{SOURCE}/{TICKET}"),
    f"POST {_THEIRS}/{{ticket}}": _desk(f"/{SOURCE}/{TICKET}", vu=_etag(PROVIDED)),
    f"POST {_THEIRS}/{{ticket}}/colonnes": _desk(f"/{SOURCE}/{TICKET}/colonnes", who="Nom"),
    f"GET {_THEIRS}/{{ticket}}/erreurs.csv": _desk(f"/{SOURCE}/{TICKET}/erreurs.csv"),
}
