"""The one function that mints mailed links, and what opens them."""

import pytest

from chalicelib.links.model import LinkExpired, LinkRequest, LinkUnknown
from chalicelib.links.service import LinkService
from tests.fakes.clock import FakeClock
from tests.fakes.links import FakeLinks

REQUEST = LinkRequest("/decisions", "d1", "yann@val.example.org", 3600, "browser")


@pytest.fixture
def service():
    return LinkService(FakeLinks(), "https://pro.example.org", FakeClock())


def token(url):
    return url.rpartition("/")[2]


def test_a_minted_link_opens_its_page_and_says_what_it_is_about(service):
    url = service.mint(REQUEST)
    assert url.startswith("https://pro.example.org/decisions/")
    link = service.open(token(url), "/decisions")
    assert (link.subject, link.holder, link.bound_to) == ("d1", "yann@val.example.org", "browser")


def test_only_the_digest_of_the_secret_is_kept(service):
    secret = token(service.mint(REQUEST)).partition(".")[2]
    assert len(secret) == 43
    assert secret not in repr(service.links.links)


def test_opening_changes_nothing_however_often(service):
    opened = token(service.mint(REQUEST))
    before = dict(service.links.links)
    for _ in range(3):
        service.open(opened, "/decisions")
    assert service.links.links == before


@pytest.mark.parametrize(
    "altered",
    [
        lambda token: token[:-1],
        lambda token: token + "x",
        lambda token: token.partition(".")[0],
        lambda token: token.partition(".")[0] + ".",
        lambda token: "." + token.partition(".")[2],
        lambda token: token.upper(),
        lambda token: token + "\x00",
        lambda token: "é." + token.partition(".")[2],
        lambda token: "",
        lambda token: ".",
    ],
)
def test_an_altered_link_opens_nothing(service, altered):
    with pytest.raises(LinkUnknown):
        service.open(altered(token(service.mint(REQUEST))), "/decisions")


def test_a_link_is_bound_to_its_page(service):
    with pytest.raises(LinkUnknown):
        service.open(token(service.mint(REQUEST)), "/connexion")


def test_the_secret_of_another_link_opens_nothing(service):
    one, other = (token(service.mint(REQUEST)) for _ in range(2))
    with pytest.raises(LinkUnknown):
        service.open(f"{one.partition('.')[0]}.{other.partition('.')[2]}", "/decisions")


def test_an_old_link_says_whom_a_fresh_one_goes_to_and_a_forged_old_one_says_nothing(service):
    opened = token(service.mint(REQUEST))
    service.clock.wait(seconds=3599)
    service.open(opened, "/decisions")
    service.clock.wait(seconds=1)
    with pytest.raises(LinkExpired) as old:
        service.open(opened, "/decisions")
    assert old.value.link.holder == "yann@val.example.org"
    with pytest.raises(LinkUnknown):
        service.open(opened.partition(".")[0] + ".forged", "/decisions")
