"""The staff's front page: what waits for me, what waits for others, and the mails that did not leave."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.decisions.model import Decision, Visitor, may_answer, may_read
from chalicelib.desk.mails import refusing_row, result_of, trouble_row
from chalicelib.kernel.clock import utc_now
from chalicelib.mail.bootstrap import refusal_desk, troubled_mails
from chalicelib.observatory import at_the_desk as observatory
from chalicelib.partners import at_the_desk as partners
from chalicelib.subsidies import at_the_desk as subsidies
from chalicelib.trainings import at_the_desk as trainings
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)

DESK = "/bureau"
MAIL = "/bureau/mails/{key}"
ADDRESS = "/bureau/adresses/{key}"
MOST_MAILS = 10
"""A page stays light on a day when no mail leaves: the next ones come up as these are seen to."""


@bp.route(DESK, methods=["GET"])
@view
@staff_only()
def show_desk(user: User) -> Response:
    """What waits for me, oldest first; then what waits for others; then what went wrong.

    `?mail=<key>` also says what became of that mail, `?adresse=<key>` by whom that address was restored.
    """
    query = bp.current_request.query_params or {}
    visitor = Visitor(user.name, user.email, "desk", user.roles)
    pending = [one for one in decision_repository().list_pending() if one.question.role]
    waiting = [one for one in pending if may_read(one, visitor)]
    mine = [one for one in waiting if may_answer(one, visitor)]
    handled, address = query.get("mail", ""), query.get("adresse", "")
    result = result_of(troubled_mails().get(handled)) if handled else None
    restored = refusal_desk().find_restored(address) if address else None
    # The lists may be a moment behind the mail or the address that was just seen to.
    troubled = [one for one in troubled_mails().list_waiting() if not (result and one.key == handled)]
    return pages.page(
        "desk/desk.html",
        section="bureau",
        mine=_rows(mine),
        others=_rows([one for one in waiting if one not in mine]),
        overdue=partners.overdue_files(),
        overdue_aids=subsidies.overdue_files(),
        payments_to_order=subsidies.payments_to_order(user.roles),
        sessions=trainings.sessions_for(user.roles, user.person_id),
        late_figures=observatory.late_figures(user.roles),
        late_reports=observatory.late_reports(user.roles),
        result=result,
        troubled=[trouble_row(mail) for mail in troubled[:MOST_MAILS]],
        more_troubled=len(troubled[MOST_MAILS:]),
        restored=restored,
        refusing=[
            refusing_row(one, withheld)
            for one, withheld in refusal_desk().list_withheld()
            if not (restored and one.key == address)
        ],
    )


@bp.route(MAIL + "/renvoi", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only()
def send_mail_again(user: User, key: str) -> Response:
    """Let a mail that did not leave go once more; the desk says what became of it."""
    troubled_mails().send_again(key, user.name)
    return pages.redirect(f"{DESK}?mail={key}")


@bp.route(MAIL + "/classement", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only()
def settle_mail(user: User, key: str) -> Response:
    """Close a mail that did not leave; the desk says what became of it."""
    troubled_mails().settle(key, user.name)
    return pages.redirect(f"{DESK}?mail={key}")


@bp.route(ADDRESS + "/retablissement", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only()
def restore_address(user: User, key: str) -> Response:
    """Let mails go to an address again that refused them; the desk says so."""
    refusal_desk().restore(key, user.name)
    return pages.redirect(f"{DESK}?adresse={key}")


def _rows(decisions: list[Decision]) -> list[dict[str, object]]:
    now = utc_now()
    return [
        {"decision": one, "days": (now - one.asked_at).days, "is_late": now >= one.expires_at}
        for one in sorted(decisions, key=lambda one: one.asked_at)
    ]
