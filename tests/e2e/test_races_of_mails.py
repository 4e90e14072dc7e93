"""Races for mails, login links and limits, each with its unguarded twin."""

import pytest

from tests.cloud import Cloud
from tests.e2e import seeding
from tests.e2e.files import files_to_decide
from tests.e2e.journeys import forget_limits
from tests.harness import snapshot, unguarded
from tests.harness.http import Site
from tests.harness.mailbox import Post, link_of
from tests.harness.race import Racers, Twin, race_in_the_cloud
from tests.harness.starts import Request, Run, Start, Work, press

pytestmark = pytest.mark.cloud

LOGIN = "votre lien de connexion"


@pytest.fixture(scope="module")
def known(cloud: Cloud, racers: Racers, post: Post) -> dict[str, str]:
    """A file whose applicant may log in, and whose mails have left."""
    (file,) = files_to_decide(cloud, racers)
    post.wait(file["email"], "Bien reçue")
    post.quiet()
    return file


def sending(racers: Racers, file: dict[str, str], to: str) -> Start:
    """The stream's function, with a mail that waits."""
    (key,) = racers.each([Work(seeding.unsend, (file["id"], to))])
    return Run("send_mail", {"Records": [{"dynamodb": {"Keys": {"pk": {"S": key}}, "SequenceNumber": "1"}}]})


@pytest.mark.parametrize(
    ("twin", "number"), [(None, 1), (unguarded.without_conditions, 2)], ids=["guarded", "twin"]
)
def test_a_mail_that_two_senders_take_at_once_leaves_once(
    cloud: Cloud, racers: Racers, post: Post, known: dict[str, str], twin: Twin | None, number: int
) -> None:
    to = f"deux-facteurs.{number}.{known['id']}@hotel.example.fr"
    start = sending(racers, known, to)
    done = racers.race([start] * 2, hold="UpdateItem", twin=twin)
    assert done == [{"batchItemFailures": []}] * 2
    post.wait(to, LOGIN, number)
    assert len(post.mails(to)) == number


def test_a_mail_that_four_functions_take_at_once_leaves_once(
    cloud: Cloud, racers: Racers, post: Post, known: dict[str, str]
) -> None:
    to = f"quatre-facteurs.{known['id']}@hotel.example.fr"
    race_in_the_cloud(cloud, [sending(racers, known, to)] * 4)
    post.wait(to, LOGIN)
    post.quiet()
    assert len(post.mails(to)) == 1


def login_link(cloud: Cloud, post: Post, email: str) -> Request:
    """The button behind a fresh login link, in the browser that asked for it."""
    forget_limits(cloud)
    before = len(post.mails(email, LOGIN))
    asked = Site(cloud.url).post("/connexion", {"email": email})
    return press(link_of(post.wait(email, LOGIN, before + 1), "/connexion/"), cookies=asked.cookies)


def sessions_of(cloud: Cloud, email: str) -> int:
    return sum(row.get("email", {}).get("S") == email for row in snapshot.items(cloud, "access"))


@pytest.mark.parametrize(
    ("twin", "statuses"),
    [(None, [303] + [403] * 9), (unguarded.without_conditions, [303] * 10)],
    ids=["guarded", "twin"],
)
def test_a_login_link_that_is_used_ten_times_at_once_opens_one_session(
    cloud: Cloud, racers: Racers, post: Post, known: dict[str, str], twin: Twin | None, statuses: list[int]
) -> None:
    before = sessions_of(cloud, known["email"])
    told = racers.race([login_link(cloud, post, known["email"])] * 10, hold="TransactWriteItems", twin=twin)
    assert sorted(one.status for one in told) == statuses
    assert sessions_of(cloud, known["email"]) - before == statuses.count(303)


def test_a_login_link_that_is_used_five_times_through_the_gateway_opens_one_session(
    cloud: Cloud, post: Post, known: dict[str, str]
) -> None:
    told = race_in_the_cloud(cloud, [login_link(cloud, post, known["email"])] * 5)
    assert sorted(one.status for one in told) == [303] + [403] * 4


@pytest.mark.parametrize(
    ("twin", "hold", "allowed"),
    [(None, "UpdateItem", 5), (unguarded.reading_counters, "PutItem", 10)],
    ids=["guarded", "twin"],
)
def test_a_limit_of_five_lets_five_of_ten_pass_at_once(
    racers: Racers, twin: Twin | None, hold: str, allowed: int
) -> None:
    key = f"{hold}-{id(racers)}"
    passed = racers.race([Work(seeding.allow, (key, 5))] * 10, hold=hold, twin=twin)
    assert sum(passed) == allowed
