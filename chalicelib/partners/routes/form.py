"""The membership form: what the office offers, then page after page, each kept before it is checked."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint, Response

from chalicelib.drafts import asking_again
from chalicelib.drafts.model import Draft
from chalicelib.drafts.paging import first_left, next_left, page_of
from chalicelib.kernel import ids
from chalicelib.kernel.errors import FieldError
from chalicelib.office import commune_choice
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.choices import all_choices
from chalicelib.partners.intake import form_errors
from chalicelib.partners.paths import CHECK, HOME, PAGES, PAUSED, SENT
from chalicelib.partners.routes.draft_cookie import DRAFT_COOKIE
from chalicelib.partners.routes.trap import HONEYPOT, is_caught
from chalicelib.web import pages
from chalicelib.web.fields import Section
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

KEY = "cle"
"""A secret of the page that begins a draft: sent twice, by a double click or after a crash, it begins one."""
UNPROCESSABLE = 422


@bp.route(HOME, methods=["GET"])
@view
def show_offer() -> Response:
    """What the office offers, what it costs, which documents to have ready."""
    return pages.page(
        "partners/offer.html", section="adhesion", office=bootstrap.office(), draft=DRAFT_COOKIE.find_draft()
    )


@bp.route(PAGES, methods=["GET"])
@view
def show_form() -> Response:
    """The first page that is not done yet."""
    left = first_left(membership_form(), DRAFT_COOKIE.find_draft())
    return pages.redirect(f"{PAGES}/{left}" if left else CHECK)


@bp.route(PAGES + "/{key}", methods=["GET"])
@view
def show_page(key: str) -> Response:
    """One page of the form with what was typed before."""
    section = page_of(membership_form(), key)
    draft = DRAFT_COOKIE.find_draft()
    return _page(section, draft, draft.answers if draft else {})


@bp.route(PAGES + "/{key}", methods=["POST"], content_types=[FORM_TYPE])
@view
def submit_page(key: str) -> Response:
    """Keep the page first, then say what is to be corrected in it, or go on."""
    section = page_of(membership_form(), key)
    fields = form_fields(bp.current_request)
    if is_caught(fields):
        return pages.redirect(SENT)
    known = DRAFT_COOKIE.find_draft()
    draft, cookies = _saved(section, fields, known)
    if "pause" in fields:
        return pages.redirect(PAUSED, cookies)
    office = bootstrap.office_for(draft)
    errors = form_errors(draft.answers, office, sections={key})
    if [error.field for error in errors] == ["commune"] and _has_new_postcode(draft, known):
        return _page(section, draft, draft.answers, cookies=cookies)
    if errors:
        return _page(section, draft, draft.answers, errors, cookies)
    draft = bootstrap.draft_service().revise(draft, lambda answers: answers, done=key)
    left = next_left(membership_form(), draft, section)
    return pages.redirect(f"{PAGES}/{left}" if left else CHECK, cookies)


@bp.route(PAUSED, methods=["GET"])
@view
def show_pause() -> Response:
    """The draft is kept; the link to come back can be mailed."""
    draft = DRAFT_COOKIE.get_draft()
    return pages.page("partners/paused.html", section="adhesion", draft=draft, sent=False)


@bp.route(PAUSED, methods=["POST"], content_types=[FORM_TYPE])
@view
def send_draft_link() -> Response:
    """Mail the link to come back to the address typed so far."""
    draft = DRAFT_COOKIE.get_draft()
    asking_again.mail_link(bootstrap.draft_service(), draft, f"asked-{draft.version}")
    return pages.page("partners/paused.html", section="adhesion", draft=draft, sent=bool(draft.email))


def _saved(section: Section, fields: Mapping[str, list[str]], known: Draft | None) -> tuple[Draft, list[str]]:
    """The draft with this page's answers; made, with its cookie, at the first save."""
    service, office = bootstrap.draft_service(), bootstrap.office_for(known)

    def revised(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        typed = membership_form().revised(dict(answers), fields, section)
        moved = typed.get("postcode") != answers.get("postcode")
        return commune_choice.settled(typed, office) if moved else typed

    if known:
        return service.revise(known, revised), []
    draft = service.begin(revised({}), draft_id=_draft_id(first_of(fields, KEY)))
    return draft, [DRAFT_COOKIE.key_to(draft)]


def _draft_id(key: str) -> str:
    """The identifier that goes with the key of the page; empty, hence a new one, for what is no key of ours."""
    return ids.id_of(key) if ids.is_secret(key) else ""


def _has_new_postcode(draft: Draft, before: Draft | None) -> bool:
    """Whether the list of communes could not be chosen from yet, for want of the script that fills it."""
    return before is None or draft.answers.get("postcode") != before.answers.get("postcode")


def _page(
    section: Section, draft: Draft | None, typed: Mapping[str, Any],
    errors: list[FieldError] | tuple[()] = (), cookies: list[str] | None = None,
) -> Response:  # fmt: skip
    form, office = membership_form(), bootstrap.office_for(draft)
    return pages.page(
        "partners/form_page.html",
        status=UNPROCESSABLE if errors else 200,
        cookies=cookies or (),
        section="adhesion",
        form=form,
        form_section=section,
        answers=typed,
        errors=errors,
        choices=all_choices(typed, office),
        office=office,
        is_outside=commune_choice.is_outside(str(typed.get("commune", "")), office),
        commune_asked=commune_choice.asked(typed, office) if section.key == "adresse" else "",
        done=draft.done if draft else (),
        is_correction=bool(draft and draft.is_correction),
        honeypot=HONEYPOT,
        new_key="" if draft else ids.new_secret(),
    )
