"""What the drafts of the application for aid need to know of it."""

from collections.abc import Callable, Iterable

from chalicelib.drafts.model import Answers, Draft, DraftedForm
from chalicelib.subsidies.paths import RESUME_PAGE

FORM = "classification_subsidy"


def drafted_form(
    sent_answers: Callable[[str], Answers | None],
    is_corrected: Callable[[str], bool],
    erase_documents: Callable[[str], None] | None = None,
    missing: Callable[[Draft], Iterable[str]] = lambda draft: (),
) -> DraftedForm:
    """The application for aid, given what is known of the files: a file has its draft's identifier.

    `missing` are the names of the documents that are still to be joined.
    """
    return DraftedForm(
        name=FORM,
        resume_page=RESUME_PAGE,
        link_mail="subsidies/draft_link",
        notice_mail="subsidies/draft_notice",
        words=lambda draft: {**_words(draft.answers), "missing": "\u00a0; ".join(missing(draft))},
        sent_answers=sent_answers,
        is_corrected=is_corrected,
        erase_documents=erase_documents,
    )


def _words(answers: Answers) -> dict[str, str]:
    return {
        "name": str(answers.get("first_name", "")),
        "business_name": str(answers.get("establishment_name", "")),
    }
