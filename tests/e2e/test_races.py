"""At the same instant: whoever acts together with others, each thing happens once; without its guard it does not."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.cloud import Cloud
from tests.e2e.files import File, answer_heard, files_to_decide, outcome, reaches, runs
from tests.harness import snapshot, unguarded
from tests.harness.form import fill_in
from tests.harness.http import Site
from tests.harness.mailbox import Post
from tests.harness.race import Racers, race_in_the_cloud
from tests.harness.starts import Start, press, send_json
from tests.people import named

pytestmark = pytest.mark.cloud

ROUNDS = 50
IN_THE_CLOUD = 9
A_FEW = 3
FIVE, TEN = 5, 10
COMMIT = "TransactWriteItems"
API = "/api/v1/membership-applications"
CHECK = "/adhesion/verification"
ACCEPT = {"outcome": "accept"}
REFUSE = {"outcome": "refuse", "reason": "Dossier incomplet."}
LABELS = {"accept": "Accepter", "refuse": "Refuser"}
REACHED = {"accept": "awaiting_payment", "refuse": "refused"}
TOLD = {"accept": "À régler", "refuse": "n’est pas retenue"}


def contradictory(file: File) -> list[Start]:
    return [press(file["link"], ACCEPT), press(file["link"], REFUSE)]


def test_of_two_contradictory_answers_at_the_same_instant_one_is_stored_and_told(
    cloud: Cloud, racers: Racers, post: Post
) -> None:
    decided = [
        pair
        for at in range(0, ROUNDS, A_FEW)
        for pair in raced(cloud, racers, min(A_FEW, ROUNDS - at), is_held=at >= IN_THE_CLOUD)
    ]
    files, winners = [file for file, _ in decided], [winner for _, winner in decided]
    assert [outcome(cloud, file) for file in files] == winners
    for file, winner in zip(files, winners, strict=True):
        post.wait(file["email"], TOLD[winner])
        assert answer_heard(cloud, file) == {"decision_id": file["decision_id"], "outcome": winner}
    post.quiet()
    mails = Counter(mail.to for mail in post.mails() for words in TOLD.values() if words in mail.subject)
    assert [mails[file["email"]] for file in files] == [1] * ROUNDS


def raced(cloud: Cloud, racers: Racers, number: int, *, is_held: bool) -> list[tuple[File, str]]:
    """So many files, each with the answer that was first.

    Each function that is asked for while it runs starts one more process, hence few at a time.
    """
    files = files_to_decide(cloud, racers, number)
    if is_held:
        told = racers.race([start for file in files for start in contradictory(file)], hold=COMMIT)
    else:
        told = [one for file in files for one in race_in_the_cloud(cloud, contradictory(file))]
    winners = [winner_of(accepted, refused) for accepted, refused in zip(told[::2], told[1::2], strict=True)]
    for file, winner in zip(files, winners, strict=True):
        reaches(cloud, file, REACHED[winner])
    return list(zip(files, winners, strict=True))


def winner_of(accepted: Any, refused: Any) -> str:
    """Who was first; the other is told by whom, when and what was decided."""
    assert {accepted.status, refused.status} == {303, 409}
    winner, loser = ("accept", refused) if accepted.status == 303 else ("refuse", accepted)
    assert f"Une réponse est déjà enregistrée\u00a0: {LABELS[winner]}" in loser.text
    assert "Par Lucie Morand, le " in loser.text
    return winner


def test_without_its_condition_two_contradictory_answers_are_both_taken(cloud: Cloud, racers: Racers) -> None:
    (file,) = files_to_decide(cloud, racers)
    told = racers.race(contradictory(file), hold=COMMIT, twin=unguarded.without_conditions)
    assert [one.status for one in told] == [303, 303]


def test_the_same_answer_many_times_at_once_is_one_answer(cloud: Cloud, racers: Racers, post: Post) -> None:
    (file,) = files_to_decide(cloud, racers)
    told = race_in_the_cloud(cloud, [press(file["link"], ACCEPT)] * FIVE)
    assert sorted(one.status for one in told) == [200] * 4 + [303]
    post.wait(file["email"], TOLD["accept"])
    post.quiet()
    assert len(post.mails(file["email"], TOLD["accept"])) == 1


def by_api(cloud: Cloud, given: dict[str, Any]) -> Start:
    """The API's one request."""
    return send_json(API, given)


def by_page(cloud: Cloud, given: dict[str, Any]) -> Start:
    """The last button, with every page filled in before."""
    return press(CHECK, cookies=fill_in(Site(cloud.url), given))


@pytest.mark.parametrize("door", [by_api, by_page])
@pytest.mark.parametrize("is_held", [True, False], ids=["held before the write", "through the gateway"])
def test_identical_applications_at_once_are_one_file(
    cloud: Cloud, racers: Racers, post: Post, door: Callable[..., Start], is_held: bool
) -> None:
    given = named("Hôtel dix fois")
    start = door(cloud, given)
    told = racers.race([start] * TEN, hold=COMMIT) if is_held else race_in_the_cloud(cloud, [start] * FIVE)
    assert len({(one.status, one.body, one.headers.get("location")) for one in told}) == 1
    assert told[0].status in (201, 303)
    post.wait(given["email"], "À confirmer")
    post.quiet()
    assert left_of(cloud, given["email"]) == {"files": 1, "lines": 1, "references": 1, "runs": 1, "mails": 1}
    assert len(post.mails(given["email"])) == 1


def left_of(cloud: Cloud, email: str) -> dict[str, int]:
    """What there is about the applications of this address."""
    rows = snapshot.items(cloud, "partners")
    heads = [row for row in rows if row["sk"]["S"] == "APPLICATION" and row["holder_key"]["S"] == email]
    ids = {row["pk"]["S"].partition("#")[2] for row in heads}
    lines = [
        row for row in rows if row["sk"]["S"].startswith("LINE#") and row["pk"]["S"].partition("#")[2] in ids
    ]
    mails = [row for row in snapshot.mail_rows(cloud) if json.loads(row["message"]["S"])["to"] == email]
    return {
        "files": len(heads),
        "lines": len(lines),
        "references": sum(row.get("application_id", {}).get("S") in ids for row in rows),
        "runs": sum(one["name"].partition("-")[0] in ids for one in runs(cloud)),
        "mails": len(mails),
    }


@pytest.mark.parametrize("door", [by_api, by_page])
def test_without_its_key_an_application_sent_twice_is_two_files(
    cloud: Cloud, racers: Racers, door: Callable[..., Start]
) -> None:
    given = named("Hôtel sans clé")
    racers.race([door(cloud, given)] * 2, hold=COMMIT, twin=unguarded.without_key)
    assert left_of(cloud, given["email"])["files"] == 2


def test_without_its_condition_an_application_sent_twice_gets_two_references(
    cloud: Cloud, racers: Racers
) -> None:
    start = by_api(cloud, named("Hôtel sans condition"))
    told = racers.race([start] * 2, hold=COMMIT, twin=unguarded.without_conditions)
    assert len({one.body for one in told}) == 2
