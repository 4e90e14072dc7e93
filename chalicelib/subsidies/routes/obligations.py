"""What staff do about the obligations of an award: give more time, note who left, note what came back."""

from dataclasses import dataclass

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.subsidies.bootstrap import awarding, paying, promises, stores
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.obligations import LeftBeforePayment, NothingToRepay, Obligations, obligations_of
from chalicelib.subsidies.paths import FILE
from chalicelib.subsidies.routes.days import mistake_in_past_day, past_day
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
PROLONG = LEAVE = ("director", "quality_officer")
REPAY = ("director", "accounting")
REASON, DAY, STATEMENT = "motif-prolongation", "jour-depart", "releve-remboursement"
NO_REASON = "Indiquez pourquoi le délai est prolongé\u00a0: le bénéficiaire le lira."
NO_STATEMENT = "Indiquez la référence du relevé bancaire\u00a0: elle prouve le remboursement."
NO_DAY = "Indiquez la date du départ, par exemple 05/04/2027."
FUTURE_DAY = "Cette date est dans le futur\u00a0: notez le départ une fois le jour venu."
CONFIRMED, YES = "confirme", "oui"


@dataclass(frozen=True)
class Shown:
    """The obligations of a file, and which of the buttons are this person's."""

    open: Obligations
    may_prolong: bool
    may_leave: bool
    may_repay: bool


def shown_to(user: User, subsidy: Subsidy) -> Shown:
    """What `subsidies/obligations.html` shows of a file."""
    scheme = stores.office_of(subsidy).aid.scheme(subsidy.scheme_id)
    return Shown(
        obligations_of(subsidy, scheme, paris_day(stores.now())),
        may_prolong=bool(user.roles.intersection(PROLONG)),
        may_leave=bool(user.roles.intersection(LEAVE)),
        may_repay=bool(user.roles.intersection(REPAY)),
    )


@bp.route(FILE + "/prolongation", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*PROLONG)
def prolong_award(user: User, reference: str) -> Response:
    """Give more time, once, with a reason."""
    subsidy, reason = awarding.subsidy_service().get_by_reference(reference), _typed(REASON)
    if not reason:
        return _again(user, subsidy, FieldError(REASON, NO_REASON))
    paying.payment_service().prolong(subsidy, user.name, reason)
    return pages.redirect(FILE.format(reference=reference))


@bp.route(FILE + "/depart", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*LEAVE)
def note_departure(user: User, reference: str) -> Response:
    """Note the day on which a partner left, once the amount that follows from it was shown and confirmed."""
    subsidy, typed = awarding.subsidy_service().get_by_reference(reference), _typed(DAY)
    if sentence := mistake_in_past_day(typed, NO_DAY, FUTURE_DAY):
        return _again(user, subsidy, FieldError(DAY, sentence))
    day = past_day(typed)
    try:
        owed = promises.obligations().to_repay(subsidy, day)
    except (LeftBeforePayment, NothingToRepay) as refusal:
        return _again(user, subsidy, FieldError(DAY, str(refusal)))
    if _typed(CONFIRMED) != YES:
        return pages.page(
            "subsidies/departure.html", section="bureau", subsidy=subsidy, day=day, typed=typed, owed=owed
        )
    promises.obligations().leave(subsidy, user.name, day)
    return pages.redirect(FILE.format(reference=reference))


@bp.route(FILE + "/remboursement", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*REPAY)
def note_repayment(user: User, reference: str) -> Response:
    """Note what came back, with the reference of the statement."""
    subsidy, statement = awarding.subsidy_service().get_by_reference(reference), _typed(STATEMENT)
    if not statement:
        return _again(user, subsidy, FieldError(STATEMENT, NO_STATEMENT))
    promises.obligations().note_repayment(subsidy, user.name, statement)
    return pages.redirect(FILE.format(reference=reference))


def _again(user: User, subsidy: Subsidy, error: FieldError) -> Response:
    """The forms once more, with what is wrong and what was typed."""
    return pages.page(
        "subsidies/obligations_page.html",
        status=UNPROCESSABLE,
        section="bureau",
        subsidy=subsidy,
        shown=shown_to(user, subsidy),
        typed={error.field: _typed(error.field)},
        errors=[error],
    )


def _typed(name: str) -> str:
    return first_of(form_fields(bp.current_request), name).strip()
