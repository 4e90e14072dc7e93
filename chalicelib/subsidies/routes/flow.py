"""A form of several pages with documents, as its owner fills it in: shown, kept, checked. Both forms go this way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalice import Response

from chalicelib.drafts.model import Draft
from chalicelib.drafts.paging import first_left, next_left, page_of
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.errors import FieldError
from chalicelib.office.schemes import AskedDocument
from chalicelib.subsidies.model import JoinedDocument
from chalicelib.uploads.bootstrap import receiving_service, upload_service
from chalicelib.uploads.model import UploadUnknown
from chalicelib.uploads.slots import DocumentAsked, slots
from chalicelib.web import pages
from chalicelib.web.fields import Choices, Section
from chalicelib.web.forms import Form

UNPROCESSABLE = 422
DOCUMENTS = "documents"

Answers = Mapping[str, Any]
FindErrors = Callable[[Answers, frozenset[str] | None], list[FieldError]]


@dataclass(frozen=True)
class Flow:
    """One draft of one form. `base` is the path of its pages, `owner` the identifier that files are joined under.

    `kept` are the names that the draft holds beside the answers; `settled` what follows from new answers by itself.
    """

    form: Form
    draft: Draft
    drafts: DraftService
    base: str
    owner: str
    asked: tuple[AskedDocument, ...]
    joined: Callable[[], list[JoinedDocument]]
    find_errors: FindErrors
    choices: Callable[[Answers], Choices]
    kept: tuple[str, ...]
    title: str
    settled: Callable[[Answers, Answers], Answers] = lambda before, after: after

    @property
    def answers(self) -> dict[str, Any]:
        """The answers of the form alone."""
        return {name: value for name, value in self.draft.answers.items() if name not in self.kept}

    @property
    def check_path(self) -> str:
        """Where the answers are read once more."""
        return f"{self.base}/verification"

    def page_path(self, key: str) -> str:
        """One page of the form."""
        return f"{self.base}/pages/{key}"

    def next_path(self) -> str:
        """The first page that is not done yet, or the check."""
        left = first_left(self.form, self.draft)
        return self.page_path(left) if left else self.check_path

    def missing(self) -> list[FieldError]:
        """The documents that have to be joined and are not, each at its place."""
        there = {document.kind for document in self.joined()}
        wanted = [one for one in self.asked if one.required and one.kind not in there]
        return [
            FieldError(f"{self.documents_page}-{one.kind}", f"Joignez\u00a0: {one.name}.") for one in wanted
        ]

    @property
    def documents_page(self) -> str:
        """The key of the page where documents are joined."""
        return next(section.key for section in self.form.sections if section.holds == DOCUMENTS)

    def mistakes(self) -> list[FieldError]:
        """What keeps the form from being sent: answers to correct, documents that are not there."""
        return [*self.find_errors(self.answers, None), *self.missing()]

    def page_of_error(self, error: FieldError) -> str:
        """The page where a mistake is mended."""
        return self.form.section_key(error.field) or self.documents_page


def show(flow: Flow, key: str, one_more: str = "") -> Response:
    """One page of the form with what was typed before; `one_more` names rows that get another one."""
    section = page_of(flow.form, key)
    return (
        _documents(flow, section)
        if section.holds == DOCUMENTS
        else _questions(flow, section, one_more=one_more)
    )


def submit(flow: Flow, key: str, fields: Mapping[str, list[str]]) -> Response:
    """Keep the page first, then show it with what is wrong or was asked for, or go on."""
    section = page_of(flow.form, key)
    if section.holds == DOCUMENTS:
        return _submit_documents(flow, section, fields)
    before = flow.answers
    flow = replace(flow, draft=_saved(flow, section, fields))
    if "pause" in fields:
        return pages.redirect(f"{flow.base}/pause")
    if edited := flow.form.edited_rows(fields):
        return pages.redirect(edited.shown_at(flow.page_path(key), flow.answers))
    errors = flow.find_errors(flow.answers, frozenset({key}))
    if [error.field for error in errors] == ["commune"] and flow.answers.get("postcode") != before.get(
        "postcode"
    ):
        return _questions(flow, section)
    return _questions(flow, section, errors) if errors else _go_on(flow, section)


def link_to(flow: Flow, upload_id: str) -> Response:
    """A document that was joined, by a link that lives minutes. Raises `UploadUnknown`."""
    upload = upload_service().find(flow.owner, upload_id)
    if upload is None:
        raise UploadUnknown
    return pages.leave_to(upload_service().download_url(upload))


def remove(flow: Flow, upload_id: str) -> Response:
    """Take a document away again."""
    upload_service().remove(flow.owner, upload_id)
    return pages.redirect(flow.page_path(flow.documents_page))


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


def _saved(flow: Flow, section: Section, fields: Mapping[str, list[str]]) -> Draft:
    def revised(known: Answers) -> Answers:
        answers = {name: value for name, value in known.items() if name not in flow.kept}
        typed = flow.settled(answers, flow.form.revised(answers, fields, section))
        return {**typed, **{name: known[name] for name in flow.kept if name in known}}

    return flow.drafts.revise(flow.draft, revised)


def _go_on(flow: Flow, section: Section) -> Response:
    draft = flow.drafts.revise(flow.draft, lambda answers: answers, done=section.key)
    left = next_left(flow.form, draft, section)
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


def _documents(flow: Flow, section: Section, errors: list[FieldError] | tuple[()] = ()) -> Response:
    """The documents that are asked for, each with what was sent and the way to send it."""
    wanted = [DocumentAsked(one.kind, one.name, one.hint, one.required) for one in flow.asked]
    service, back_to = upload_service(), flow.page_path(section.key)
    found = slots(wanted, service.list_of(flow.owner), lambda kind: service.ticket(flow.owner, kind, back_to))
    return pages.page(
        "subsidies/documents.html",
        status=UNPROCESSABLE if errors else 200,
        section="espace",
        flow=flow,
        form_section=section,
        errors=errors,
        slots=found,
    )


def _submit_documents(flow: Flow, section: Section, fields: Mapping[str, list[str]]) -> Response:
    """Take in what has arrived and was not looked at yet, then go on if nothing is missing."""
    receiving_service().receive_waiting(flow.owner)
    if "pause" in fields:
        return pages.redirect(f"{flow.base}/pause")
    left = flow.missing()
    return _documents(flow, section, left) if left else _go_on(flow, section)
