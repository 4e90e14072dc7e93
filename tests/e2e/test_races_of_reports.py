"""Reports at the same instant: of two ends one comes, of two comments one is kept, a round begins each once."""

from collections.abc import Callable
from itertools import count

import pytest

from tests.cloud import Cloud
from tests.e2e import report_races, report_stage, seeding
from tests.e2e.files import machine_arn
from tests.e2e.journeys import session_of
from tests.harness import snapshot
from tests.harness.http import Site
from tests.harness.race import Racers, race_in_the_cloud
from tests.harness.starts import Work, press
from tests.harness.unguarded import without_conditions
from tests.harness.waiting import until
from tests.people import DIRECTOR, OBSERVER

pytestmark = pytest.mark.cloud

ROUNDS, IN_THE_CLOUD, TEN = 10, 3, 10
WITHOUT_RUN = False
COMMIT = "TransactWriteItems"
DESK = "/bureau/observatoire/bilans"
ENDS = {"approved": "Publication approuvée", "dropped": "Bilan abandonné"}
STANDS = {"approved": "printing", "dropped": "dropped"}
SUBMIT, DROP = {"outcome": "submit"}, {"outcome": "drop", "reason": "Trop peu de réponses."}
REACHED = {"submit": "awaiting_approval", "drop": "dropped"}
Report = dict[str, str]


@pytest.fixture(scope="module")
def report(cloud: Cloud, racers: Racers) -> Callable[..., Report]:
    """Makes reports that stand somewhere, each of a month of its own."""
    racers.each([Work(report_stage.sectored)])
    numbers = count()
    return lambda *how: racers.each([Work(report_races.made, (how[0], next(numbers), *how[1:]))])[0]


def stands(racers: Racers, report: Report) -> dict[str, object]:
    return racers.each([Work(report_races.told, (report["id"],))])[0]  # type: ignore[no-any-return]


def link_of(cloud: Cloud, racers: Racers, report: Report, who: str = OBSERVER) -> str:
    """The path that answers the question about it, once it is put."""
    until(lambda: snapshot.item(cloud, "decisions", report["decision_id"], "DECISION"), "the question", 90)
    (path,) = racers.each([Work(seeding.decision_link, (report["decision_id"], who))])
    return str(path)


@pytest.mark.parametrize("is_held", [True, False], ids=["held before the write", "through the gateway"])
def test_of_two_answers_to_a_review_one_is_stored_and_the_report_goes_its_way(
    cloud: Cloud, racers: Racers, report: Callable[..., Report], is_held: bool
) -> None:
    """R4."""
    for _ in range(ROUNDS if is_held else IN_THE_CLOUD):
        one = report("in_review")
        starts = [press(link_of(cloud, racers, one), answer) for answer in (SUBMIT, DROP)]
        answers = racers.race(starts, hold=COMMIT) if is_held else race_in_the_cloud(cloud, starts)
        assert {answer.status for answer in answers} == {303, 409}
        winner = "submit" if answers[0].status == 303 else "drop"
        loser = answers[1 if winner == "submit" else 0]
        assert "Une réponse est déjà enregistrée" in loser.text
        until(lambda one=one: stands(racers, one)["status"] != "in_review", "the answer in the report")  # type: ignore[misc]
        assert stands(racers, one)["status"] == REACHED[winner]


def test_without_its_condition_two_answers_to_a_review_are_taken(
    cloud: Cloud, racers: Racers, report: Callable[..., Report]
) -> None:
    link = link_of(cloud, racers, report("in_review"))
    told = racers.race([press(link, SUBMIT), press(link, DROP)], hold=COMMIT, twin=without_conditions)
    assert [one.status for one in told] == [303, 303]


def both_ends(one: Report) -> list[Work]:
    return [Work(report_races.happens, (one["id"], event)) for event in ENDS] * 5


def test_a_report_that_is_approved_and_dropped_at_the_same_instant_has_one_end(
    racers: Racers, report: Callable[..., Report]
) -> None:
    """R13, of reports."""
    ends = set()
    for _ in range(ROUNDS):
        one = report("awaiting_approval", WITHOUT_RUN)
        racers.race(both_ends(one), hold=COMMIT)
        found = stands(racers, one)
        (end,) = [name for name, said in ENDS.items() if said in found["lines"]]  # type: ignore[operator]
        ends.add(end)
        assert found["lines"].count(ENDS[end]) == 1  # type: ignore[attr-defined]
        assert found["status"] == STANDS[end]
        racers.each([Work(report_races.forget, (one["id"], one["slug"]))])
    assert ends <= set(ENDS)


def test_without_its_condition_a_report_is_approved_and_dropped(
    racers: Racers, report: Callable[..., Report]
) -> None:
    one = report("awaiting_approval", WITHOUT_RUN)
    told = racers.race(both_ends(one), hold=COMMIT, twin=without_conditions)
    assert set(told) == set(STANDS.values())
    racers.each([Work(report_races.forget, (one["id"], one["slug"]))])


def test_a_report_that_is_dropped_at_the_desk_while_it_is_approved_is_public_or_dropped_and_never_both(
    cloud: Cloud, racers: Racers, report: Callable[..., Report]
) -> None:
    one, cookies = report("awaiting_approval"), session_of(racers, DIRECTOR)
    link = link_of(cloud, racers, one, DIRECTOR)
    drop = press(f"{DESK}/{one['slug']}/abandon", {"motif": "Trop tard."}, cookies)
    told = race_in_the_cloud(cloud, [press(link, {"outcome": "accept"}), drop])
    assert told[0].status in (303, 409)
    ends = ("sending", "published", "dropped")
    until(lambda: stands(racers, one)["status"] in ends, lambda: str(stands(racers, one)))
    is_dropped = stands(racers, one)["status"] == "dropped"
    assert Site(cloud.url).get(f"/observatoire/{one['slug']}").status == (404 if is_dropped else 200)
    assert told[1].status == (303 if is_dropped else 409)


def test_of_two_comments_at_once_one_is_kept_and_the_other_is_not_lost(
    racers: Racers, report: Callable[..., Report]
) -> None:
    one = report("in_review")
    texts = ["Un hiver court.", "Un hiver long."]
    starts = [
        press(f"{DESK}/{one['slug']}/commentaire", {"commentaire": text, "vu": "1"}, session_of(racers, who))
        for text, who in zip(texts, (OBSERVER, DIRECTOR), strict=True)
    ]
    told = racers.race(starts, hold=COMMIT)
    assert sorted(answer.status for answer in told) == [303, 422]
    kept = texts[[answer.status for answer in told].index(303)]
    assert stands(racers, one)["said"] == kept
    (other,) = [answer for answer in told if answer.status == 422]
    assert all(text in other.text for text in texts)


def test_a_report_that_is_taken_up_many_times_at_once_has_one_more_round(
    racers: Racers, report: Callable[..., Report]
) -> None:
    one, cookies = report("overdue"), session_of(racers, OBSERVER)
    told = racers.race([press(f"{DESK}/{one['slug']}/reprise", {}, cookies)] * TEN, hold=COMMIT)
    assert {answer.status for answer in told} <= {303, 409}
    found = stands(racers, one)
    assert (found["round"], found["lines"].count("Relecture reprise")) == (2, 1)  # type: ignore[attr-defined]


def test_a_round_that_runs_many_times_at_once_begins_each_report_once(cloud: Cloud, racers: Racers) -> None:
    """R9."""
    told = racers.race([Work(report_races.begin, (2019,))] * TEN, hold=COMMIT)
    assert sum(told) == 2
    (found,) = racers.each([Work(report_races.begun, (2019,))])
    assert [one["lines"].count("Bilan commencé") for one in found] == [1, 1]
    assert [runs_of(cloud, one["id"]) for one in found] == [1, 1]
    assert racers.each([Work(report_races.begin, (2019,))]) == [0]


def test_without_its_condition_a_round_begins_a_report_again(racers: Racers) -> None:
    told = racers.race([Work(report_races.begin, (2018,))] * TEN, hold=COMMIT, twin=without_conditions)
    assert sum(told) > 2


def runs_of(cloud: Cloud, report_id: str) -> int:
    """How many executions of the process there are of a report."""
    pages = cloud.client("stepfunctions").get_paginator("list_executions")
    arn = machine_arn(cloud, "observatory_report")
    names = [one["name"] for page in pages.paginate(stateMachineArn=arn) for one in page["executions"]]
    return sum(name.startswith(report_id) for name in names)
