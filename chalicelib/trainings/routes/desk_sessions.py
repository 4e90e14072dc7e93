"""The sessions as staff see them: lists by stage, and new ones."""

from chalice import Blueprint, Response
from markupsafe import Markup

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel import ids
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.kinds import KIND_WORDS
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import DESK, DESK_PAGE, DESK_SESSION
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.session_filling import prefilled
from chalicelib.trainings.session_form import session_form
from chalicelib.trainings.stages import STAGES, list_in, stage_of
from chalicelib.trainings.standing import places_in_words
from chalicelib.trainings.when import first_day_in_words
from chalicelib.trainings.wording import SESSION_WORDS, StatusWords
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

KEY = "cle"
"""The name of the field that makes a form sent twice one."""
UNTITLED = "Session sans titre"
TAG = Markup('<span class="tag {}">{}</span>')


@bp.route(DESK, methods=["GET"])
@view
@staff_only(*READERS)
def list_sessions(user: User) -> Response:
    """The sessions at one stage, `?etat=brouillons`."""
    office = stores.office()
    if office.trainings is None:
        return pages.page("trainings/none_at_the_desk.html", section="bureau", office=office)
    stage = stage_of((bp.current_request.query_params or {}).get("etat", ""))
    found = list_in(stage, stores.sessions(), stores.now())
    seats = stores.registrations().seats_of([one.id for one in found]) if found else {}
    return pages.page(
        "trainings/sessions.html",
        section="bureau",
        rows=[_row(one, seats[one.id]) for one in found if one.id in seats],
        stages=STAGES,
        chosen=stage,
        new_key=ids.new_secret(),
    )


@bp.route(DESK, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def create_session(user: User) -> Response:
    """Begin a session, once per key of the page, with what the office usually answers."""
    usual = prefilled(stores.office(), user.person_id)
    session = planning.planning_service().create(key_of(form_fields(bp.current_request)), usual, user.name)
    return pages.redirect(first_page_of(session))


@bp.route(DESK_SESSION + "/copie", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def copy_session(user: User, reference: str) -> Response:
    """Begin another session like this one, without its dates, once per key of the page."""
    service, key = planning.planning_service(), key_of(form_fields(bp.current_request))
    copied = service.duplicate(service.get_by_reference(reference), key, user.name)
    return pages.redirect(first_page_of(copied))


def key_of(fields: dict[str, list[str]]) -> str:
    """The key of the page that a form came from, or another one for what is none."""
    key = first_of(fields, KEY)
    return key if ids.is_secret(key) else ids.new_secret()


def first_page_of(session: Session) -> str:
    """The path of the first page of its form."""
    return DESK_PAGE.format(reference=session.reference, key=session_form().sections[0].key)


def _row(session: Session, seats: Seats) -> dict[str, object]:
    """One line of the table of sessions."""
    path = url(DESK_SESSION.format(reference=session.reference))
    return {
        "title": Markup('<a href="{}">{}</a>').format(path, session.plan.title or UNTITLED),
        "first_day": first_day_in_words(session.plan) or "à fixer",
        "kind": KIND_WORDS.get(session.plan.kind, ""),
        "places": places_in_words(session, seats),
        "status": tag(SESSION_WORDS[session.status]),
    }


def tag(words: StatusWords) -> Markup:
    """The tag of a state, for a cell of a table."""
    return TAG.format(words.tone, words.label)
