"""The addresses that refuse our mails: one contract, on the fake and on DynamoDB."""

from datetime import timedelta

import pytest

from chalicelib.mail.address_repository import AddressRepository
from chalicelib.mail.items import AddressItem, MailItem
from chalicelib.mail.model import Refusal, RestoredAddress, address_key
from tests.fakes.clock import NOON
from tests.fakes.mail import FakeAddresses

EMAIL, KEY = "maelle@hotel.example.fr", address_key("maelle@hotel.example.fr")
BEFORE, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


@pytest.fixture(params=["fake", "dynamodb"])
def addresses(request):
    if request.param == "fake":
        return FakeAddresses()
    request.getfixturevalue("tables")
    return AddressRepository()


class TestAddresses:
    def test_an_address_refuses_once_and_however_it_is_written(self, addresses):
        assert addresses.refuse("Maelle@Hotel.example.fr", Refusal.BOUNCED, BEFORE, NOON)
        assert not addresses.refuse(EMAIL, Refusal.COMPLAINED, NOON, LATER)
        found = addresses.find(KEY)
        assert (found.key, found.email, found.why, found.since) == (KEY, EMAIL, Refusal.BOUNCED, NOON)

    def test_the_one_that_refuses_for_longest_is_listed_first(self, addresses):
        addresses.refuse("b@example.org", Refusal.BOUNCED, BEFORE, LATER)
        addresses.refuse("c@example.org", Refusal.COMPLAINED, BEFORE, NOON)
        assert [one.email for one in addresses.list_refusing()] == ["c@example.org", "b@example.org"]

    def test_a_restored_address_refuses_again_by_a_later_mail_only(self, addresses):
        addresses.refuse(EMAIL, Refusal.BOUNCED, BEFORE, BEFORE)
        assert [addresses.restore(KEY, "Claire Martin", NOON) for _ in range(2)] == [True, False]
        assert (addresses.find(KEY), addresses.list_refusing()) == (None, [])
        assert not addresses.refuse(EMAIL, Refusal.BOUNCED, BEFORE, LATER)
        assert addresses.refuse(EMAIL, Refusal.COMPLAINED, LATER, LATER)
        assert addresses.find(KEY).why is Refusal.COMPLAINED

    def test_a_restored_address_says_by_whom_until_it_refuses_again(self, addresses):
        addresses.refuse(EMAIL, Refusal.BOUNCED, BEFORE, BEFORE)
        assert addresses.find_restored(KEY) is None
        for who in ("Claire Martin", "Yann Le Goff"):
            addresses.restore(KEY, who, NOON)
        assert addresses.find_restored(KEY) == RestoredAddress(EMAIL, "Claire Martin", NOON)
        addresses.refuse(EMAIL, Refusal.BOUNCED, LATER, LATER)
        assert addresses.find_restored(KEY) is None

    def test_an_unknown_address_refuses_nothing_and_is_not_made_by_restoring_it(self, addresses):
        assert not addresses.restore(KEY, "Claire Martin", NOON)
        assert addresses.find(KEY) is addresses.find_restored(KEY) is None
        assert not addresses.knows(KEY)

    def test_a_restored_address_is_still_known(self, addresses):
        addresses.refuse(EMAIL, Refusal.BOUNCED, BEFORE, NOON)
        assert addresses.knows(KEY)
        addresses.restore(KEY, "Claire Martin", NOON)
        assert addresses.knows(KEY)


def test_an_address_is_no_mail_and_is_forgotten_in_its_time(tables):
    AddressRepository().refuse(EMAIL, Refusal.BOUNCED, BEFORE, NOON)
    (item,) = AddressItem.scan()
    assert int(item.expires_epoch) == int((NOON + timedelta(days=400)).timestamp())
    assert list(MailItem.by_open.query("new")) == []
