"""Minted links: one contract, on the fake and on DynamoDB."""

from datetime import timedelta

import pytest

from chalicelib.links.model import LinkRequest, issue
from chalicelib.links.repository import LinkItem, LinkRepository
from tests.fakes.clock import NOON
from tests.fakes.links import FakeLinks


@pytest.fixture(params=["fake", "dynamodb"])
def store(request):
    if request.param == "fake":
        return FakeLinks()
    request.getfixturevalue("tables")
    return LinkRepository()


def a_link(link_id="l1", path="/decisions", subject="d1"):
    request = LinkRequest(path, subject, "yann@val.example.org", 3600, "browser")
    return issue(request, link_id, "digest", NOON)


class TestLinks:
    def test_a_link_is_found_as_it_was(self, store):
        store.add(a_link())
        assert store.find("l1") == a_link()
        assert store.find("l2") is None


def test_the_database_may_forget_a_link_a_month_after_its_end(tables):
    LinkRepository().add(a_link())
    end = NOON + timedelta(hours=1, days=30)
    assert LinkItem.get("l1").expires_epoch == int(end.timestamp())
