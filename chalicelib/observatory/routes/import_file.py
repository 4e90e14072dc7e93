"""One file of a provider: asked for, shown as it was understood, kept as far as one answer has time for."""

from dataclasses import dataclass
from time import monotonic

from chalice import Response

from chalicelib.kernel import ids
from chalicelib.kernel.french import french_month
from chalicelib.observatory import bootstrap
from chalicelib.observatory.figure_files import read_in_time, slot_for
from chalicelib.observatory.importing import Plan, ProviderSource, Verdict
from chalicelib.observatory.months import first_day
from chalicelib.observatory.paths import IMPORTS
from chalicelib.observatory.reading.entries import titles_in
from chalicelib.observatory.reading.headers import LABELS
from chalicelib.observatory.reading.refusals import MOST_BYTES, FileRefused, Refusal
from chalicelib.observatory.reading.tables import table_of
from chalicelib.observatory.routes.import_sources import Fields
from chalicelib.uploads.bootstrap import passing_service
from chalicelib.uploads.passing import Arrived
from chalicelib.web import pages
from chalicelib.web.requests import first_of
from chalicelib.web.spreadsheet import CSV, csv_text

CONFLICT = 409
SEEN, REPLACES, KEPT = "vu", "remplacer", "enregistres"
"""The content that the page showed; whether what establishments said is replaced; in the query, how many were kept."""
KEEPING_SECONDS = 18.0
"""The site has half a minute for an answer, reading the file included."""
MOST_SHOWN = 20
MOST_TITLES = 40
GONE = "Ce fichier n’est pas arrivé, ou n’est plus là\u00a0: envoyez-le à nouveau."


@dataclass(frozen=True)
class Sent:
    """A file with what is in it."""

    source: ProviderSource
    ticket: str
    arrived: Arrived
    content: bytes

    @property
    def path(self) -> str:
        """Its page."""
        return f"{IMPORTS}/{self.source.id}/{self.ticket}"


def ask(source: ProviderSource, error: str = "", name: str = "", kept: int | None = None) -> Response:
    """The page that sends a file; `kept` says how many months were kept of the last one."""
    page = f"{IMPORTS}/{source.id}"
    ticket = passing_service().ticket(_owner(source), page, MOST_BYTES)
    return pages.page(
        "observatory/import_file.html",
        section="bureau",
        source=source,
        imports=IMPORTS,
        slots=[slot_for(ticket, MOST_BYTES, error, name)],
        error=error,
        kept=kept,
    )


def show(source: ProviderSource, ticket: str) -> Response:
    """What would be kept, or the columns to be named."""
    sent = _sent(source, ticket)
    return _shown(sent) if sent else ask(source, GONE)


def confirm(source: ProviderSource, ticket: str, fields: Fields, who: str) -> Response:
    """Keep what the page showed. Sent again, it goes on where it stopped; what is kept is kept no second time."""
    begun, sent = monotonic(), _sent(source, ticket)
    if sent is None:
        return pages.redirect(f"{IMPORTS}/{source.id}?{KEPT}=0")
    if first_of(fields, SEEN) != sent.arrived.etag:
        return _shown(sent, CONFLICT)
    try:
        plan = _plan(sent)
    except FileRefused:
        return _shown(sent)
    kept = bootstrap.importing().keep(
        plan,
        f"{who} ({source.name})",
        replaces=bool(first_of(fields, REPLACES)),
        goes_on=lambda: monotonic() - begun < KEEPING_SECONDS,
    )
    if kept.left or kept.changed:
        return pages.redirect(f"{sent.path}?{KEPT}={kept.now}")
    passing_service().erase(_owner(source), ticket)
    return pages.redirect(f"{IMPORTS}/{source.id}?{KEPT}={kept.now + len(plan.of(Verdict.SAME))}")


def problems_of(source: ProviderSource, ticket: str) -> Response:
    """All problems as a table."""
    sent = _sent(source, ticket)
    if sent is None:
        return ask(source, GONE)
    try:
        plan = _plan(sent)
    except FileRefused:
        return _shown(sent)
    told = sorted([*plan.problems, *plan.refused_lines], key=lambda one: one.line)
    rows = [(one.line or "", one.who, one.sentence) for one in told]
    return pages.download(csv_text(["Ligne", "Établissement", "À corriger"], rows), CSV, "erreurs.csv")


def _sent(source: ProviderSource, ticket: str) -> Sent | None:
    arrived = passing_service().find(_owner(source), ticket)
    content = passing_service().content(arrived) if arrived else None
    return Sent(source, ticket, arrived, content) if arrived and content is not None else None


def _plan(sent: Sent) -> Plan:
    return bootstrap.importing().plan(read_in_time(sent.content, sent.source.columns))


def _shown(sent: Sent, status: int = 200) -> Response:
    try:
        plan = _plan(sent)
    except FileRefused as refused:
        if refused.why is not Refusal.NO_HEADER:
            return ask(sent.source, str(refused), sent.arrived.name)
        return _page(sent, None, str(refused), status)
    return _page(sent, plan, "", status)


def _page(sent: Sent, plan: Plan | None, error: str, status: int) -> Response:
    return pages.page(
        "observatory/import_preview.html",
        status=status,
        section="bureau",
        imports=IMPORTS,
        sent=sent,
        plan=plan,
        error=error,
        verdicts=Verdict,
        month_name=lambda month: french_month(first_day(month)),
        labels=LABELS,
        titles=titles_in(table_of(sent.content))[:MOST_TITLES],
        chosen=plan.reading.columns.titles if plan else sent.source.columns,
        most=MOST_SHOWN,
        is_changed=status == CONFLICT,
    )


def _owner(source: ProviderSource) -> str:
    return ids.id_of(f"import\n{source.id}")
