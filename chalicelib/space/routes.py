"""The partner's front page: partnership, figures, aids, trainings, what was begun and not sent; all of it to keep."""

import json

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.observatory import in_the_space as observatory
from chalicelib.partners import in_the_space as partners
from chalicelib.subsidies import in_the_space as subsidies
from chalicelib.trainings import in_the_space as trainings
from chalicelib.web import pages
from chalicelib.web.views import view

bp = Blueprint(__name__)

SPACE = "/espace"
DATA = "/espace/donnees"
JSON = "application/json; charset=utf-8"


@bp.route(SPACE, methods=["GET"])
@view
@partner_only
def show_space(user: User) -> Response:
    """All that is mine, what waits for me first; the only file at once when there is nothing else."""
    cards = [
        *observatory.cards_of(user.email),
        *trainings.cards_of(user.email),
        *subsidies.cards_of(user.email),
        *partners.cards_of(user.email),
    ]
    if len(cards) == 1 and not cards[0].is_draft:
        return pages.redirect(cards[0].path)
    return pages.page(
        "space/space.html",
        section="espace",
        cards=sorted(cards, key=lambda card: not card.is_mine_to_do),
        may_ask=subsidies.may_ask(user.email),
        has_trainings=trainings.has_trainings(),
    )


@bp.route(DATA, methods=["GET"])
@view
@partner_only
def download_own_data(user: User) -> Response:
    """All that is mine as JSON, to keep or to take elsewhere."""
    rooms = (partners, subsidies, trainings, observatory)
    mine = {"email": user.email} | {
        name: each for room in rooms for name, each in room.data_of(user.email).items()
    }
    body = json.dumps(mine, ensure_ascii=False, indent=2)
    headers = {"Content-Type": JSON, "Content-Disposition": 'attachment; filename="mes-donnees.json"'}
    return Response(body, headers={**headers, "Cache-Control": "no-store"})
