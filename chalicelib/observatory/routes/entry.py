"""The form of a monthly return, behind its mailed link: no login is needed."""

from chalice import Blueprint, Response

from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.observatory import bootstrap, entry_form
from chalicelib.observatory.model import MonthlyReturn, ReturnUnknown
from chalicelib.observatory.months import first_day
from chalicelib.observatory.paths import ENTRY_PAGE
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
THANKS = "merci"


@bp.route(ENTRY_PAGE + "/{token}", methods=["GET"])
@view
@link_view(ENTRY_PAGE)
def show_entry(link: Link, token: str) -> Response:
    """The form, filled in with what is known; nothing is written."""
    asked = _of_holder(link)
    is_done = THANKS in (bp.current_request.query_params or {})
    return _page(asked, token, answers=entry_form.answers_of(asked), is_done=is_done)


@bp.route(ENTRY_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(ENTRY_PAGE)
def submit_entry(link: Link, token: str) -> Response:
    """Take the figures, or show what is wrong with them."""
    asked = _of_holder(link)
    answers = entry_form.entry_form(asked).parse(form_fields(bp.current_request))
    if errors := entry_form.errors(asked, answers):
        return _page(asked, token, answers=answers, errors=errors, status=UNPROCESSABLE)
    sold, origins = entry_form.sold_from(answers, asked.month), entry_form.origins_from(answers)
    bootstrap.gathering().give(asked, sold, origins, asked.establishment.name)
    return pages.redirect(f"{ENTRY_PAGE}/{token}?{THANKS}=1")


@bp.route(ENTRY_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_entry_link(token: str) -> Response:
    """No fresh link once the month is closed: its link lasts as long as the month takes figures."""
    link_service().recognise(token, ENTRY_PAGE)
    return link_sent("observatoire", is_pending=False)


def _of_holder(link: Link) -> MonthlyReturn:
    """The return, while its establishment has the address that the link was mailed to. Raises `ReturnUnknown`."""
    month, commune, establishment_id = link.subject.split("#")
    asked = bootstrap.gathering().get(month, commune, establishment_id)
    if asked.establishment.email.lower() != link.holder.lower():
        raise ReturnUnknown
    return asked


def _page(asked: MonthlyReturn, token: str, **more: object) -> Response:
    shown: dict[str, object] = {"errors": (), "status": 200, "is_done": False, **more}
    return pages.page(
        "observatory/entry.html",
        section="observatoire",
        asked=asked,
        month=first_day(asked.month),
        form=entry_form.entry_form(asked),
        action=f"{ENTRY_PAGE}/{token}",
        **shown,  # type: ignore[arg-type]
    )
