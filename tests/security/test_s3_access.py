"""S3: who may do what. `access_matrix.csv` says it for every route and everybody, and each cell is tried here.

`ok` shows and writes nothing, `acts` does it, `login` leads to the login; a number is the refusal's status.
Whoever holds a mailed link may use it, so its routes are open in the table: below, other links are tried on them.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.decisions.bootstrap import decision_repository
from tests.security import aid_routes, observatory_routes, training_routes
from tests.security.http import Answer, Visitor
from tests.security.routes import REQUESTS, actor_of, registered
from tests.security.town import (
    ACTORS,
    CONFIRMATION,
    CONSENTS,
    CORRECTIONS,
    DECISIONS,
    LOGIN,
    OTHER_APPLICANT,
    OTHER_PARTNER,
    OWNER,
    RESUME,
    STAFF,
    Town,
)
from tests.security.training_town import COLLEAGUE, GUEST, TRAINER

REDIRECT, FIRST_ERROR = 303, 400
UNKNOWN = {
    "{reference}": "ADH-ZZZZZZ", "{decision_id}": "0" * 32, "{key}": "0" * 64, "{token}": f"{'0' * 32}.{'A' * 43}",
    "{draft_id}": "0" * 32, "{upload_id}": "0" * 32, "{batch_id}": "0" * 32, "{kind}": "receipt",
    "{registration}": "INS-ZZZZZZ", "{code}": "ZZZZ-ZZZZ-ZZZZ",
    "{line}": "0" * 32, "{entry}": f"2027-02_01160_{'0' * 32}",
    "{source_id}": "0" * 32, "{ticket}": "0" * 32,
}  # fmt: skip


def _matrix() -> dict[str, dict[str, str]]:
    lines = Path(__file__).with_name("access_matrix.csv").read_text("utf-8").splitlines()
    head, *rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    return {route: dict(zip(head[1:], cells, strict=True)) for route, *cells in rows}


MATRIX = _matrix()
ANY_FORM = {"outcome": "accept", "again": "1", "accord": "newsletter", "choix": "retirer", "reason": "Motif"}
BEHIND_A_LINK = [route for route in registered() if "{token}" in route]
OWN = ("/espace/dossiers/", "/espace/aides/", "/espace/formations/", "/subventions/demandes/")
OF_A_PARTNER = [route for route in registered() if route.split()[1].startswith(OWN)]
OF_STAFF = [route for route in registered() if " /bureau/" in route and "{" in route]


def test_every_route_is_in_the_matrix_and_every_line_of_it_is_a_route() -> None:
    routes, matrix, requests = set(registered()), set(MATRIX), set(REQUESTS)
    assert matrix ^ routes == set(), "access_matrix.csv: a line for each route, and no other"
    assert requests ^ routes == set(), "REQUESTS in routes.py: a true request for each route, and no other"
    assert all(tuple(row) == ACTORS for row in MATRIX.values())


@pytest.mark.parametrize("route", REQUESTS)
def test_everybody_may_do_what_the_matrix_says_and_a_refusal_writes_nothing(
    whole_town: Town, route: str
) -> None:
    request, method = REQUESTS[route], route.split(maxsplit=1)[0]
    before = whole_town.at(request.stage).stored()
    found = {}
    for actor in ACTORS:
        answer = request.send(whole_town, method, whole_town.visitors[actor])
        has_written = whole_town.stored() != before
        found[actor] = _outcome(answer, has_written)
        if has_written:
            whole_town.at(request.stage)
    assert found == MATRIX[route]


def _outcome(answer: Answer, has_written: bool) -> str:
    if answer.status == REDIRECT and answer.location.partition("?")[0] == LOGIN:
        outcome = "login"
    else:
        outcome = str(answer.status) if answer.status >= FIRST_ERROR else "ok"
    if not has_written:
        return outcome
    return "acts" if outcome == "ok" else f"{outcome}, but it wrote"


@pytest.mark.parametrize("route", [route for route in registered() if route.startswith("GET ")])
def test_head_answers_as_get_does_without_a_body_and_writes_nothing(whole_town: Town, route: str) -> None:
    request = REQUESTS[route]
    before = whole_town.at(request.stage).stored()
    for actor in ("anonymous", "owner", "director"):
        get, head = (
            request.send(whole_town, method, whole_town.visitors[actor]) for method in ("GET", "HEAD")
        )
        assert (head.status, head.body) == (get.status, "")
    assert whole_town.stored() == before


@pytest.mark.parametrize("route", OF_A_PARTNER)
@pytest.mark.parametrize("actor", ["other_partner", "other_applicant"])
def test_a_foreign_file_is_byte_for_byte_an_unknown_one(whole_town: Town, route: str, actor: str) -> None:
    request, method = REQUESTS[route], route.split(maxsplit=1)[0]
    before = whole_town.at(request.stage).stored()
    visitor = whole_town.visitors[actor]
    foreign, unknown = (_ask(visitor, method, path) for path in (request.path(whole_town), _unknown(route)))
    assert (foreign.status, foreign) == (404, unknown)
    assert whole_town.stored() == before


@pytest.mark.parametrize("route", OF_STAFF)
def test_an_object_that_does_not_exist_looks_the_same_to_those_who_may_not_see_it(
    whole_town: Town, route: str
) -> None:
    request, method = REQUESTS[route], route.split(maxsplit=1)[0]
    whole_town.at(request.stage)
    for actor in ("anonymous", "owner", "other_partner"):
        paths = (request.path(whole_town), _unknown(route))
        known, unknown = (_ask(whole_town.visitors[actor], method, path) for path in paths)
        assert known.status == unknown.status
        assert known.body == unknown.body
    assert _ask(whole_town.visitors[actor_of(route)], method, _unknown(route)).status in (404, 422)


def test_an_applicants_question_is_none_of_the_desk(town: Town) -> None:
    questions = [one.id for row in _files(town) for one in decision_repository().list_by_record(row)]
    own = [one for one in questions if not decision_repository().find(one).question.role]
    assert len(own) >= 3
    unknown = town.visitors["director"].get(f"/bureau/decisions/{UNKNOWN['{decision_id}']}")
    for one in own:
        assert town.visitors["director"].get(f"/bureau/decisions/{one}") == unknown


def _files(town: Town) -> list[str]:
    return [row["pk"]["S"].partition("#")[2] for row in town.rows("partners") if "reference" in row]


Mailed = dict[str, tuple[str, str]]
MAILED: Mailed = {
    "resume": (RESUME, OWNER), "confirmation": (CONFIRMATION, OWNER), "login": (LOGIN, OWNER),
    "corrections": (CORRECTIONS, OWNER), "decision": (DECISIONS, STAFF["network_officer"]),
    "payment": (DECISIONS, STAFF["accounting"]), "other partner": (CONFIRMATION, OTHER_PARTNER),
    "consents": (CONSENTS, OTHER_PARTNER),
}  # fmt: skip
AID_MAILED: Mailed = {
    "corrections": (aid_routes.CORRECTIONS, OWNER), "draft of an aid": (aid_routes.RESUME, OWNER),
    "check of an aid": (DECISIONS, STAFF["quality_officer"]),
}  # fmt: skip

TRAINING_MAILED: Mailed = {
    "registration": (training_routes.MANAGE, OWNER), "form of a guest": (training_routes.INVITATION, GUEST),
    "freed seat": (training_routes.OFFER, COLLEAGUE), "list at the door": (training_routes.TRAINER_LIST, TRAINER),
    "questionnaire": (training_routes.OPINION, OWNER), "registration of another": (training_routes.MANAGE, OTHER_PARTNER),
}  # fmt: skip
FIGURES_MAILED: Mailed = {
    "figures": (observatory_routes.ENTRY, OWNER), "figures of another": (observatory_routes.ENTRY, OTHER_PARTNER),
}  # fmt: skip
NEVER_CORRECTED = {name: mailed for name, mailed in MAILED.items() if name != "corrections"}
LATER = {
    "aid": ("aid_corrections", MAILED | AID_MAILED),
    "training": ("training_closed", NEVER_CORRECTED | TRAINING_MAILED),
    "figures": ("figures_given", NEVER_CORRECTED | FIGURES_MAILED),
}
"""At which stage other links are tried on the routes of a feature, and which: all of them were mailed by then."""


@pytest.mark.parametrize("route", BEHIND_A_LINK)
def test_a_link_of_another_purpose_or_put_together_from_two_is_byte_for_byte_an_unknown_one(
    whole_town: Town, route: str
) -> None:
    request, method = REQUESTS[route], route.split(maxsplit=1)[0]
    path = request.path(whole_town.at(request.stage))
    stage, mailed = LATER.get(request.stage.partition("_")[0], ("corrections", MAILED))
    before = whole_town.at(stage).stored()
    for actor in ("anonymous", "owner"):
        visitor = whole_town.visitors[actor]
        unknown = _ask(visitor, method, _unknown(route))
        assert unknown.status in (403, 404)
        for wrong in _wrong_tokens(whole_town, path, mailed):
            assert _ask(visitor, method, wrong) == unknown, wrong
    assert whole_town.stored() == before


def _wrong_tokens(town: Town, path: str, mailed: Mailed) -> Iterator[str]:
    """The path with links of all other purposes, and with pieces of two."""
    own = next(part for part in path.split("/") if "." in part)
    own_id, _, own_secret = own.partition(".")
    for page, to in mailed.values():
        other = town.token(page, to)
        if other != own:
            link_id, _, secret = other.partition(".")
            yield from (path.replace(own, f"{own_id}.{secret}"), path.replace(own, f"{link_id}.{own_secret}"))
        if not path.startswith(page):
            yield path.replace(own, other)
    for altered in (f"{own_id}.", f".{own_secret}", own_id, own[:-1], f"{own}x", f"{own}.", own.swapcase()):
        yield path.replace(own, altered)


def test_a_link_of_somebody_else_shows_what_it_is_about_and_nothing_of_the_owner(town: Town) -> None:
    other = town.visitors["owner"].get(f"{CONFIRMATION}/{town.token(CONFIRMATION, OTHER_APPLICANT)}")
    assert other.status == 200
    assert town.reference(OTHER_APPLICANT) in other.body
    assert town.reference(OWNER) not in other.body


def _unknown(route: str) -> str:
    path = route.split()[1]
    for name, value in UNKNOWN.items():
        path = path.replace(name, value)
    return path


def _ask(visitor: Visitor, method: str, path: str) -> Answer:
    visitor = Visitor(dict(visitor.cookies), visitor.ip)
    return visitor.post(path, ANY_FORM) if method == "POST" else visitor.get(path)
