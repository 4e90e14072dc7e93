"""The ways between the pages of a session at the desk, and its form as it stands today."""

from collections.abc import Mapping
from typing import Any

from chalice import Response

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import DESK_CHECK, DESK_PAGE, DESK_SESSION
from chalicelib.trainings.planning import dated_from
from chalicelib.trainings.session_filling import Filling
from chalicelib.trainings.session_form import session_form
from chalicelib.web import pages


def to_session(session: Session, done: str = "") -> Response:
    """303 to its page, which says what was `done` where there is something to say."""
    path = DESK_SESSION.format(reference=session.reference)
    return pages.redirect(f"{path}?fait={done}" if done else path)


def to_next(session: Session, left: str | None) -> Response:
    """303 to the page of its form that is left, or to all of it."""
    return pages.redirect(
        page_path(session, left) if left else DESK_CHECK.format(reference=session.reference)
    )


def page_path(session: Session, key: str) -> str:
    """The path of one page of its form."""
    return DESK_PAGE.format(reference=session.reference, key=key)


def page_of_error(error: FieldError) -> str:
    """The key of the page on which a mistake is mended."""
    return session_form().section_key(error.field)


def filling_of(session: Session, answers: Mapping[str, Any]) -> Filling:
    """The form of a session with these answers, under the office file of now."""
    return Filling(answers, stores.office(), dated_from(session, paris_day(stores.now())))
