"""An application that is begun again and again is one draft; what is begun and never sent has a bound."""

import pytest

from chalicelib.drafts.model import CORRECTIONS, Draft
from chalicelib.mail import bootstrap as mail_room
from chalicelib.subsidies.beginning import MOST_BEGUN
from chalicelib.subsidies.bootstrap import awarding, stores
from tests.fakes.clock import NOON
from tests.inprocess import handler
from tests.integration.subsidies.house import as_, clock, partner
from tests.integration.subsidies.test_retention import arrives

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
OWNER, BEGIN = "maelle@gite.example.fr", "/subventions/demandes"


@pytest.fixture
def owner(clock):
    for key in ("p1", "p2"):
        partner(key, email=OWNER)
    return as_(OWNER)


def begun(owner, lodging="p1", cle=""):
    answer = owner.post(BEGIN, partenaire=lodging, cle=cle)
    return answer.headers.get("Location", ""), answer


def drafts():
    return stores.drafts().list_by_holder(OWNER)


def page_done(draft, page="hebergement"):
    return awarding.draft_service().revise(draft, lambda answers: answers, done=page)


def test_a_bare_draft_is_taken_up_again_whatever_page_it_was_begun_from(owner):
    first, _ = begun(owner)
    again = [begun(owner, cle=key * 43)[0] for key in "ab"]
    assert again == [first, first]
    assert len(drafts()) == 1


def test_each_accommodation_has_a_draft_of_its_own(owner):
    one, other = (begun(owner, lodging)[0] for lodging in ("p1", "p2"))
    assert one != other
    assert {draft.answers["partner_id"] for draft in drafts()} == {"p1", "p2"}


def test_who_has_filled_a_page_in_may_begin_another_one(owner):
    first, _ = begun(owner)
    page_done(drafts()[0])
    assert begun(owner)[0] != first
    assert len(drafts()) == 2


def test_corrections_of_a_file_are_not_taken_for_a_new_application(owner):
    told = {"email": OWNER, "partner_id": "p1"}
    assert stores.drafts().put(Draft("c" * 32, told, NOON, NOON, kind=CORRECTIONS, version=1), NOON)
    assert "c" * 32 not in begun(owner)[0]


def test_nobody_begins_more_than_anybody_needs_and_nothing_is_lost(owner):
    for _ in range(MOST_BEGUN):
        begun(owner)
        for draft in drafts():
            page_done(draft)
    _, refused = begun(owner)
    assert refused.status == 429
    assert f"déjà {MOST_BEGUN} demandes commencées" in refused.text
    assert len(drafts()) == MOST_BEGUN
    assert begun(as_(OWNER), "p2")[1].status == 429
    stores.drafts().remove(drafts()[0].id)
    assert begun(owner)[1].status == 303


def test_what_others_have_begun_is_neither_taken_up_nor_counted(owner):
    partner("p3", email="lou@gite.example.fr")
    theirs, _ = begun(as_("lou@gite.example.fr"), "p3")
    mine, answer = begun(owner)
    assert answer.status == 303
    assert mine != theirs


def reminded(clock, **duration):
    clock.wait(**duration)
    handler("sweep_subsidy_drafts")({}, None)
    return [mail.message.context["missing"] for mail in mail_room.outbox().list_by_record(drafts()[0].id)]


def test_who_stopped_is_told_which_documents_are_still_to_be_joined(owner, clock):
    begun(owner)
    assert reminded(clock, hours=3) == ["Devis"]


def test_a_document_that_is_joined_is_not_asked_for_again(owner, clock):
    begun(owner)
    arrives(drafts()[0].id, "quote")
    assert reminded(clock, days=31) == [""]
