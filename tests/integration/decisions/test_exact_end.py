"""A question that ends at an instant: its page tells the hour, and an answer that comes later closes it instead."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest

from chalicelib.decisions import applicants
from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.decisions.model import DecisionState, until
from chalicelib.partners import bootstrap, questions
from tests.faults import house
from tests.faults.onboarding import APPLICANT, CONFIRMATION
from tests.faults.units import SENT, TO_DECISION
from tests.harness.left import value
from tests.harness.sweep import Stages
from tests.harness.world import faulty_world

END = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)
LAST_SECOND = END - timedelta(seconds=1)
TOLD = "vendredi 5 mars 2027 à 14 h 30"
CLOSED = "Le délai de réponse est passé"


@pytest.fixture(scope="module")
def stages():
    """The office and the applicant have until the same instant."""
    exact = mock.patch.multiple(
        questions, _review_timetable=lambda delays: until(END), calendar_days=lambda expiry, every: until(END)
    )
    with faulty_world() as made, exact:
        house.open_office()
        yield Stages(made)


@pytest.fixture
def asked(stages):
    """The world with a question to the officer, and its link."""
    world = stages.after(*TO_DECISION)
    return world, world.link(house.OFFICER, house.DECISION)


@pytest.fixture
def applicant(stages):
    """The world with a question to the applicant."""
    return stages.after(*SENT)


def shown(world, path):
    return world.read(path).replace("\u00a0", " ").replace("&nbsp;", " ")


def question(world):
    return decision_repository().find(house.question(world))


def file(world):
    """The one file, which its questions name."""
    (record,) = {value(row, "record_key") for row in world.rows("decisions") if "question" in row}
    return bootstrap.applications().find(record)


def test_the_page_and_the_desk_tell_the_day_and_the_hour(asked):
    world, link = asked
    assert f"attendue au plus tard le {TOLD}" in shown(world, link)
    world.log_in(house.OFFICER)
    assert f"à répondre au plus tard le {TOLD}" in shown(world, "/bureau")
    assert f"au plus tard le {TOLD}" in shown(world, f"/bureau/dossiers/{file(world).reference}")
    world.log_in(house.ACCOUNTING)
    assert f"le {TOLD} au plus tard" in shown(world, f"{house.DESK}/{question(world).id}")


def test_an_answer_in_the_last_second_counts(asked):
    world, link = asked
    world.clock.at = LAST_SECOND
    assert world.press(link, outcome="accept", reason="") == 303
    assert question(world).answer.at == LAST_SECOND
    world.go_on()
    assert file(world).status == "awaiting_payment"


def test_an_answer_that_comes_later_changes_nothing_and_the_process_hears_that_nobody_answered(asked):
    world, link = asked
    world.clock.at = END
    assert world.press(link, outcome="accept", reason="") == 409
    said = world.text.replace("&nbsp;", " ").replace("\u00a0", " ")
    assert CLOSED in said
    assert (
        f"arrivée trop tard : elle n’a rien changé. Une réponse était attendue au plus tard le {TOLD}" in said
    )
    closed = question(world)
    assert (closed.state, closed.answer, closed.is_delivered) == (DecisionState.EXPIRED, None, True)
    world.go_on()
    assert file(world).status == "overdue"


@pytest.mark.parametrize("answers_first", [True, False], ids=["who answers late", "the round"])
def test_the_question_is_closed_in_the_same_way_whoever_notes_it_first(asked, answers_first):
    world, link = asked
    world.clock.at = END
    late, sweeps = (
        lambda: world.press(link, outcome="refuse", reason="Trop tard."),
        lambda: world.tick("sweep_decisions"),
    )
    for act in (late, sweeps) if answers_first else (sweeps, late):
        act()
    assert [line.what for line in decision_repository().list_history(question(world).id)] == [
        "Question posée à Yann Le Goff", "Question close sans réponse",
    ]  # fmt: skip
    world.go_on()
    assert file(world).status == "overdue"


def test_at_the_desk_an_answer_is_too_late_from_the_same_instant_on(asked):
    world, _ = asked
    world.clock.at = END
    world.log_in(house.OFFICER)
    page = f"{house.DESK}/{question(world).id}"
    assert CLOSED in shown(world, page)
    assert world.press(page, outcome="accept", reason="") == 409
    assert question(world).state is DecisionState.EXPIRED


def test_between_the_end_and_the_round_the_page_is_closed_no_link_is_mailed_and_looking_writes_nothing(asked):
    world, link = asked
    world.clock.at = END
    before = world.rows("decisions"), world.rows("mail")
    page = shown(world, link)
    assert (world.statuses[-1], CLOSED in page, 'name="outcome"' in page, "/lien" in page) == (
        200,
        True,
        False,
        False,
    )
    assert world.press(f"{link}/lien", again="on") == 200
    assert "n’attend plus" in world.text
    assert (world.rows("decisions"), world.rows("mail")) == before


def test_nobody_is_reminded_nor_stood_in_for(asked):
    world, _ = asked
    before = len(world.rows("mail"))
    for days in (1, 1, 3):
        world.clock.wait(days=days)
        world.tick("send_decision_reminders")
    assert len(world.rows("mail")) == before


def test_a_mail_that_comes_back_too_late_passes_nothing_on(asked):
    world, _ = asked
    world.clock.at = END
    house.hear_of_bounce(house.OFFICER, "pass_on_bounced_request")(world)
    assert [one.email for one in question(world).addressees] == [house.OFFICER]


def test_an_applicant_has_nothing_to_answer_any_more_from_the_same_instant_on(applicant):
    world = applicant
    world.clock.at = LAST_SECOND
    pending = applicants.pending_question(file(world))
    assert pending is not None
    world.clock.at = END
    assert applicants.pending_question(file(world)) is None
    assert not applicants.mail_again(pending)
    world.press(world.link(APPLICANT, CONFIRMATION))
    world.go_on()
    assert decision_repository().find(pending.id).state is DecisionState.EXPIRED
    assert file(world).status == "unconfirmed"
