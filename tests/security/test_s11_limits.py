"""S11: how often something may be asked for. Beyond the limit the page says the same, no mail leaves, nobody is locked out.

The requests of a login link, per address and per machine: tests/integration/access/test_attacks.py.
"""

from collections.abc import Callable

import pytest

from chalicelib.partners import bootstrap
from chalicelib.partners.routes.draft_cookie import DRAFT_COOKIE
from chalicelib.web.cookies import full_name
from tests.security import aid_routes, observatory_routes, training_routes
from tests.security.aid_town import QUALITY, REFERENCE
from tests.security.http import Answer, Visitor
from tests.security.routes import API, NEWCOMER
from tests.security.town import CONFIRMATION, CORRECTIONS, DECISIONS, LOGIN, OWNER, RESUME, STAFF, Town
from tests.security.training_town import CODE, COLLEAGUE, GUEST, SESSION, TRAINER, WAITING

OFFICER = STAFF["network_officer"]
AN_HOUR_OF_MINUTES = 12
INVITE = f"/formations/{SESSION}/invitation"
WRONG_CODES = [f"222222222{number:03d}".translate({48: "K", 49: "M"}) for number in range(61)]


def _mails(town: Town, to: str) -> int:
    town.go_on()
    return sum(letter.to == to for letter in town.gate.letters)


def _press(town: Town, ask: Callable[[], Answer], to: str) -> tuple[list[Answer], int]:
    """What is answered to a press a minute, and how many mails came of them."""
    known, seen = _mails(town, to), []
    for _ in range(AN_HOUR_OF_MINUTES):
        town.clock.wait(minutes=1)
        seen.append(ask())
        town.go_on()
    return seen, _mails(town, to) - known


def _again(to: str, page: str) -> Callable[[Town], Callable[[], Answer]]:
    def pressing(town: Town) -> Callable[[], Answer]:
        path, visitor = f"{town.link(to, page)}/lien", Visitor()
        return lambda: visitor.post(path, {"again": "1"})

    return pressing


def _logged_in(actor: str, path: Callable[[Town], str]) -> Callable[[Town], Callable[[], Answer]]:
    return lambda town: lambda: town.visitors[actor].post(path(town), {"again": "1"})


def _pause(visitor: Visitor) -> Answer:
    """Change a page, then ask for the link: every version of the draft is an occasion of its own."""
    visitor.post("/adhesion/demande/vous", {"email": OWNER, "pause": "1"})
    return visitor.post("/adhesion/pause")


BUTTONS = {
    "a fresh link to confirm": ("sent", OWNER, _again(OWNER, CONFIRMATION)),
    "a fresh link to correct": ("corrections", OWNER, _again(OWNER, CORRECTIONS)),
    "a fresh link to decide": ("submitted", OFFICER, _again(OFFICER, DECISIONS)),
    "a fresh link to a draft": ("draft", OWNER, _again(OWNER, RESUME)),
    "the link from the own space": (
        "corrections", OWNER, _logged_in("owner", lambda town: f"/espace/dossiers/{town.reference()}/lien"),
    ),
    "the applicant's link from the desk": (
        "corrections", OWNER, _logged_in("director", lambda town: f"/bureau/dossiers/{town.reference()}/lien"),
    ),
    "the decision's link from the desk": (
        "submitted", OFFICER, _logged_in("director", lambda town: f"/bureau/decisions/{town.question()}/lien"),
    ),
    "a fresh link to the draft of an aid": (
        "aid_draft", OWNER, _again(OWNER, aid_routes.RESUME),
    ),
    "a fresh link to correct an aid": (
        "aid_corrections", OWNER, _again(OWNER, aid_routes.CORRECTIONS),
    ),
    "a fresh link to give figures": (
        "figures_asked", OWNER, _again(OWNER, observatory_routes.ENTRY),
    ),
    "a fresh link to check an aid": (
        "aid_sent", QUALITY, _again(QUALITY, DECISIONS),
    ),
    "the link of an aid from the own space": (
        "aid_corrections", OWNER, _logged_in("owner", lambda town: f"/espace/aides/{REFERENCE}/lien"),
    ),
    "the applicant's link of an aid from the desk": (
        "aid_corrections", OWNER, _logged_in("quality_officer", lambda town: f"/bureau/aides/{REFERENCE}/lien"),
    ),
    "a fresh link to a registration": (
        "training_open", OWNER, _again(OWNER, training_routes.MANAGE),
    ),
    "the form of a guest": (
        "training_open", GUEST, lambda town: lambda: Visitor().post(INVITE, {"email": GUEST}),
    ),
    "a fresh form of a guest": (
        "training_open", GUEST, _again(GUEST, training_routes.INVITATION),
    ),
    "a fresh link to a freed seat": (
        "training_offered", COLLEAGUE, _again(COLLEAGUE, training_routes.OFFER),
    ),
    "the link to a freed seat from the desk": (
        "training_offered", COLLEAGUE,
        _logged_in("quality_officer", lambda town: f"/bureau/formations/{SESSION}/inscriptions/{WAITING}/lien"),
    ),
    "a fresh list of the trainer": (
        "training_open", TRAINER, _again(TRAINER, training_routes.TRAINER_LIST),
    ),
    "the link to a draft": ("draft", OWNER, lambda town: lambda: _pause(town.visitors["owner"])),
}  # fmt: skip


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_that_mails_a_link_mails_five_within_an_hour(whole_town: Town, button: str) -> None:
    stage, to, pressing = BUTTONS[button]
    town = whole_town.at(stage)
    seen, mailed = _press(town, pressing(town), to)
    assert 1 <= mailed <= 5
    assert {answer.status for answer in seen} <= {200, 303}
    assert len({answer.comparable[2] for answer in seen}) == 1
    town.clock.wait(minutes=60)
    known = _mails(town, to)
    pressing(town)()
    assert _mails(town, to) <= known + 1


@pytest.mark.parametrize(
    ("stage", "to", "page"),
    [
        ("sent", OWNER, CONFIRMATION),
        ("submitted", OFFICER, DECISIONS),
        ("corrections", OWNER, CORRECTIONS),
    ],
)
def test_the_older_link_lives_on_after_too_many_fresh_ones(
    whole_town: Town, stage: str, to: str, page: str
) -> None:
    town = whole_town.at(stage)
    older = town.link(to, page)
    _press(town, _again(to, page)(town), to)
    assert Visitor().get(older).status == 200
    assert Visitor().post(older, {"outcome": "accept"}).status == 303


def test_a_decision_link_that_is_posted_to_often_decides_once_and_mails_once(town: Town) -> None:
    link = town.link(OFFICER, DECISIONS)
    seen = [Visitor().post(link, {"outcome": "refuse", "reason": f"Motif {number}"}) for number in range(30)]
    town.go_on()
    assert (seen[0].status, {answer.status for answer in seen[1:]}) == (303, {200})
    assert sum("Motif 0" in letter.raw.decode() for letter in town.gate.letters) == 1
    assert not [letter for letter in town.gate.letters if "Motif 1" in letter.raw.decode()]


def test_the_sixth_form_of_an_address_within_an_hour_is_told_to_wait_and_keeps_its_draft(town: Town) -> None:
    sent, browser = [], Visitor()
    for _ in range(6):
        browser = Visitor()
        draft = bootstrap.draft_service().begin(NEWCOMER)
        browser.cookies[full_name(DRAFT_COOKIE.name)] = (
            DRAFT_COOKIE.key_to(draft).partition("=")[2].partition(";")[0]
        )
        sent.append(browser.post("/adhesion/verification"))
    assert [answer.status for answer in sent] == [303] * 5 + [429]
    assert int(sent[-1].headers["Retry-After"]) > 0
    assert browser.get("/adhesion/verification").status == 200


def test_one_machine_may_send_as_many_forms_as_the_deployment_says(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDINGS_PER_MACHINE", "3")
    sent = [
        Visitor().post_json(API, {**NEWCOMER, "email": f"jean{number}@ferme.example.fr"})
        for number in range(5)
    ]
    assert [answer.status for answer in sent] == [201] * 3 + [429] * 2
    elsewhere = Visitor(ip="198.51.100.7").post_json(API, {**NEWCOMER, "email": "jean9@ferme.example.fr"})
    assert elsewhere.status == 201


def test_five_wrong_codes_close_the_link_to_other_browsers_and_not_to_the_one_that_asked(town: Town) -> None:
    link, thief = town.link(OWNER, LOGIN), Visitor()
    guesses = [thief.post(link, {"code": f"{number:06d}"}) for number in range(8)]
    assert [answer.status for answer in guesses] == [422] * 4 + [403] * 4
    assert len({answer.body for answer in guesses[4:]}) == 1
    assert "__Host-sid" not in thief.cookies
    assert town.visitors["owner"].post(link).status == 303


def test_one_machine_asks_for_as_many_forms_of_guests_as_the_deployment_says(
    whole_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDINGS_PER_MACHINE", "3")
    town = whole_town.at("training_open")
    guests = [f"guest{number}@jardin.example.fr" for number in range(6)]
    seen = [Visitor().post(INVITE, {"email": guest}) for guest in guests]
    town.go_on()
    assert {answer.status for answer in seen} == {200}
    assert len({answer.body.replace(guest, "GUEST") for answer, guest in zip(seen, guests, strict=True)}) == 1
    assert sum(letter.to in guests for letter in town.gate.letters) == 3


def test_who_tries_codes_of_certificates_is_told_to_wait_and_finds_none_then(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    seen = [Visitor().get(f"/verification/{code}").status for code in WRONG_CODES]
    assert seen == [404] * 60 + [429]
    assert Visitor().get(f"/verification?code={CODE}").status == 429
    assert Visitor(ip="198.51.100.7").get(f"/verification/{CODE}").status == 200
    town.clock.wait(minutes=60)
    assert Visitor().get(f"/verification/{CODE}").status == 200


def test_a_code_that_is_good_or_none_at_all_is_not_counted(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    before = town.stored()
    for code in [CODE, "x", "7KQ4-M2XB", "é" * 12] * 20:
        assert Visitor().get(f"/verification/{code}").status in (200, 404)
    assert town.stored() == before
