"""The list at the door at the desk, and a session in which nobody was marked in time."""

import pytest

from chalicelib.mail.bootstrap import outbox
from chalicelib.trainings.bootstrap import attending
from chalicelib.trainings.statuses import SessionStatus, Status
from tests.integration.trainings.desk_house import as_, clock, comes, empty_house, now_of, page_of, published

__all__ = ["clock", "empty_house"]

MORNING = {"on": "2027-03-03", "begins": "13:00", "ends": "15:00"}
KEY = "2027-03-03T13:00"
CLOSE = "Clore les présences"


@pytest.fixture
def session(clock):
    return published(half_days=[MORNING])


@pytest.fixture
def people(session):
    return [comes(session, name, structure=f"Gîte {name}") for name in ("Ana Roux", "Bob Max")]


@pytest.fixture(autouse=True)
def same_clock(clock, monkeypatch):
    attending.attending_service.cache_clear()
    yield
    attending.attending_service.cache_clear()


def mark(session, person, state="present"):
    form = {"demi-journee": KEY, "personne": person.id, "etat": state}
    return as_("network_officer").post(page_of(session, "/presences"), **form)


def close(session):
    return as_("network_officer").post(page_of(session, "/presences/cloture"))


def test_a_session_in_which_somebody_was_marked_closes_by_itself_and_takes_no_marks_any_more(
    session, people, clock
):
    clock.wait(hours=2)
    assert mark(session, people[0]).status == 303
    clock.wait(hours=26)
    assert attending.attending_service().close_due() == 1
    assert [now_of(one).status for one in people] == [Status.ATTENDED, Status.ABSENT]
    assert mark(session, people[1]).status == 409


def test_the_time_for_marks_ends_before_the_round_comes(session, people, clock):
    clock.wait(hours=2)
    mark(session, people[0])
    clock.wait(hours=26)
    assert mark(session, people[1]).status == 409
    assert CLOSE not in as_("network_officer").get(page_of(session, "/presences")).text


def test_a_session_in_which_nobody_was_marked_waits_for_staff(session, people, clock):
    clock.wait(days=3)
    assert attending.attending_service().close_due() == 0
    page = as_("network_officer").get(page_of(session, "/presences"))
    assert "Personne n’a été relevé à temps" in page.text
    assert CLOSE in page.text


def test_the_round_leaves_staff_the_time_to_mark_the_others(session, people, clock):
    clock.wait(days=3)
    assert mark(session, people[0]).status == 303
    clock.wait(hours=3)
    assert attending.attending_service().close_due() == 0
    assert mark(session, people[1]).status == 303
    assert close(session).status == 303
    assert now_of(session).status is SessionStatus.CLOSED
    assert [now_of(one).status for one in people] == [Status.ATTENDED, Status.ATTENDED]


def test_the_trainer_is_mailed_the_link_by_staff(clock):
    session = published(half_days=[MORNING], trainer_email="ines@example.org")
    staff = as_("network_officer")
    assert "Envoyer le lien à l’intervenant" in staff.get(page_of(session, "/presences")).text
    answer = staff.post(page_of(session, "/presences/intervenant"))
    assert answer.status == 303
    assert "Le lien part par mail" in staff.get(answer.headers["Location"]).text
    sent = [one.message for one in outbox().list_by_record(session.id)]
    assert [(one.template, one.to) for one in sent] == [("trainings/trainer_link", "ines@example.org")]


def test_where_no_address_of_a_trainer_is_known_nothing_is_offered_or_sent(clock):
    session = published(half_days=[MORNING], trainer_email=None)
    staff = as_("network_officer")
    assert "Envoyer le lien" not in staff.get(page_of(session, "/presences")).text
    assert staff.post(page_of(session, "/presences/intervenant")).status == 409
    assert outbox().list_by_record(session.id) == []


def test_who_closes_while_nobody_is_marked_is_told_to_mark_first(session, people, clock):
    clock.wait(hours=4)
    answer = close(session)
    assert answer.status == 409
    assert "Notez qui est venu, ou qui manquait" in answer.text
    assert now_of(session).status is SessionStatus.PUBLISHED


def test_nobody_is_offered_to_close_a_list_while_the_session_goes_on(session, people, clock):
    clock.wait(hours=2)
    assert CLOSE not in as_("network_officer").get(page_of(session, "/presences")).text
    clock.wait(hours=2)
    assert CLOSE in as_("network_officer").get(page_of(session, "/presences")).text
