"""Two hundred acceptances at once against money for fifty: to the cent, in order, and broken without the conditions."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.cloud import Cloud
from tests.e2e import aid_files
from tests.harness import snapshot
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.harness.unguarded import without_conditions
from tests.people import named

pytestmark = pytest.mark.cloud

FILES, PAID_FOR = 200, 50
FEWER, PAID_FOR_FEWER = 60, 45
COMMIT = "TransactWriteItems"


@pytest.fixture
def money(cloud: Cloud, racers: Racers) -> Iterator[None]:
    """The money of the deployment is put back afterwards: other tests live on it."""
    racers.each([Work(aid_files.money)])
    table = f"{cloud.prefix}-subsidies"
    before = money_rows(cloud)
    yield
    dynamodb = cloud.client("dynamodb")
    for row in money_rows(cloud):
        dynamodb.delete_item(TableName=table, Key={name: row[name] for name in ("pk", "sk")})
    for row in before:
        dynamodb.put_item(TableName=table, Item=row)


def money_rows(cloud: Cloud) -> list[dict[str, dict[str, str]]]:
    return [row for row in snapshot.items(cloud, "subsidies") if row["pk"]["S"] == "ENVELOPE"]


def files_against(racers: Racers, files: int, paid_for: int) -> tuple[list[str], int]:
    """So many files to accept, and the amount of each: the free money suffices for `paid_for` of them."""
    free = racers.each([Work(aid_files.money)])[0]["free"]
    cents = free // paid_for
    asked = [
        Work(
            aid_files.file_to_accept,
            (named("Hôtel de la course", star_rating=0, classified_until=None), cents),
        )
        for _ in range(files)
    ]
    return racers.each(asked), cents


def accept_at_once(racers: Racers, files: list[str], **settings: object) -> Counter[str]:
    """Where the files stand after all were accepted at the same instant, by each of the runners."""
    shares = [files[at :: racers.number] for at in range(racers.number)]
    told = racers.race([Work(aid_files.accept_all, (share,)) for share in shares], hold=COMMIT, **settings)  # type: ignore[arg-type]
    return Counter(status for each in told for status in each)


def test_money_for_fifty_is_given_to_fifty_and_the_others_wait_in_their_order(
    racers: Racers, money: None
) -> None:
    files, cents = files_against(racers, FILES, PAID_FOR)
    (before,) = racers.each([Work(aid_files.money)])
    statuses = accept_at_once(racers, files)
    assert statuses == {"granted": PAID_FOR, "awaiting_budget": FILES - PAID_FOR}
    (after,) = racers.each([Work(aid_files.money)])
    assert after["reserved"] - before["reserved"] == before["free"] - after["free"] == PAID_FOR * cents
    assert after["free"] + after["reserved"] + after["consumed"] == after["budget"] == before["budget"]
    assert len(set(after["waiting"])) == FILES - PAID_FOR
    (times,) = racers.each([Work(aid_files.accepted_at, (after["waiting"],))])
    assert times == sorted(times)

    funded = next(each for each in files if each not in after["waiting"])
    assert racers.each([Work(aid_files.withdraw, (funded,))]) == ["withdrawn"]
    assert racers.each([Work(aid_files.serve_the_queue)]) == [1]
    (served,) = racers.each([Work(aid_files.money)])
    assert served["waiting"] == after["waiting"][1:]
    assert (served["free"], served["reserved"]) == (after["free"], after["reserved"])


def test_without_its_conditions_more_is_promised_than_there_is(racers: Racers, money: None) -> None:
    files, _ = files_against(racers, FEWER, PAID_FOR_FEWER)
    statuses = accept_at_once(racers, files, twin=without_conditions)
    (after,) = racers.each([Work(aid_files.money)])
    assert statuses["granted"] > PAID_FOR_FEWER
    assert after["free"] < 0
