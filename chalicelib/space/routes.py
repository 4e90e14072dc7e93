"""The partner's front page: the partnership, the aids, and what was begun and not sent."""

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.partners import in_the_space as partners
from chalicelib.subsidies import in_the_space as subsidies
from chalicelib.web import pages
from chalicelib.web.views import view

bp = Blueprint(__name__)

SPACE = "/espace"


@bp.route(SPACE, methods=["GET"])
@view
@partner_only
def show_space(user: User) -> Response:
    """All that is mine, what waits for me first; the only file at once when there is nothing else."""
    cards = [*subsidies.cards_of(user.email), *partners.cards_of(user.email)]
    if len(cards) == 1 and not cards[0].is_draft:
        return pages.redirect(cards[0].path)
    return pages.page(
        "space/space.html",
        section="espace",
        cards=sorted(cards, key=lambda card: not card.is_mine_to_do),
        may_ask=subsidies.may_ask(user.email),
    )
