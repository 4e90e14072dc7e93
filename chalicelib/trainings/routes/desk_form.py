"""The form of a session page by page: a draft keeps what is typed, a published session is changed at once."""

from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.drafts.paging import next_left, page_of
from chalicelib.kernel.errors import ChangedMeanwhile, FieldError, InvalidAnswers
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.gate import has_begun
from chalicelib.trainings.model import OutOfStep, Session
from chalicelib.trainings.paths import DESK_PAGE
from chalicelib.trainings.planning import SeatsUnderTaken
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.desk_ways import filling_of, page_of_error, page_path, to_next, to_session
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.session_filling import Filling
from chalicelib.trainings.session_form import choices_of, session_form
from chalicelib.trainings.statuses import SessionStatus
from chalicelib.web import pages
from chalicelib.web.fields import Answers, Section
from chalicelib.web.form_rows import ADD
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
CHOICE, GIVE_UP, GO_BACK = "places_prises", "rendre", "revenir"
"""What becomes of seats that are taken when the office wants fewer."""
Errors = list[FieldError] | tuple[()]
Fields = Mapping[str, list[str]]


@bp.route(DESK_PAGE, methods=["GET"])
@view
@staff_only(*READERS)
def show_session_page(user: User, reference: str, key: str) -> Response:
    """One page of the form, with what was typed before and what is wrong with that; `?ajouter=` adds a row."""
    session, section = _session(reference), page_of(session_form(), key)
    if not _is_editable(session):
        return to_session(session)
    one_more = (bp.current_request.query_params or {}).get(ADD, "")
    filling = filling_of(session, session.answers)
    return _page(session, section, filling, filling.mistyped_on(key), status=200, one_more=one_more)


@bp.route(DESK_PAGE, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_session_page(user: User, reference: str, key: str) -> Response:
    """Keep a page of a draft whatever it holds; change a published session at once, if nothing is wrong with it."""
    try:
        return _submit(user, reference, key)
    except ChangedMeanwhile:
        # Somebody registered at that moment, or saved another page: what this page says is said once more.
        return _submit(user, reference, key)


def _submit(user: User, reference: str, key: str) -> Response:
    session, section = _session(reference), page_of(session_form(), key)
    if not _is_editable(session):
        raise OutOfStep
    fields = form_fields(bp.current_request)
    typed = session_form().revised(dict(session.answers), fields, section)
    if session.is_open:
        return _submit_published(user, session, section, typed, fields)
    return _submit_draft(user, session, section, typed, fields)


def _submit_draft(user: User, session: Session, section: Section, typed: Answers, fields: Fields) -> Response:
    saved = planning.planning_service().edit(session, typed, user.name)
    if "pause" in fields:
        return to_session(saved)
    if edited := session_form().edited_rows(fields):
        return pages.redirect(edited.shown_at(page_path(saved, section.key), saved.answers))
    filling = filling_of(saved, saved.answers)
    if errors := filling.mistakes_on(section.key):
        return _page(saved, section, filling, errors)
    return to_next(saved, next_left(session_form(), filling, section))


def _submit_published(
    user: User, session: Session, section: Section, typed: Answers, fields: Fields
) -> Response:
    filling = filling_of(session, typed)
    if edited := session_form().edited_rows(fields):
        return _page(
            session, section, filling, status=200, one_more=edited.field.name if edited.is_added else ""
        )
    try:
        changed = _edit(user, session, typed, first_of(fields, CHOICE))
    except InvalidAnswers as invalid:
        return _page(session, section, filling, list(invalid.errors))
    except SeatsUnderTaken as under:
        return _page(session, section, filling, [FieldError(CHOICE, str(under))], held=under.held)
    is_proposed = bool(changed.proposed) and changed.proposed != session.proposed
    return to_session(session, "proposee" if is_proposed else "modifiee")


def _edit(user: User, session: Session, typed: Answers, chosen: str) -> Session:
    """Change a published session. Raises `SeatsUnderTaken` until somebody has chosen what becomes of the seats."""
    is_as_before = typed.get("seats") == session.answers.get("seats")
    try:
        return planning.planning_service().edit(
            session, typed, user.name, shrink=is_as_before or chosen == GIVE_UP, roles=user.roles
        )
    except SeatsUnderTaken as under:
        if chosen != GO_BACK:
            raise
        kept = {**typed, "seats": under.held}
        return planning.planning_service().edit(session, kept, user.name, roles=user.roles)


def _page(
    session: Session, section: Section, filling: Filling, errors: Errors = (), *,
    status: int = UNPROCESSABLE, one_more: str = "", held: int = 0,
) -> Response:  # fmt: skip
    """The page with its mistakes; those of other pages, which forbid to change a published session, lead there."""
    here = [error for error in errors if error.field == CHOICE or page_of_error(error) == section.key]
    return pages.page(
        "trainings/session_page.html",
        status=status,
        section="bureau",
        session=session,
        form=session_form(),
        form_section=section,
        answers=filling.answers,
        done=filling.done,
        errors=here,
        elsewhere=[(error, page_of_error(error)) for error in errors if error not in here],
        choices=choices_of(filling.office),
        one_more=one_more,
        held=held,
        seats=_seats(session) if session.is_open else None,
        has_begun=has_begun(session, stores.now()),
    )


def _is_editable(session: Session) -> bool:
    return session.status is SessionStatus.DRAFT or session.is_open


def _session(reference: str) -> Session:
    return planning.planning_service().get_by_reference(reference)


def _seats(session: Session) -> Seats:
    return stores.registrations().seats(session.id)
