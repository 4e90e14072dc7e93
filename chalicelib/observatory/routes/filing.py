"""Figures of a month by a file, whoever sends it: sent, shown as it was understood, then kept."""

from chalice import Response

from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.observatory import bootstrap
from chalicelib.observatory.figure_files import read_in_time, slot_for
from chalicelib.observatory.file_preview import Preview, figures, preview
from chalicelib.observatory.model import Source
from chalicelib.observatory.months import first_day
from chalicelib.observatory.reading.refusals import FileRefused
from chalicelib.observatory.routes.entering import CONFLICT, THANKS, UNPROCESSABLE, Entry, Fields
from chalicelib.uploads.bootstrap import passing_service
from chalicelib.uploads.passing import Arrived
from chalicelib.web import pages
from chalicelib.web.requests import first_of

MOST_BYTES = 5 * 1024 * 1024
FILE_PAGE = "/fichier"
SEEN = "vu"
"""The name of the field that says which content the page showed."""
GONE = "Ce fichier n’est pas arrivé, ou n’est plus là\u00a0: envoyez-le à nouveau."


def ask_for_file(entry: Entry, error: str = "", name: str = "") -> Response:
    """The page that sends a file."""
    page = entry.path + FILE_PAGE
    ticket = passing_service().ticket(_owner(entry), page, MOST_BYTES)
    return pages.page(
        "observatory/entry_file.html",
        section=entry.section,
        asked=entry.asked,
        month=first_day(entry.asked.month),
        entry_page=entry.path,
        slots=[slot_for(ticket, MOST_BYTES, error, name)],
        error=error,
    )


def show_file(entry: Entry, ticket: str) -> Response:
    """What was understood of the file; nothing is written."""
    arrived = passing_service().find(_owner(entry), ticket)
    if arrived is None:
        return ask_for_file(entry, GONE)
    try:
        return _preview_page(entry, ticket, arrived, _read(entry, arrived))
    except FileRefused as refused:
        return ask_for_file(entry, str(refused), arrived.name)


def confirm_file(entry: Entry, ticket: str, fields: Fields) -> Response:
    """Keep what the page showed, and forget the file; sent twice, the second time shows the thanks of the first."""
    arrived = passing_service().find(_owner(entry), ticket)
    if arrived is None:
        is_kept = entry.asked.is_given and entry.asked.source is Source.FILE
        return _thanks(entry) if is_kept else ask_for_file(entry, GONE)
    try:
        read = _read(entry, arrived)
    except FileRefused as refused:
        return ask_for_file(entry, str(refused), arrived.name)
    if read.is_good and entry.asked.says(read.sold, entry.asked.origins):
        return _done(entry, ticket)
    if not read.is_good or first_of(fields, SEEN) != _seen(entry, arrived):
        return _preview_page(entry, ticket, arrived, read, UNPROCESSABLE if not read.is_good else CONFLICT)
    return _keep(entry, ticket, arrived, read)


def _keep(entry: Entry, ticket: str, arrived: Arrived, read: Preview) -> Response:
    asked = entry.asked
    try:
        bootstrap.gathering().give(asked, read.sold, asked.origins, entry.who, Source.FILE)
    except ChangedMeanwhile:
        return _preview_page(entry, ticket, arrived, read, CONFLICT)
    return _done(entry, ticket)


def _done(entry: Entry, ticket: str) -> Response:
    """The figures stand: the file has nothing more to say."""
    passing_service().erase(_owner(entry), ticket)
    return _thanks(entry)


def _read(entry: Entry, arrived: Arrived) -> Preview:
    return preview(read_in_time(passing_service().content(arrived) or b""), entry.asked)


def _owner(entry: Entry) -> str:
    return ids.id_of(f"figures\n{entry.asked.id}")


def _seen(entry: Entry, arrived: Arrived) -> str:
    """What tells this content, beside these figures, from any other."""
    return ids.id_of(f"{arrived.etag}\n{entry.asked.given_at}")


def _thanks(entry: Entry) -> Response:
    return pages.redirect(f"{entry.path}?{THANKS}=1")


def _preview_page(entry: Entry, ticket: str, arrived: Arrived, read: Preview, status: int = 200) -> Response:
    return pages.page(
        "observatory/entry_file_preview.html",
        status=status,
        section=entry.section,
        asked=entry.asked,
        month=first_day(entry.asked.month),
        entry_page=entry.path,
        file_page=entry.path + FILE_PAGE,
        action=f"{entry.path}{FILE_PAGE}/{ticket}",
        file=arrived,
        read=read,
        figures=figures,
        seen=_seen(entry, arrived),
        is_changed=status == CONFLICT,
    )
