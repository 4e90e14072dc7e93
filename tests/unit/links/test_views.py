"""The page behind a mailed link: what its view is given, and what an expired link is answered with."""

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import NotFound
from chalicelib.links import views
from chalicelib.links.model import LinkRequest, LinkUnknown
from chalicelib.links.service import LinkService
from chalicelib.links.views import link_sent, link_view
from chalicelib.runtime import config
from chalicelib.web import site
from tests.fakes.clock import FakeClock
from tests.fakes.links import FakeLinks

PAGE = "/adhesion/confirmation"


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    config.base_path.cache_clear()
    site.set_office_provider(None)
    service = LinkService(FakeLinks(), "https://pro.example.org", FakeClock())
    monkeypatch.setattr(views, "link_service", lambda: service)
    yield service
    config.base_path.cache_clear()


@pytest.fixture
def token(service):
    return service.mint(LinkRequest(PAGE, "q1", "yann@val.example.org", 3600)).rpartition("/")[2]


@pytest.fixture
def expired(service, token):
    service.clock.at += timedelta(hours=1)
    return token


@link_view(PAGE)
def show_question(link, token):
    """A view."""
    return link.subject, link.holder, token


def test_the_view_gets_the_opened_link_and_its_token(token):
    assert show_question(token=token) == ("q1", "yann@val.example.org", token)
    assert (show_question.__name__, show_question.__doc__) == ("show_question", "A view.")


def test_a_link_of_another_page_is_unknown(token):
    with pytest.raises(LinkUnknown):
        link_view("/decisions")(show_question)(token=token)


def test_an_expired_link_is_answered_with_one_button_that_asks_for_a_fresh_one(expired):
    answer = show_question(token=expired)
    assert answer.status_code == 410
    assert "Ce lien a expiré" in answer.body
    assert f'action="{PAGE}/{expired}/lien"' in answer.body
    assert 'aria-current="page">Devenir partenaire' in answer.body


def test_no_fresh_link_is_offered_when_what_it_was_about_is_gone(expired):
    def gone(link):
        raise NotFound(link.subject)

    with pytest.raises(NotFound, match="q1"):
        link_view(PAGE, about=gone)(show_question)(token=expired)


def test_an_expired_link_is_still_recognised_to_send_its_holder_a_fresh_one(service, expired):
    link = service.recognise(expired, PAGE)
    assert (link.holder, service.is_expired(link)) == ("yann@val.example.org", True)
    with pytest.raises(LinkUnknown):
        service.recognise(expired, "/decisions")


@pytest.mark.parametrize(
    ("section", "is_pending", "said", "unsaid"),
    [
        ("adhesion", True, "à la même adresse", "/bureau\">Aller"),
        ("bureau", True, "depuis le bureau", "même adresse"),
        ("adhesion", False, "aucun lien n’est parti", "Un nouveau lien est parti"),
        ("bureau", False, "Aller au bureau", "Un nouveau lien est parti"),
    ],
)  # fmt: skip
def test_the_page_after_the_button_says_whether_a_link_is_on_its_way(
    service, section, is_pending, said, unsaid
):
    body = link_sent(section, is_pending=is_pending).body
    assert said in body
    assert unsaid not in body
