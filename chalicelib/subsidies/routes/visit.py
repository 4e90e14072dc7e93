"""The applicant tells how the classification goes on: the visit was ordered, or made."""

from datetime import date

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.subsidies.bootstrap import awarding, paying, stores
from chalicelib.subsidies.paths import OWN_FILE, VISIT
from chalicelib.subsidies.routes.own import own_page
from chalicelib.subsidies.statuses import Event
from chalicelib.web import formats, pages
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

TOLD = {"commandee": Event.VISIT_ORDERED, "faite": Event.VISIT_MADE}


@bp.route(VISIT, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def tell_visit(user: User, reference: str) -> Response:
    """Note the day on which the visit was ordered, or made."""
    subsidy = awarding.subsidy_service().get_for(reference, user.email)
    fields = form_fields(bp.current_request)
    told, typed = (fields.get(name, [""])[0] for name in ("etape", "jour"))
    error = _mistake(told, typed)
    if error:
        return own_page(subsidy, [error])
    day = date.fromisoformat(formats.normalise("date", typed))
    paying.payment_service().tell_visit(subsidy, TOLD[told], day)
    return pages.redirect(OWN_FILE.format(reference=reference))


def _mistake(told: str, typed: str) -> FieldError | None:
    if told not in TOLD:
        return FieldError("etape", "Dites si la visite est commandée ou faite.")
    sentence = formats.explain("date", typed) if typed else "Indiquez la date, par exemple 05/04/2027."
    if sentence:
        return FieldError("jour", sentence)
    if date.fromisoformat(formats.normalise("date", typed)) > paris_day(stores.now()):
        return FieldError("jour", "Cette date est dans le futur\u00a0: indiquez-la une fois le jour venu.")
    return None
