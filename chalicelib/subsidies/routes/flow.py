"""A form of several pages with documents, in the hands of its owner. Both forms of this room go this way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.drafts.model import Draft
from chalicelib.drafts.paging import first_left
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.errors import FieldError
from chalicelib.office.schemes import AskedDocument
from chalicelib.subsidies.model import JoinedDocument
from chalicelib.web.fields import Choices
from chalicelib.web.forms import Form

DOCUMENTS = "documents"

Answers = Mapping[str, Any]
FindErrors = Callable[[Answers, frozenset[str] | None], list[FieldError]]


@dataclass(frozen=True)
class Flow:
    """One draft of one form. `base` is the path of its pages, `owner` the identifier that files are joined under.

    `joined` is asked once a request. `kept` are the names that the draft holds beside the answers; `settled` is what
    follows from new answers by itself.
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

    @property
    def documents_path(self) -> str:
        """The page where documents are joined."""
        return self.page_path(self._documents_key)

    def page_path(self, key: str) -> str:
        """One page of the form."""
        return f"{self.base}/pages/{key}"

    def next_path(self) -> str:
        """The first page that is not done yet, or the check."""
        left = first_left(self.form, self.draft)
        return self.page_path(left) if left else self.check_path

    def mistakes(self) -> list[FieldError]:
        """What keeps the form from being sent: answers to correct, documents that are not there."""
        there = {document.kind for document in self.joined()}
        wanted = [one for one in self.asked if one.required and one.kind not in there]
        missing = [FieldError(one.kind, f"Joignez\u00a0: {one.name}.") for one in wanted]
        return [*self.find_errors(self.answers, None), *missing]

    def page_of_error(self, error: FieldError) -> str:
        """The key of the page where a mistake is mended."""
        is_document = error.field in {one.kind for one in self.asked}
        return self._documents_key if is_document else self.form.section_key(error.field)

    @property
    def _documents_key(self) -> str:
        return next(section.key for section in self.form.sections if section.holds == DOCUMENTS)
