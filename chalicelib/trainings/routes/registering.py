"""The form by which people are registered, whoever fills it in: a partner who is logged in, or a guest by a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalice import Response

from chalicelib.kernel import ids
from chalicelib.kernel.errors import FieldError, Situation
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.cancelling import terms_of
from chalicelib.trainings.gate import Visitor, check_audience, check_open
from chalicelib.trainings.model import Registration, Session, Structure
from chalicelib.trainings.registering import Applied
from chalicelib.trainings.registration_form import newcomers_in, registration_errors, registration_form
from chalicelib.trainings.statuses import HELD, Status
from chalicelib.trainings.wording import STATUS_WORDS
from chalicelib.web import pages
from chalicelib.web.form_rows import ADD

UNPROCESSABLE, CONFLICT = 422, 409
KEY = "cle"
"""A secret of the page: sent twice, the form registers nobody twice."""
DONE = "fait"
Fields = Mapping[str, list[str]]
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Registrant:
    """Who fills the form in, for which structure, and where the page is; `own` leads to one of their registrations."""

    structure: Structure
    visitor: Visitor
    path: str
    section: str
    own: str = ""


def show(who: Registrant, session: Session, query: Mapping[str, str] | None) -> Response:
    """The form, with who of the structure is registered already. Raises `RegistrationClosed` or `NotAudience`."""
    query = query or {}
    mine = held_by(who.structure, session)
    if not mine:
        check_open(session, stores.now())
        check_audience(session.plan, who.visitor, stores.now())
    answers = {} if mine else _prefilled(who)
    return _page(who, session, answers, mine=mine, is_done=DONE in query, one_more=query.get(ADD, ""))


def submit(who: Registrant, session: Session, fields: Fields) -> Response:
    """Register the people of the form; with mistakes the form again, as it was typed."""
    form = registration_form(session.plan)
    answers, edited = form.parse(fields), form.edited_rows(fields)
    key = (fields.get(KEY) or [""])[0]
    if edited:
        more = edited.field.name if edited.is_added else ""
        return _page(who, session, answers, one_more=more, key=key)
    errors = registration_errors(form, answers, who.structure)
    if errors:
        return _page(who, session, answers, errors=errors, key=key)
    applied = registering.registering_service().register(
        session,
        who.structure,
        who.visitor,
        newcomers_in(answers),
        key if ids.is_secret(key) else ids.new_secret(),
    )
    if any(one.problem for one in applied):
        return _some_were_not_taken(who, session, applied)
    return pages.redirect(f"{who.path}?{DONE}=1")


def held_by(structure: Structure, session: Session) -> list[Registration]:
    """Who of the structure counts on the session, in the order of arrival."""
    found = stores.registrations().list_of_session(session.id)
    return [one for one in found if one.structure.key == structure.key and one.status in HELD]


def _some_were_not_taken(who: Registrant, session: Session, applied: Sequence[Applied]) -> Response:
    return pages.page(
        "trainings/not_taken.html",
        status=CONFLICT,
        section=who.section,
        session=session,
        applied=applied,
        words=STATUS_WORDS,
        path=who.path,
    )


def _page(who: Registrant, session: Session, answers: Mapping[str, Any], **more: Any) -> Response:
    errors: Sequence[FieldError] = more.pop("errors", ())
    key = more.pop("key", "")
    mine: Sequence[Registration] = more.pop("mine") if "mine" in more else held_by(who.structure, session)
    return pages.page(
        "trainings/register.html",
        status=UNPROCESSABLE if errors else 200,
        section=who.section,
        session=session,
        plan=session.plan,
        who=who,
        form=registration_form(session.plan),
        answers=answers,
        errors=errors,
        key=key if ids.is_secret(key) else ids.new_secret(),
        mine=mine,
        ranks=_ranks(mine, session),
        words=STATUS_WORDS,
        terms=terms_of(session.plan, stores.office().training_rules).sentence,
        takes_more=_takes_more(who, session),
        **{"is_done": False, "one_more": "", **more},
    )


def _ranks(mine: Sequence[Registration], session: Session) -> dict[str, int]:
    """The ranks of those who wait, 0 for everybody else; the seats are read where somebody waits only."""
    if all(one.status is not Status.WAITING for one in mine):
        return dict.fromkeys((one.id for one in mine), 0)
    seats = stores.registrations().seats(session.id)
    return {one.id: seats.rank(one.id) for one in mine}


def _takes_more(who: Registrant, session: Session) -> bool:
    try:
        check_open(session, stores.now())
        check_audience(session.plan, who.visitor, stores.now())
    except Situation:
        return False
    return True


def _prefilled(who: Registrant) -> dict[str, Any]:
    """The one who fills the form in, most often the one who comes."""
    first, _, last = who.structure.contact_name.partition(" ")
    return {"participants": [{"first_name": first, "last_name": last}]} if last else {}
