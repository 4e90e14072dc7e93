"""Where the office wants it, who commits money by a mailed link is logged in as well: the link alone shows the way."""

import json

import pytest

from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.decisions.model import DecisionState, question_id
from tests.faults import house, subsidies
from tests.faults.subsidy_units import PROOFS_ACCEPTED, SENT, TO_AWARD, TO_SECOND
from tests.harness.left import value
from tests.harness.sweep import Stages
from tests.harness.world import faulty_world

COMMITTING = {
    "the award": (TO_AWARD, house.DIRECTOR, "accept"),
    "the second approval": (TO_SECOND, house.PRESIDENT, "accept"),
    "the payment": (PROOFS_ACCEPTED, house.ACCOUNTING, "approve"),
}
STEPS = ("subsidy_award", "subsidy_second_approval", "subsidy_payment")
"""In their order: the last one asked is meant."""
OTHER = house.OFFICER
LOG_IN = "Me connecter pour répondre"


def becomes_strict(world):
    house.open_office(decisions_need_login=True)
    world.clock.wait(minutes=5)


def strictly(*steps):
    """These steps, the last one under an office that wants people to be logged in."""
    return (*steps[:-1], becomes_strict, steps[-1])


@pytest.fixture(scope="module")
def stages():
    with faulty_world() as made:
        house.open_office()
        yield Stages(made)


@pytest.fixture(params=COMMITTING)
def asked(request, stages):
    """The world with a question, its link in a browser without cookies, who holds it, and the answer."""
    before, email, outcome = COMMITTING[request.param]
    return link_of(stages.after(*strictly(*before)), email), email, outcome


def link_of(world, email):
    world.as_person("a telephone")
    return world, world.link(email, house.DECISION)


def question(world):
    """The question that commits money."""
    found = [json.loads(value(row, "question")) for row in world.rows("decisions") if "question" in row]
    one = max((each for each in found if each["step"] in STEPS), key=lambda each: STEPS.index(each["step"]))
    return decision_repository().find(question_id(one["record"], one["step"], one["round"]))


def left(world):
    """All that a decision may change; looking at links and pages changes none of it."""
    return {table: world.rows(table) for table in ("decisions", "subsidies", "mail")}


def test_the_link_alone_shows_the_way_to_log_in_and_records_nothing(asked):
    (world, link), _, outcome = asked
    before = left(world)
    page = world.read(link)
    assert (world.statuses[-1], LOG_IN in page, 'name="outcome"' in page) == (403, True, False)
    assert f"/bureau/decisions/{question(world).id}" in page
    assert world.press(link, outcome=outcome, reason="") == 403
    assert LOG_IN in world.text
    assert question(world).state is DecisionState.PENDING
    assert left(world) == before


def test_the_link_alone_opens_no_document_and_says_how_to(asked):
    (world, link), _, _ = asked
    page = world.read(f"{link}/pieces/{subsidies.document(world, 'quote')}")
    assert (world.statuses[-1], LOG_IN in page) == (403, True)


def test_with_the_session_of_its_holder_the_link_opens_everything_and_the_answer_counts_once(asked):
    (world, _), email, outcome = asked
    world.log_in(email)
    link = world.link(email, house.DECISION)
    page = world.read(link)
    assert (world.statuses[-1], 'name="outcome"' in page, LOG_IN in page) == (200, True, False)
    world.read(f"{link}/pieces/{subsidies.document(world, 'quote')}")
    assert world.statuses[-1] == 303
    assert world.press(link, outcome=outcome, reason="") == 303
    answer = question(world).answer
    assert (answer.outcome, answer.by_email, answer.via) == (outcome, email, "link")


def test_with_the_session_of_somebody_else_the_link_is_the_link_alone(asked):
    (world, link), _, outcome = asked
    world.log_in(OTHER)
    before = left(world)
    assert LOG_IN in world.read(link)
    assert world.statuses[-1] == 403
    assert world.press(link, outcome=outcome, reason="") == 403
    world.read(f"{link}/pieces/{subsidies.document(world, 'quote')}")
    assert world.statuses[-1] == 403
    assert left(world) == before


def test_a_session_that_has_ended_is_none(asked):
    (world, _), email, outcome = asked
    world.log_in(email)
    link = world.link(email, house.DECISION)
    world.press("/deconnexion")
    assert world.press(link, outcome=outcome, reason="") == 403
    world.log_in(email)
    world.clock.wait(hours=13)
    assert world.press(link, outcome=outcome, reason="") == 403
    assert question(world).state is DecisionState.PENDING


def test_an_answer_that_is_recorded_is_shown_to_the_link_and_its_documents_stay_closed(asked):
    (world, link), email, outcome = asked
    world.log_in(email)
    world.press(link, outcome=outcome, reason="")
    page = world.as_person("a telephone").read(link)
    assert (world.statuses[-1], "Réponse enregistrée" in page) == (200, True)
    page = world.read(f"{link}/pieces/{subsidies.document(world, 'quote')}")
    assert (world.statuses[-1], "ouvrir les pièces" in page) == (403, True)


def test_a_question_that_commits_no_money_is_answered_by_its_link(stages):
    world, link = link_of(stages.after(*strictly(*SENT)), house.ACCOUNTING)
    assert 'name="outcome"' in world.read(link)
    assert world.press(link, outcome="complete", reason="") == 303


@pytest.mark.parametrize("name", COMMITTING)
def test_where_the_office_does_not_want_it_the_link_suffices(stages, name):
    before, email, outcome = COMMITTING[name]
    world, link = link_of(stages.after(*before), email)
    page = world.read(link)
    assert (world.statuses[-1], 'name="outcome"' in page, LOG_IN in page) == (200, True, False)
    world.read(f"{link}/pieces/{subsidies.document(world, 'quote')}")
    assert world.statuses[-1] == 303
    assert world.press(link, outcome=outcome, reason="") == 303
    assert question(world).answer.outcome == outcome
