"""The applicant tells how the classification goes on: the visit was ordered, or made."""

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.kernel.errors import FieldError
from chalicelib.subsidies.bootstrap import awarding, paying
from chalicelib.subsidies.paths import OWN_FILE, VISIT
from chalicelib.subsidies.routes.days import mistake_in_past_day, past_day
from chalicelib.subsidies.routes.own import VISITS, own_page
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

NO_DAY = "Indiquez la date, par exemple 05/04/2027."
FUTURE_DAY = "Cette date est dans le futur\u00a0: indiquez-la une fois le jour venu."


@bp.route(VISIT, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def tell_visit(user: User, reference: str) -> Response:
    """Note the day on which the visit was ordered, or made."""
    subsidy = awarding.subsidy_service().get_for(reference, user.email)
    fields = form_fields(bp.current_request)
    told, typed = (first_of(fields, name) for name in ("etape", "jour"))
    error = _mistake(told, typed)
    if error:
        return own_page(subsidy, [error], {"etape": told, "jour": typed})
    paying.payment_service().tell_visit(subsidy, VISITS[told][0], past_day(typed))
    return pages.redirect(OWN_FILE.format(reference=reference))


def _mistake(told: str, typed: str) -> FieldError | None:
    if told not in VISITS:
        return FieldError("etape", "Dites si la visite est commandée ou faite.")
    sentence = mistake_in_past_day(typed, NO_DAY, FUTURE_DAY)
    return FieldError("jour", sentence) if sentence else None
