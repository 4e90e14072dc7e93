"""The application for aid, page after page, each kept before it is checked."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.drafts.paging import first_left, next_left, page_of
from chalicelib.kernel import ids
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.office import commune_choice
from chalicelib.office.model import Office
from chalicelib.subsidies import bootstrap
from chalicelib.subsidies.applicants import NoLodgingPartner, Partner, prefilled
from chalicelib.subsidies.application_form import KEPT, all_choices, answers_in, form_errors, subsidy_form
from chalicelib.subsidies.paths import BEGIN, CHECK, DRAFT, OWN_FILE, PAGE, PAUSED
from chalicelib.subsidies.routes import documents
from chalicelib.subsidies.routes.own_drafts import draft_of, sent_from
from chalicelib.web import pages
from chalicelib.web.fields import Section
from chalicelib.web.form_rows import ADD
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

KEY = "cle"
"""A secret of the page that begins a draft: sent twice, it begins one."""
UNPROCESSABLE = 422


@bp.route(BEGIN, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def begin_application(user: User) -> Response:
    """A draft with what the office knows already of the chosen accommodation."""
    fields = form_fields(bp.current_request)
    partner = _lodging(user, fields.get("partenaire", [""])[0])
    key = fields.get(KEY, [""])[0]
    draft_id = ids.id_of(key) if ids.is_secret(key) else ""
    draft = bootstrap.draft_service().begin(prefilled(partner), draft_id=draft_id)
    return pages.redirect(DRAFT.format(draft_id=draft.id))


@bp.route(DRAFT, methods=["GET"])
@view
@partner_only
def show_application(user: User, draft_id: str) -> Response:
    """The first page that is not done yet; a draft that was sent leads to its file."""
    if reference := _sent_meanwhile(user, draft_id):
        return pages.redirect(OWN_FILE.format(reference=reference))
    left = first_left(subsidy_form(), draft_of(user, draft_id))
    return pages.redirect(_page_path(draft_id, left) if left else CHECK.format(draft_id=draft_id))


@bp.route(PAGE, methods=["GET"])
@view
@partner_only
def show_application_page(user: User, draft_id: str, key: str) -> Response:
    """One page of the form with what was typed before."""
    section = page_of(subsidy_form(), key)
    draft = draft_of(user, draft_id)
    if key == documents.SECTION:
        return documents.page(section, draft)
    return _page(section, draft)


@bp.route(PAGE, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def submit_application_page(user: User, draft_id: str, key: str) -> Response:
    """Keep the page first, then say what is to be corrected in it, or go on."""
    section = page_of(subsidy_form(), key)
    fields = form_fields(bp.current_request)
    if reference := _sent_meanwhile(user, draft_id):
        return pages.redirect(OWN_FILE.format(reference=reference))
    known = draft_of(user, draft_id)
    if key == documents.SECTION:
        return documents.submit(section, known, fields)
    return _submitted(section, known, fields)


@bp.route(PAUSED, methods=["GET"])
@view
@partner_only
def show_application_pause(user: User, draft_id: str) -> Response:
    """The draft is kept: where to find it again."""
    draft = draft_of(user, draft_id)
    return pages.page("subsidies/paused.html", section="espace", draft=draft)


def _submitted(section: Section, known: Draft, fields: Mapping[str, list[str]]) -> Response:
    """The page kept, then shown again with what is wrong or was asked for, or the next one."""
    draft = _saved(section, fields, known)
    if "pause" in fields:
        return pages.redirect(PAUSED.format(draft_id=draft.id))
    if edited := subsidy_form().edited_rows(fields):
        return pages.redirect(edited.shown_at(_page_path(draft.id, section.key), answers_in(draft.answers)))
    today = paris_day(bootstrap.now())
    errors = form_errors(draft.answers, bootstrap.office(), today, sections={section.key})
    if [error.field for error in errors] == ["commune"] and _has_new_postcode(draft, known):
        return _page(section, draft)
    return _page(section, draft, errors) if errors else go_on(draft, section)


def go_on(draft: Draft, section: Section) -> Response:
    """Note the page as done, and lead to the next one that is left, or to the check."""
    draft = bootstrap.draft_service().revise(draft, lambda answers: answers, done=section.key)
    left = next_left(subsidy_form(), draft, section)
    return pages.redirect(_page_path(draft.id, left) if left else CHECK.format(draft_id=draft.id))


def _lodging(user: User, partner_id: str) -> Partner:
    """The chosen accommodation of this person, or their only one. Raises `NoLodgingPartner`."""
    mine = [one for one in bootstrap.partners().list_of(user.email) if one.may_apply]
    chosen = [one for one in mine if one.id == partner_id] or (mine if len(mine) == 1 else [])
    if not chosen:
        raise NoLodgingPartner
    return chosen[0]


def _sent_meanwhile(user: User, draft_id: str) -> str:
    try:
        draft_of(user, draft_id)
    except DraftUnknown:
        return sent_from(user, draft_id)
    return ""


def _saved(section: Section, fields: Mapping[str, list[str]], known: Draft) -> Draft:
    office = bootstrap.office()

    def revised(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        typed: dict[str, Any] = dict(subsidy_form().revised(answers_in(answers), fields, section))
        if typed.get("postcode") != answers.get("postcode"):
            typed = commune_choice.settled(typed, office)
        return {**typed, **{name: answers[name] for name in KEPT if name in answers}}

    return bootstrap.draft_service().revise(known, revised)


def _has_new_postcode(draft: Draft, before: Draft) -> bool:
    """Whether the list of communes could not be chosen from yet, for want of the script that fills it."""
    return draft.answers.get("postcode") != before.answers.get("postcode")


def _page(section: Section, draft: Draft, errors: list[FieldError] | tuple[()] = ()) -> Response:
    office: Office = bootstrap.office()
    answers = answers_in(draft.answers)
    return pages.page(
        "subsidies/form_page.html",
        status=UNPROCESSABLE if errors else 200,
        section="espace",
        form=subsidy_form(),
        form_section=section,
        draft=draft,
        answers=answers,
        errors=errors,
        choices=all_choices(answers, office),
        one_more=(bp.current_request.query_params or {}).get(ADD, ""),
        office=office,
        commune_asked=commune_choice.asked(answers, office) if section.key == "hebergement" else "",
    )


def _page_path(draft_id: str, key: str) -> str:
    return PAGE.format(draft_id=draft_id, key=key)
