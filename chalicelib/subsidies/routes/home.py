"""The public page of the aid: what it is, whether it is for me, what is left, what to prepare."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint, Response

from chalicelib.access.guard import current_user
from chalicelib.kernel import ids
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.office.model import Office
from chalicelib.subsidies.applicants import Partner
from chalicelib.subsidies.bootstrap import overview, stores
from chalicelib.subsidies.checking import check_form, quick_verdicts, scheme_of
from chalicelib.subsidies.eligibility import REFERENCE_CATEGORY
from chalicelib.subsidies.paths import HOME
from chalicelib.subsidies.scheme_words import scheme_rows
from chalicelib.web import pages
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
TONES = {"ok": "success", "warning": "waiting", "blocking": "stopped"}


@bp.route(HOME, methods=["GET"])
@view
def show_subsidies() -> Response:
    """The schemes, the check of a few questions (`?category=...`), what is left of the year, the documents."""
    office = stores.office()
    if office.subsidies is None:
        return pages.page("subsidies/none.html", section="subventions", office=office)
    answers, errors = _asked()
    today = paris_day(stores.now())
    checked = bool(answers) and not errors
    return pages.page(
        "subsidies/home.html",
        status=UNPROCESSABLE if errors else 200,
        section="subventions",
        office=office,
        schemes=[(one, scheme_rows(one)) for one in office.subsidies.schemes if one.period.includes(today)],
        envelope=overview.envelope_of(today.year),
        waiting=stores.money().queue().waiting,
        form=check_form(),
        answers=answers,
        errors=errors,
        verdicts=quick_verdicts(answers, office.subsidies, today) if checked else (),
        is_reference=answers.get("category") == REFERENCE_CATEGORY,
        has_reference_scheme=scheme_of(REFERENCE_CATEGORY, office.subsidies, today) is not None,
        tones=TONES,
        **_applicant(office),
    )


def _asked() -> tuple[dict[str, Any], list[FieldError]]:
    """The answers to the questions, if any were sent."""
    query: Mapping[str, str] = bp.current_request.query_params or {}
    answers = check_form().parse({name: [value] for name, value in query.items()})
    return answers, check_form().errors(answers) if query else []


def _applicant(office: Office) -> dict[str, Any]:
    """Who looks at the page, and what they can begin or take up again."""
    user = current_user()
    if user is None:
        return {"lodgings": [], "drafts": [], "is_known": False}
    lodgings: list[Partner] = [one for one in stores.partners().list_of(user.email) if one.may_apply]
    drafts = stores.drafts().list_by_holder(user.email) if lodgings else []
    keyed = [(lodging, ids.new_secret()) for lodging in lodgings]
    return {"lodgings": keyed, "drafts": drafts, "is_known": True}
