"""Applicants' mailed links once they are too old: who is sent a fresh one, and who is not."""

import pytest
from chalice import Response

from chalicelib.decisions import bootstrap as decisions_room
from chalicelib.drafts.model import DraftUnknown
from chalicelib.kernel.errors import NotFound
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import LinkRequest
from chalicelib.mail import bootstrap as mail_room
from chalicelib.office import bootstrap as office_room
from chalicelib.office.territories import with_communes
from chalicelib.partners import bootstrap
from chalicelib.partners.paths import RESUME_PAGE
from chalicelib.partners.routes import links
from tests.factories import office_document
from tests.fakes.process import FakeResumer
from tests.inprocess import forget_caches
from tests.world import World

EMAIL = "maelle@hotel.example.fr"


@pytest.fixture
def office(tables, monkeypatch):
    forget_caches()
    monkeypatch.setattr(decisions_room, "StepFunctionsResumer", FakeResumer)
    office_room.office_repository().publish(with_communes(office_document()))
    yield
    forget_caches()


def an_expired_link(page: str, subject: str, holder: str = EMAIL) -> str:
    return link_service().mint(LinkRequest(page, subject, holder, 0)).rpartition("/")[2]


def unguarded(view, **path: str) -> Response:
    """The view without `@view`, which would turn its situations into pages."""
    return view.__wrapped__(**path)


def mails(record: str) -> list[str]:
    return [mail.message.to for mail in mail_room.outbox().list_by_record(record)]


@pytest.mark.parametrize("view", [links.show_resume, links.submit_resume])
def test_an_expired_link_to_a_draft_offers_a_fresh_one_and_mails_it_once_asked(office, view):
    draft = bootstrap.draft_service().begin({"email": EMAIL})
    token = an_expired_link(RESUME_PAGE, draft.id)
    answer = unguarded(view, token=token)
    assert (answer.status_code, f"{RESUME_PAGE}/{token}/lien" in answer.body) == (410, True)
    assert mails(draft.id) == []
    assert "Un nouveau lien est parti" in unguarded(links.send_resume_link, token=token).body
    assert mails(draft.id) == [EMAIL]


@pytest.mark.parametrize("view", [links.show_resume, links.submit_resume, links.send_resume_link])
@pytest.mark.parametrize("kept", [None, {"email": "autre@hotel.example.fr"}, {}], ids=str)
def test_no_link_is_offered_nor_sent_for_a_draft_that_is_gone_or_of_another_address(office, view, kept):
    draft = bootstrap.draft_service().begin({"email": EMAIL})
    if kept is None:
        bootstrap.draft_service().close(draft.id)
    else:
        bootstrap.draft_service().revise(draft, lambda _: kept)
    with pytest.raises(DraftUnknown):
        unguarded(view, token=an_expired_link(RESUME_PAGE, draft.id))
    assert mails(draft.id) == []


def a_question(step: str) -> str:
    world = World()
    file = world.submit("f1", email=EMAIL)
    asked = world.asked(file)
    return decisions_room.decision_service().open(asked.question, asked.addressee, "token-1").id


def test_an_expired_link_to_a_question_sends_a_fresh_one_until_it_is_answered(office):
    decision_id = a_question("confirmation")
    token = an_expired_link("/adhesion/confirmation", decision_id)
    assert unguarded(links.show_confirmation, token=token).status_code == 410
    assert unguarded(links.confirm_address, token=token).status_code == 410
    assert "Un nouveau lien est parti" in unguarded(links.send_confirmation_link, token=token).body
    assert mails("f1") == [EMAIL, EMAIL]
    decisions_room.decision_service().withdraw(decision_id, "Dossier retiré")
    assert "n’attend plus de réponse" in unguarded(links.send_confirmation_link, token=token).body
    assert mails("f1") == [EMAIL, EMAIL]


def test_a_link_asks_for_a_fresh_one_at_its_own_page_only(office):
    token = an_expired_link("/adhesion/confirmation", a_question("confirmation"))
    for view in (links.send_corrections_link, links.send_resume_link):
        with pytest.raises(NotFound):
            unguarded(view, token=token)
