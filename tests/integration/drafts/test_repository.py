"""The drafts: one contract, on the fake and on DynamoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.drafts.model import CORRECTIONS, Draft
from chalicelib.drafts.repository import DraftRepository
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from tests.fakes.clock import NOON
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox


class Stores:
    def __init__(self, outbox, drafts, others):
        self.outbox, self.drafts, self.others = outbox, drafts, others


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request):
    if request.param == "fake":
        outbox = FakeOutbox()
        return Stores(outbox, FakeDrafts(outbox), FakeDrafts(outbox))
    request.getfixturevalue("tables")
    outbox = OutboxRepository()
    return Stores(outbox, DraftRepository("membership", outbox), DraftRepository("subsidy", outbox))


def a_mail(occasion="version-1", record="d1"):
    return Message("partners/draft_notice", "maelle@hotel.example.fr", record, occasion, {"name": "Maëlle"})


def put(stores, **changes):
    draft = replace(Draft("d1", {"email": "Maelle@hotel.example.fr"}, NOON, NOON, version=1), **changes)
    return draft, stores.drafts.put(draft, NOON + timedelta(days=37))


def test_a_draft_is_found_as_it_was(stores):
    draft, kept = put(stores, kind=CORRECTIONS, done=("you", "place"), nudged_at=NOON)
    assert kept
    assert stores.drafts.find("d1") == draft
    assert stores.drafts.find("d2") is stores.others.find("d1") is None


def test_only_the_next_version_is_kept(stores):
    assert put(stores)[1]
    assert not put(stores)[1]
    assert put(stores, version=2, answers={"first_name": "Maëlle"})[1]
    assert not put(stores, version=2, answers={"first_name": "Hugo"})[1]
    assert stores.drafts.find("d1").answers == {"first_name": "Maëlle"}


def test_a_draft_that_is_gone_does_not_come_back(stores):
    put(stores)
    stores.drafts.remove("d1")
    assert not put(stores, version=2)[1]
    assert stores.drafts.find("d1") is None


def test_its_mails_come_with_the_draft_or_not_at_all(stores):
    draft, _ = put(stores)
    told, mail = replace(draft, version=2, noticed_at=NOON), a_mail(record="d1")
    assert stores.drafts.put(told, NOON, [mail])
    assert not stores.drafts.put(told, NOON, [a_mail("other", record="d1")])
    assert [one.message for one in stores.outbox.list_by_record("d1")] == [mail]


def test_only_an_unchanged_draft_is_purged(stores):
    draft, _ = put(stores)
    put(stores, version=2)
    assert not stores.drafts.remove_unchanged(draft)
    assert stores.drafts.remove_unchanged(replace(draft, version=2))
    assert not stores.drafts.remove_unchanged(draft)
    assert stores.drafts.find("d1") is None


def test_the_untouched_ones_are_listed_oldest_first_and_none_of_another_form(stores):
    for number in (2, 1, 3):
        put(stores, id=f"d{number}", updated_at=NOON + timedelta(hours=number))
    assert stores.others.put(Draft("d0", {}, NOON, NOON, version=1), NOON)
    found = stores.drafts.list_untouched_since(NOON + timedelta(hours=2))
    assert [draft.id for draft in found] == ["d1", "d2"]
