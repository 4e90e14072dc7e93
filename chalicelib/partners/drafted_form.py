"""What the drafts of the membership form need to know of it."""

from collections.abc import Callable

from chalicelib.drafts.model import Answers, Draft, DraftedForm
from chalicelib.partners.paths import RESUME_PAGE

FORM = "membership"


def drafted_form(
    sent_answers: Callable[[str], Answers | None], is_corrected: Callable[[str], bool]
) -> DraftedForm:
    """The membership form, given what is known of the files: a file has its draft's identifier."""
    return DraftedForm(
        name=FORM,
        resume_page=RESUME_PAGE,
        link_mail="partners/draft_link",
        notice_mail="partners/draft_notice",
        words=_words,
        sent_answers=sent_answers,
        is_corrected=is_corrected,
    )


def _words(draft: Draft) -> dict[str, str]:
    return {
        "name": str(draft.answers.get("first_name", "")),
        "business_name": str(draft.answers.get("business_name", "")),
    }
