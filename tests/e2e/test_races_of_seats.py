"""Many people and few seats at the same instant: exactly as many seats as there are, and an order that holds."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cloud import Cloud
from tests.e2e import seats
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.harness.unguarded import without_conditions

pytestmark = pytest.mark.cloud

CROWD = 50
COMMIT = "TransactWriteItems"
ROUNDS = 20


@pytest.fixture(scope="module")
def crowd(cloud: Cloud) -> Iterator[Racers]:
    """Fifty runners: as many people press the button at once."""
    with Racers(cloud, CROWD) as started:
        yield started


def published(racers: Racers, **answers: Any) -> str:
    (session_id,) = (
        racers.each([Work(seats.published, ())]) if not answers else racers.each([_session(answers)])
    )
    return session_id


def _session(answers: dict[str, Any]) -> Work:
    return Work(_published_with, (tuple(answers.items()),))


def _published_with(answers: tuple[tuple[str, Any], ...]) -> str:
    return seats.published(**dict(answers))


def register_all(racers: Racers, session_id: str, names: list[str], **settings: Any) -> list[tuple[str, str]]:
    """They all register, as many at once as there are runners, each held before its transaction."""
    return racers.race([Work(seats.register, (session_id, name)) for name in names], hold=COMMIT, **settings)


def stands(racers: Racers, session_id: str) -> dict[str, Any]:
    (found,) = racers.each([Work(seats.standing, (session_id,))])
    return found


def names(count: int, first: int = 0) -> list[str]:
    return [f"Personne {number}" for number in range(first, first + count)]


def test_five_hundred_register_for_thirty_seats_fifty_at_once(crowd: Racers) -> None:
    session_id = published(crowd, seats=30)
    told = register_all(crowd, session_id, names(500))
    assert Counter(status for status, _ in told) == {"confirmed": 30, "waiting": 470}
    found = stands(crowd, session_id)
    assert (found["taken"], found["offered"], found["free"]) == (30, 0, 0)
    assert len(found["statuses"]) == len(set(found["names"].values())) == 500
    waiting = {each for each, status in found["statuses"].items() if status == "waiting"}
    assert len(found["waiting"]) == len(set(found["waiting"])) == 470
    assert set(found["waiting"]) == waiting
    waves = [int(found["names"][each].rpartition(" ")[2]) // CROWD for each in found["waiting"]]
    assert waves == sorted(waves), "who came in a later wave stands behind"
    assert Counter(line.split()[0] for line in found["mails"]) == {
        "trainings/confirmed": 30,
        "trainings/waitlisted": 470,
    }


def test_without_its_conditions_more_seats_are_sold_than_there_are(crowd: Racers) -> None:
    session_id = published(crowd, seats=10)
    register_all(crowd, session_id, names(CROWD), twin=without_conditions)
    assert stands(crowd, session_id)["taken"] > 10


@pytest.mark.parametrize("number", range(ROUNDS))
def test_fifty_for_ten_seats_without_a_list_are_ten_and_forty_clear_refusals(
    crowd: Racers, number: int
) -> None:
    """R1."""
    session_id = published(crowd, seats=10, has_waitlist="no")
    told = register_all(crowd, session_id, names(CROWD))
    assert Counter(status for status, _ in told) == {"confirmed": 10, "SessionFull": 40}
    found = stands(crowd, session_id)
    assert (found["taken"], found["free"]) == (10, 0)


def test_the_same_form_fifty_times_registers_once(crowd: Racers) -> None:
    """R2."""
    session_id = published(crowd, seats=10)
    key = "A" * 43
    told = crowd.race([Work(seats.register, (session_id, "Camille", key))] * CROWD, hold=COMMIT)
    assert len(set(told)) == 1
    found = stands(crowd, session_id)
    assert (found["taken"], len(found["statuses"]), len(found["mails"])) == (1, 1, 1)


def test_the_same_person_by_fifty_forms_registers_once(crowd: Racers) -> None:
    """R2."""
    session_id = published(crowd, seats=10)
    told = crowd.race([Work(seats.register, (session_id, "Camille"))] * CROWD, hold=COMMIT)
    assert Counter(status for status, _ in told) == {"confirmed": 1, "AlreadyRegistered": CROWD - 1}
    assert len({registration_id for _, registration_id in told}) == 1
    assert stands(crowd, session_id)["taken"] == 1


def test_a_person_without_conditions_is_registered_more_than_once(crowd: Racers) -> None:
    session_id = published(crowd, seats=100)
    crowd.race([Work(seats.register, (session_id, "Camille"))] * CROWD, hold=COMMIT, twin=without_conditions)
    assert stands(crowd, session_id)["taken"] > 1


def test_arrivals_cancellations_and_expiring_offers_never_give_more_than_there_is(crowd: Racers) -> None:
    session_id = published(crowd, seats=20)
    arrivals = names(200)
    told = register_all(crowd, session_id, arrivals[:100])
    known = [each for _, each in told]
    for wave in range(4):
        leaving = [Work(seats.cancel, (each,)) for each in known[wave * 25 : wave * 25 + 25]]
        offered = [
            each for each, status in stands(crowd, session_id)["statuses"].items() if status == "offered"
        ]
        answers = ["offer_expired", "accepted", "declined"]
        ending = [Work(seats.happens, (each, answers[at % 3])) for at, each in enumerate(offered[:15])]
        coming = [Work(seats.register, (session_id, name)) for name in arrivals[100 + wave * 25 :][:25]]
        crowd.race([*leaving, *ending, *coming], hold=COMMIT)
        found = stands(crowd, session_id)
        held = Counter(found["statuses"].values())
        assert found["taken"] == held["confirmed"]
        assert found["offered"] == held["offered"]
        assert found["taken"] + found["offered"] <= found["capacity"] == 20
        assert sorted(found["waiting"]) == sorted(k for k, v in found["statuses"].items() if v == "waiting")
    assert len(stands(crowd, session_id)["statuses"]) == 200


def test_an_offer_that_ends_and_is_accepted_at_the_same_instant_has_one_end(crowd: Racers) -> None:
    """R13."""
    for _ in range(10):
        session_id = published(crowd, seats=1)
        (_, first), (_, second), _third = [
            crowd.each([Work(seats.register, (session_id, name))])[0] for name in names(3)
        ]
        crowd.each([Work(seats.cancel, (first,))])
        crowd.race(
            [Work(seats.happens, (second, event)) for event in ("accepted", "offer_expired")] * 5, hold=COMMIT
        )
        found = stands(crowd, session_id)
        assert found["taken"] + found["offered"] == 1
        accepted = found["statuses"][second] == "confirmed"
        mails = [line for line in found["mails"] if line.endswith(second)]
        assert ("trainings/confirmed " + second in mails) is accepted
        assert ("trainings/lapsed " + second in mails) is not accepted


def test_seats_freed_at_once_go_to_the_next_in_their_order_each_once(crowd: Racers) -> None:
    """R13."""
    session_id = published(crowd, seats=5)
    told = [crowd.each([Work(seats.register, (session_id, name))])[0] for name in names(12)]
    order = [each for _, each in told][5:]
    late = [Work(seats.register, (session_id, name)) for name in names(5, first=50)]
    crowd.race([Work(seats.cancel, (each,)) for _, each in told[:5]] + late, hold=COMMIT)
    found = stands(crowd, session_id)
    assert [each for each in order if found["statuses"][each] == "offered"] == order[:5]
    assert found["waiting"][:2] == order[5:]
    assert (found["taken"], found["offered"]) == (0, 5)
