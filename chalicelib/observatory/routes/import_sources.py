"""Who sends files to the office: listed, begun by a name, their columns named."""

import re
from collections.abc import Mapping

from chalice import Response

from chalicelib.kernel import ids
from chalicelib.kernel.cells import flat
from chalicelib.kernel.errors import NotFound
from chalicelib.observatory import bootstrap
from chalicelib.observatory.importing import ProviderSource
from chalicelib.observatory.paths import IMPORTS
from chalicelib.observatory.reading.headers import LABELS
from chalicelib.observatory.reading.words import plain
from chalicelib.web import pages
from chalicelib.web.requests import first_of

UNPROCESSABLE = 422
NAME = "source"
LONGEST = 80
LONGEST_TITLE = 200
ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
NO_NAME = "Donnez le nom de qui vous envoie le fichier."

Fields = Mapping[str, list[str]]


class SourceUnknown(NotFound):
    """Nobody of that identifier sends files."""

    def __init__(self) -> None:
        super().__init__("Cette source n’existe pas. Choisissez-en une dans la liste.")


def show(error: str = "", typed: str = "") -> Response:
    """The sources, and the form for a new one."""
    return pages.page(
        "observatory/import_sources.html",
        status=UNPROCESSABLE if error else 200,
        section="bureau",
        sources=bootstrap.sources().list_all(),
        action=IMPORTS,
        error=error,
        typed=typed,
    )


def begin(fields: Fields) -> Response:
    """A source of that name; one that is known keeps its columns."""
    name = " ".join(flat(first_of(fields, NAME)).split())[:LONGEST]
    if not plain(name):
        return show(NO_NAME, name)
    source = ProviderSource(ids.id_of(f"source\n{plain(name)}"), name)
    if bootstrap.sources().find(source.id) is None:
        bootstrap.sources().save(source)
    return pages.redirect(f"{IMPORTS}/{source.id}")


def get(source_id: str) -> ProviderSource:
    """The source. Raises `SourceUnknown`."""
    found = bootstrap.sources().find(source_id) if ID.fullmatch(source_id) else None
    if found is None:
        raise SourceUnknown
    return found


def name_columns(source: ProviderSource, fields: Fields) -> None:
    """Keep what its columns are called; those left empty are recognised by their usual titles."""
    named = {name: first_of(fields, name)[:LONGEST_TITLE] for name in LABELS}
    columns = {name: title for name, title in named.items() if title}
    if columns != dict(source.columns):
        bootstrap.sources().save(ProviderSource(source.id, source.name, columns))
