"""The page of a form where documents are joined: shown, looked at when they have arrived, taken away, opened."""

from chalice import Response

from chalicelib.kernel.errors import FieldError
from chalicelib.subsidies.routes.flow import Flow
from chalicelib.uploads.bootstrap import receiving_service, upload_service
from chalicelib.uploads.model import UploadUnknown
from chalicelib.uploads.slots import DocumentAsked, Paths, Slot, slots, still_due
from chalicelib.web import pages
from chalicelib.web.fields import Section

UNPROCESSABLE = 422
ADD_FILE = "ajouter"
"""The name in the query of the document that another file is added to."""


def show(flow: Flow, section: Section, adding: str = "") -> Response:
    """The documents that are asked for, each with what was sent and the way to send it."""
    return _page(flow, section, _slots(flow, adding))


def what_is_missing(flow: Flow, section: Section) -> Response | None:
    """The same page with what is missing, or None when nothing is."""
    shown = _slots(flow)
    errors = still_due(shown)
    return _page(flow, section, shown, errors) if errors else None


def look_at_arrivals(flow: Flow) -> Response:
    """Take in what has arrived and was not looked at yet, then show the page."""
    receive(flow)
    return pages.redirect(flow.documents_path)


def receive(flow: Flow) -> None:
    """Take in what has arrived and was not looked at yet."""
    receiving_service().receive_waiting(flow.owner)


def link_to(flow: Flow, upload_id: str) -> Response:
    """A document that was joined, by a link that lives minutes. Raises `UploadUnknown`."""
    return pages.lead_to_file(upload_service().download_url_of(flow.owner, upload_id))


def remove(flow: Flow, upload_id: str) -> Response:
    """Take a document of this form away again, or a refused one; one that is gone stays gone.

    Raises `UploadUnknown` for one that belongs to another form.
    """
    found = upload_service().find(flow.owner, upload_id)
    if found and found.kind not in {one.kind for one in flow.asked}:
        raise UploadUnknown
    upload_service().remove(flow.owner, upload_id)
    return pages.redirect(flow.documents_path)


def _slots(flow: Flow, adding: str = "") -> list[Slot]:
    service, owner, here = upload_service(), flow.owner, flow.documents_path
    asked = [DocumentAsked(one.kind, one.name, one.hint, one.required) for one in flow.asked]
    pieces = f"{flow.base}/pieces"
    listed, waiting = service.standing(owner)
    paths = Paths(
        remove=lambda upload_id: f"{pieces}/{upload_id}/retrait",
        add=lambda kind: f"{here}?{ADD_FILE}={kind}",
        check=pieces,
    )
    return slots(
        asked,
        listed,
        lambda kind: service.ticket(owner, kind, here),
        paths,
        waiting=waiting,
        adding=adding,
    )


def _page(
    flow: Flow, section: Section, shown: list[Slot], errors: list[FieldError] | tuple[()] = ()
) -> Response:
    return pages.page(
        "subsidies/documents.html",
        status=UNPROCESSABLE if errors else 200,
        section="espace",
        flow=flow,
        form_section=section,
        errors=errors,
        slots=shown,
    )
