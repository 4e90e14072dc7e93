"""A form of several pages: a page shown, kept, checked, and all of them read once more before they are sent."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalice import Response

from chalicelib.drafts.paging import next_left, page_of
from chalicelib.kernel.errors import FieldError
from chalicelib.subsidies.routes import joining
from chalicelib.subsidies.routes.flow import DOCUMENTS, Answers, Flow
from chalicelib.web import pages
from chalicelib.web.fields import Section
from chalicelib.web.form_rows import ADD

UNPROCESSABLE = 422

Fields = Mapping[str, list[str]]


def show(flow: Flow, key: str, query: Mapping[str, str] | None) -> Response:
    """One page of the form with what was typed before, with another row or another file if the query asks for it."""
    section, query = page_of(flow.form, key), query or {}
    if section.holds == DOCUMENTS:
        return joining.show(flow, section, query.get(joining.ADD_FILE, ""))
    return _questions(flow, section, one_more=query.get(ADD, ""))


def submit(flow: Flow, key: str, fields: Fields) -> Response:
    """Keep the page whatever it holds, then show it with what is wrong or was asked for, or go on."""
    section = page_of(flow.form, key)
    if section.holds == DOCUMENTS:
        return _submit_documents(flow, section, fields)
    before, edited = flow.answers, flow.form.edited_rows(fields)
    typed = _with(flow, _revised(flow, section, fields, flow.draft.answers))
    errors = typed.find_errors(typed.answers, frozenset({key}))
    is_done = not (errors or edited or "pause" in fields)
    flow = _kept(flow, section, fields, done=key if is_done else "")
    if "pause" in fields:
        return pages.redirect(f"{flow.base}/pause")
    if edited:
        return pages.redirect(edited.shown_at(flow.page_path(key), flow.answers))
    if [error.field for error in errors] == ["commune"] and flow.answers.get("postcode") != before.get(
        "postcode"
    ):
        return _questions(flow, section)
    return _questions(flow, section, errors) if errors else _next_page(flow, section)


def _submit_documents(flow: Flow, section: Section, fields: Fields) -> Response:
    """Go on if nothing is missing, or else say what."""
    joining.receive(flow)
    if "pause" in fields:
        return pages.redirect(f"{flow.base}/pause")
    missing = joining.what_is_missing(flow, section)
    if missing:
        return missing
    draft = flow.drafts.revise(flow.draft, lambda answers: answers, done=section.key)
    return _next_page(replace(flow, draft=draft), section)


def check(flow: Flow, errors: list[FieldError], template: str, **more: Any) -> Response:
    """All the answers and documents before they are sent, each with a link to change it."""
    text = flow.form.as_text(flow.answers, flow.choices(flow.answers))
    return pages.page(
        template,
        status=more.pop("status", 200),
        section="espace",
        flow=flow,
        draft=flow.draft,
        errors=[(error, flow.page_of_error(error)) for error in errors],
        sections=[pair for pair in zip(flow.form.sections, text, strict=True) if pair[0].holds != DOCUMENTS],
        joined=flow.joined(),
        **more,
    )


def _kept(flow: Flow, section: Section, fields: Fields, done: str) -> Flow:
    """The flow with what was typed, stored; `done` names the page that it completes."""
    draft = flow.drafts.revise(flow.draft, lambda known: _revised(flow, section, fields, known), done)
    return replace(flow, draft=draft)


def _with(flow: Flow, answers: Answers) -> Flow:
    return replace(flow, draft=replace(flow.draft, answers=answers))


def _revised(flow: Flow, section: Section, fields: Fields, known: Answers) -> Answers:
    """What was known with what was typed; what the draft holds beside the answers stays."""
    answers = {name: value for name, value in known.items() if name not in flow.kept}
    typed = flow.settled(answers, flow.form.revised(answers, fields, section))
    return {**typed, **{name: known[name] for name in flow.kept if name in known}}


def _next_page(flow: Flow, section: Section) -> Response:
    left = next_left(flow.form, flow.draft, section)
    return pages.redirect(flow.page_path(left) if left else flow.check_path)


def _questions(
    flow: Flow, section: Section, errors: list[FieldError] | tuple[()] = (), one_more: str = ""
) -> Response:
    return pages.page(
        "subsidies/form_page.html",
        status=UNPROCESSABLE if errors else 200,
        section="espace",
        flow=flow,
        form_section=section,
        errors=errors,
        choices=flow.choices(flow.answers),
        one_more=one_more,
    )
