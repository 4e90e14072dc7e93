"""The application for aid as a flow: the draft of a partner, or nothing at all."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from chalicelib.access.model import User
from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.office import commune_choice
from chalicelib.office.model import Office
from chalicelib.subsidies.application_form import KEPT, all_choices, answers_in, form_errors, subsidy_form
from chalicelib.subsidies.bootstrap import awarding, stores
from chalicelib.subsidies.joined import asked
from chalicelib.subsidies.paths import DRAFT, OWN_FILE
from chalicelib.subsidies.routes.flow import Flow


def application_flow(user: User, draft_id: str) -> Flow:
    """The flow of this person's draft. Raises `DraftUnknown` for an unknown and for a foreign one."""
    return _flow(draft_of(user, draft_id))


def find_application_flow(user: User, draft_id: str) -> Flow | None:
    """The same; None for a draft that is not there, because it was sent perhaps."""
    draft = awarding.draft_service().find(draft_id)
    return _flow(_checked(user, draft)) if draft else None


def sent_path(user: User, draft_id: str) -> str:
    """The page of the file that was made of this person's draft. Raises `DraftUnknown` when there is none."""
    file = awarding.submission_service().find_sent(draft_id)
    if file is None or file.email != user.email:
        raise DraftUnknown
    return OWN_FILE.format(reference=file.reference)


def draft_of(user: User, draft_id: str) -> Draft:
    """The draft of this person. Raises `DraftUnknown` for an unknown and for a foreign one."""
    return _checked(user, awarding.draft_service().get(draft_id))


def _checked(user: User, draft: Draft) -> Draft:
    if draft.email != user.email:
        raise DraftUnknown
    return draft


def _flow(draft: Draft) -> Flow:
    office, answers = stores.office(), answers_in(draft.answers)
    return Flow(
        form=subsidy_form(),
        draft=draft,
        drafts=awarding.draft_service(),
        base=DRAFT.format(draft_id=draft.id),
        owner=draft.id,
        asked=asked(answers, office),
        joined=cache(lambda: list(awarding.joined_documents(draft.id, answers, office))),
        find_errors=partial(_errors, office),
        choices=lambda typed: all_choices(typed, office),
        kept=KEPT,
        title="Aide au classement",
        settled=partial(_settled, office),
    )


def _errors(office: Office, answers: Mapping[str, Any], sections: frozenset[str] | None) -> list[FieldError]:
    return form_errors(answers, office, paris_day(stores.now()), sections)


def _settled(office: Office, before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, Any]:
    """A new postcode chooses its only commune, or forgets the one of another postcode."""
    moved = after.get("postcode") != before.get("postcode")
    return commune_choice.settled(after, office) if moved else after
