"""S4: nobody learns from a registration who is a partner already (the login: tests/integration/access/test_attacks.py).

The time is measured with the storage in memory: moto's own time grows with its tables and says nothing. It is the time
of this process, not of the clock on the wall: what else the machine does says nothing either.
"""

from collections.abc import Iterator
from statistics import median
from time import process_time
from typing import Any

import pytest
from stdnum import luhn

from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.model import Event, Status
from tests.inprocess import forget_caches
from tests.security.http import Answer, Visitor
from tests.security.routes import API, NEWCOMER
from tests.security.town import OTHER_APPLICANT, OTHER_PARTNER, Town, answers, typed
from tests.world import World

KNOWN = {
    "a partner's address": {"email": OTHER_PARTNER},
    "a partner's SIRET": {"siret": "55208131766522"},
    "an applicant's address": {"email": OTHER_APPLICANT},
    "an applicant's SIRET": {"siret": "44306184100047"},
}
ROUNDS = 200


def _by_form(town: Town, sent: dict[str, Any]) -> list[Answer]:
    """The whole form by a new browser, and the pages after it."""
    visitor = Visitor()
    sections = membership_form().sections
    seen = [visitor.post(f"/adhesion/demande/{one.key}", typed(sent, one.key)) for one in sections]
    seen += [visitor.post("/adhesion/verification"), visitor.get("/adhesion/envoyee")]
    seen += [visitor.post("/adhesion/verification"), visitor.get("/adhesion")]
    return seen


def _by_api(town: Town, sent: dict[str, Any]) -> list[Answer]:
    return [Visitor().post_json(API, sent) for _ in range(2)]


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("send", [_by_form, _by_api])
def test_a_known_address_or_siret_gets_the_same_status_body_and_headers(
    whole_town: Town, send: Any, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.choice", lambda signs: signs[0])  # the references are the same, too
    new = [answer.comparable for answer in send(whole_town.at("submitted"), NEWCOMER)]
    old = [answer.comparable for answer in send(whole_town.at("submitted"), NEWCOMER | KNOWN[known])]
    assert old == new


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("send", [_by_form, _by_api])
def test_a_known_address_or_siret_costs_the_same_calls(whole_town: Town, send: Any, known: str) -> None:
    assert _calls(whole_town, send, NEWCOMER | KNOWN[known]) == _calls(whole_town, send, NEWCOMER)


def _calls(town: Town, send: Any, sent: dict[str, Any]) -> list[str]:
    town.at("submitted")
    send(town, NEWCOMER)
    town.at("submitted")
    town.gate.arm(0, "before")
    send(town, sent)
    return [call.name for call in town.gate.calls]


@pytest.fixture
def in_memory(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The same pages on stores in memory, where as many files hold an address and a SIRET each."""
    world = World()
    for number in range(ROUNDS):
        file = world.submit(f"holder-{number}", email=_address("known", number), siret=_siret(number))
        world.record(file, Event.ADDRESS_CONFIRMED)
    monkeypatch.setattr(bootstrap, "submission_service", lambda: world.submissions)
    monkeypatch.setattr("chalicelib.partners.routes.floods.is_within_limits", lambda *_: True)
    yield world
    forget_caches()


def _address(kind: str, number: int) -> str:
    return f"{kind}{number:03d}@example.org"


def _siret(number: int) -> str:
    """The SIRET of that number, of one company, with its last digit as Luhn asks."""
    stem = f"732829320{number:04d}"
    return stem + next(last for last in "0123456789" if luhn.is_valid(stem + last))


def _newcomer(held: str, kind: str, number: int) -> dict[str, Any]:
    """An application whose `held` answer, an address or a SIRET, is known or new; nothing else is known."""
    is_known = {held: kind == "known"}
    email = _address("known" if is_known.get("email") else f"other{kind}", number)
    siret = _siret(number if is_known.get("siret") else ROUNDS + 2 * number + (kind == "known"))
    return answers(email, siret=siret, business_name=f"{kind} {number}")


@pytest.mark.parametrize("held", ["email", "siret"])
def test_a_known_address_or_siret_takes_the_same_time(in_memory: World, held: str) -> None:
    seconds: dict[str, list[float]] = {"known": [], "new": []}
    for number in range(ROUNDS):
        for kind in sorted(seconds, reverse=number % 2 == 0):
            sent = _newcomer(held, kind, number)
            began = process_time()
            assert Visitor().post_json(API, sent).status == 201
            seconds[kind].append(process_time() - began)
    assert len(in_memory.applications.list_in_status(Status.DUPLICATE)) == ROUNDS
    slower, faster = sorted(map(median, seconds.values()), reverse=True)
    assert slower / faster < 1.2
