"""What the drafts of the application for aid need to know of it."""

from collections.abc import Callable

from chalicelib.drafts.model import Answers, DraftedForm
from chalicelib.subsidies.paths import RESUME_PAGE

FORM = "classification_subsidy"


def drafted_form(
    sent_answers: Callable[[str], Answers | None],
    is_corrected: Callable[[str], bool],
    erase_documents: Callable[[str], None] | None = None,
) -> DraftedForm:
    """The application for aid, given what is known of the files: a file has its draft's identifier."""
    return DraftedForm(
        name=FORM,
        resume_page=RESUME_PAGE,
        link_mail="subsidies/draft_link",
        notice_mail="subsidies/draft_notice",
        words=_words,
        sent_answers=sent_answers,
        is_corrected=is_corrected,
        erase_documents=erase_documents,
    )


def _words(answers: Answers) -> dict[str, str]:
    return {
        "name": str(answers.get("first_name", "")),
        "business_name": str(answers.get("establishment_name", "")),
    }
