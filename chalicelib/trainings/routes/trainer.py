"""The trainer's page, by a mailed link: the list of those who come, and who is there. No login, no needs, no phones."""

from chalice import Blueprint, Response

from chalicelib.access.bootstrap import limiter
from chalicelib.kernel import ids
from chalicelib.kernel.clock import iso_minute
from chalicelib.links.bootstrap import link_service, signed_link_service
from chalicelib.links.model import Link
from chalicelib.links.signed import SignedRequest
from chalicelib.links.views import link_sent, link_view
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.trainings.attendance import closes_at
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.link_mails import trainer_mail
from chalicelib.trainings.model import Session, SessionUnknown
from chalicelib.trainings.paths import PRESENCE, TRAINER_PAGE
from chalicelib.trainings.routes import marking
from chalicelib.trainings.routes.marking import HALF_DAY, Door
from chalicelib.web.cookies import set_cookie
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

TRAINER_COOKIE = "trainer"
TRAINER_COOKIE_SECONDS = 86_400
KEY_LENGTH = 16
"""Of the digest of an address: enough to tell one trainer from the next, and short enough for what a link is about."""
LINKS_PER_HOUR, AN_HOUR = 5, 3600


@bp.route(TRAINER_PAGE + "/{token}", methods=["GET"])
@view
@link_view(TRAINER_PAGE)
def show_trainer_list(link: Link, token: str) -> Response:
    """The people of the half-day that is on. This browser may also scan codes, for a day."""
    door = _door(link, token)
    key = SignedRequest(PRESENCE, key_of_trainer(door.session), 0, TRAINER_COOKIE_SECONDS)
    cookie = set_cookie(TRAINER_COOKIE, signed_link_service().token_for(key), TRAINER_COOKIE_SECONDS)
    return marking.show(door, bp.current_request.query_params, cookies=[cookie])


@bp.route(TRAINER_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(TRAINER_PAGE)
def mark_by_trainer(link: Link, token: str) -> Response:
    """Mark somebody present, absent or excused."""
    return marking.mark(_door(link, token), form_fields(bp.current_request))


@bp.route(TRAINER_PAGE + "/{token}/feuille", methods=["GET"])
@view
@link_view(TRAINER_PAGE)
def print_trainer_sheet(link: Link, token: str) -> Response:
    """The sheet to sign of a half-day, as PDF."""
    query = bp.current_request.query_params or {}
    return marking.sheet(_door(link, token), query.get(HALF_DAY, ""))


@bp.route(TRAINER_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_trainer_link(token: str) -> Response:
    """Mail the trainer a fresh link in place of an expired one, until the attendance closes."""
    link = link_service().recognise(token, TRAINER_PAGE)
    session = _session_of(link)
    if is_pending := may_have_link(session):
        mail_link(session)
    return link_sent("formations", is_pending=is_pending)


def may_have_link(session: Session) -> bool:
    """Whether the session names the address of a trainer, whose page may still be of use."""
    is_known = session.is_open and bool(session.plan.trainer.email)
    return is_known and stores.now() < closes_at(session.plan, stores.office().training_rules)


def mail_link(session: Session) -> None:
    """Mail the trainer a fresh link; a few within an hour, then nothing is sent."""
    now = stores.now()
    if limiter().allow("trainer-link", session.id, LINKS_PER_HOUR, AN_HOUR):
        mail_desk().enqueue(trainer_mail(session, stores.office(), now, f"trainer-again-{iso_minute(now)}"))


def key_of_trainer(session: Session) -> str:
    """What the cookie of a trainer is about: this session, while it names their address."""
    return f"{session.id}-{ids.digest(session.plan.trainer.email)[:KEY_LENGTH]}"


def _door(link: Link, token: str) -> Door:
    session = _session_of(link)
    return Door(session, f"{TRAINER_PAGE}/{token}", "formations", session.plan.trainer.name)


def _session_of(link: Link) -> Session:
    """The session, while it names the address that the link was mailed to. Raises `SessionUnknown`."""
    session = planning.planning_service().get(link.subject)
    if not link.holder or session.plan.trainer.email != link.holder:
        raise SessionUnknown
    return session
