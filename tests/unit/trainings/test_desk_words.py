"""What the desk says of sessions and of their people, worked out without a store."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.trainings.gate import Visitor, check_audience
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.people import guest_key, person_key
from chalicelib.trainings.phone_form import anybody, newcomer_in, phone_form, structure_in
from chalicelib.trainings.plan import Audience
from chalicelib.trainings.planning import dated_from
from chalicelib.trainings.roll import roll_of
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.session_filling import Filling, prefilled
from chalicelib.trainings.stages import STAGES, is_over, list_in, stage_of
from chalicelib.trainings.standing import acts_of, next_step, places_in_words
from chalicelib.trainings.statuses import OPEN, SessionStatus, Status
from chalicelib.trainings.wording import STAFF_NEXT
from tests.training import NOW, a_newcomer, a_structure, a_training_office, session_answers

IN_MAY = datetime(2027, 5, 4, 7, 0, tzinfo=UTC)
END_IN_MAY = datetime(2027, 5, 4, 10, 30, tzinfo=UTC)


def a_session(status=SessionStatus.PUBLISHED, key="s1", **answers):
    return Session(key, f"SES-{key}", status, NOW, session_answers(**answers), NOW, "Noa Petit", 1)


def a_registration(status=Status.CONFIRMED, key="s1-1"):
    person, structure = a_newcomer().person, a_structure()
    return Registration(
        key, f"INS-{key}", status, NOW, person, structure, person_key(structure, person), NOW, 1, ""
    )


class Listed:
    def __init__(self, *sessions):
        self.sessions = sessions

    def list_in_status(self, *statuses):
        return [one for one in self.sessions if one.status in statuses]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        (Seats("s1", 12, 12, taken=9, regular=("a", "b", "c")), "9 sur 12, 3 en attente"),
        (Seats("s1", 12, 12, taken=10, offered=2), "10 sur 12, 2 proposées"),
        (Seats("s1", 1, 1, offered=1, last=("a",)), "0 sur 1, 1 proposée, 1 en attente"),
        (Seats("s1", 0, 0), "2 prévues"),
    ],
)
def test_the_places_of_a_session_in_a_few_words(seats, words):
    assert plain(places_in_words(a_session(), seats)) == words


def test_a_draft_without_a_number_of_seats_says_nothing_of_places():
    assert places_in_words(a_session(SessionStatus.DRAFT, seats=None), Seats("s1", 0, 0)) == ""


def test_each_status_is_in_a_stage():
    assert {status for stage in STAGES for status in stage.statuses} == set(SessionStatus)
    assert stage_of("passees").label == "Passées"
    assert stage_of("autre") is STAGES[0]


@pytest.mark.parametrize(("at", "stages"), [(IN_MAY, ["a-venir"]), (END_IN_MAY, ["a-relever", "passees"])])
@pytest.mark.parametrize("status", sorted(OPEN))
def test_a_session_is_to_come_until_its_last_minute(status, at, stages):
    listed = Listed(a_session(status))
    assert [one.key for one in STAGES if one.key != "a-confirmer" and list_in(one, listed, at)] == stages


def test_a_session_that_was_closed_early_is_past():
    assert list_in(stage_of("passees"), Listed(a_session(SessionStatus.CLOSED)), NOW)
    assert not list_in(stage_of("a-relever"), Listed(a_session(SessionStatus.CLOSED)), NOW)


def test_what_comes_next_is_first_and_what_was_last_is_first():
    later = a_session(key="s2", half_days=[{"on": "2027-06-01", "begins": "09:00", "ends": "10:00"}])
    listed = Listed(later, a_session())
    assert [one.id for one in list_in(stage_of("a-venir"), listed, NOW)] == ["s1", "s2"]
    after = datetime(2028, 1, 1, tzinfo=UTC)
    assert [one.id for one in list_in(stage_of("passees"), listed, after)] == ["s2", "s1"]


def test_a_draft_without_dates_is_never_over():
    assert not is_over(a_session(SessionStatus.DRAFT, half_days=None), NOW)


def test_who_is_told_of_the_end_is_counted_by_how_they_stand():
    seats = Seats("s1", 2, 2, taken=2, regular=("s1-4", "s1-3"))
    people = [
        a_registration(Status.CONFIRMED, "s1-1"), a_registration(Status.CONFIRMED, "s1-2"),
        a_registration(Status.WAITING, "s1-3"), a_registration(Status.WAITING, "s1-4"),
        a_registration(Status.PENDING, "s1-5"), a_registration(Status.CANCELLED, "s1-6"),
        a_registration(Status.OFFERED, "s1-7"), a_registration(Status.ABSENT, "s1-8"),
    ]  # fmt: skip
    roll = roll_of(people, seats)
    assert plain(roll.told_of_end) == (
        "2 personnes inscrites, 1 personne à qui une place est proposée, 2 personnes en attente, 1 demande à l’étude"
    )
    assert [one.id for one in roll.waiting] == ["s1-4", "s1-3"]
    assert [one.id for one in roll.left] == ["s1-6"]
    assert [one.id for one in roll.counted] == ["s1-8"]
    assert sorted(one.id for one in roll.everybody) == sorted(one.id for one in people)
    assert roll_of([], seats).told_of_end == ""


@pytest.mark.parametrize("status", Status)
def test_everybody_is_in_exactly_one_list(status):
    assert len(roll_of([a_registration(status)], Seats("s1", 1, 1)).everybody) == 1


def test_a_closed_session_is_not_said_to_have_nobody():
    assert places_in_words(a_session(SessionStatus.CLOSED, seats=12), Seats("s1", 12, 12)) == "12\u00a0places"


def test_what_happens_next_follows_the_day():
    session, seats = a_session(), Seats("s1", 2, 2)
    assert next_step(session, seats, NOW) == "Les inscriptions sont ouvertes."
    assert "a commencé" in next_step(session, seats, IN_MAY)
    assert "restent à clore" in next_step(session, seats, END_IN_MAY)
    assert "direction" in next_step(a_session(SessionStatus.AWAITING_APPROVAL), seats, END_IN_MAY)


@pytest.mark.parametrize("status", Status)
def test_staff_are_told_of_every_person_what_comes_next(status):
    assert STAFF_NEXT[status]


def test_what_staff_may_do_follows_the_state_and_the_day():
    def may(status, at):
        return {name for name, is_so in vars(acts_of(a_session(status), at)).items() if is_so}

    assert may(SessionStatus.DRAFT, NOW) == {"complete", "call_off"}
    assert may(SessionStatus.AWAITING_APPROVAL, NOW) == {"call_off"}
    assert may(SessionStatus.AT_RISK, NOW) == {"edit", "register", "reorder", "call_off", "look", "mark"}
    assert may(SessionStatus.PUBLISHED, IN_MAY) == {"edit", "call_off", "look", "mark"}
    assert may(SessionStatus.PUBLISHED, END_IN_MAY) == {"look", "mark", "close", "read"}
    assert may(SessionStatus.CLOSED, END_IN_MAY) == {"mark", "read"}
    assert may(SessionStatus.CANCELLED, END_IN_MAY) == set()


def test_a_page_is_done_when_nothing_on_it_is_missing_or_wrong():
    office = a_training_office()
    whole = Filling(session_answers(), office, date(2027, 3, 3))
    assert whole.done == ("essentiel", "contenu", "dates", "places", "prix")
    wrong = Filling(session_answers(seats="douze", programme=None), office, date(2027, 3, 3))
    assert wrong.done == ("essentiel", "dates", "prix")
    assert [one.field for one in wrong.mistyped_on("places")] == ["seats"]
    assert wrong.mistyped_on("contenu") == []
    assert [one.field for one in wrong.mistakes_on("contenu")] == ["programme"]


def test_a_mistake_in_a_row_is_one_of_what_was_answered():
    rows = [{"on": "2027-03-01", "begins": "09:00"}]
    filling = Filling(session_answers(half_days=rows), a_training_office(), date(2027, 3, 3))
    assert [one.field for one in filling.mistyped_on("dates")] == ["half_days-0-ends"]


def test_what_the_office_decides_for_nobody_is_not_filled_in():
    office = a_training_office(per_structure=None, accessibility_contact="")
    assert prefilled(office, "yann") == {"partners_first_days": 14, "in_charge": "yann"}


def test_only_a_session_under_way_may_keep_days_that_are_over():
    today = date(2027, 5, 10)
    assert dated_from(a_session(), today) == date(2027, 5, 4)
    assert dated_from(a_session(), date(2027, 5, 1)) == date(2027, 5, 1)
    assert dated_from(a_session(SessionStatus.DRAFT), today) == today


CAMILLE = {
    "first_name": "Camille",
    "last_name": "Durand",
    "email": "C.Durand@example.org",
    "structure": "Gîte",
}


def test_who_is_on_the_phone_is_a_guest_by_their_address():
    structure, new = structure_in(CAMILLE), newcomer_in(CAMILLE)
    assert phone_form().errors(CAMILLE) == []
    assert structure.key == guest_key("c.durand@example.org")
    assert (structure.name, structure.contact_name, structure.partner_id) == ("Gîte", "Camille Durand", "")
    assert (new.person.name, new.person.email, dict(new.needs)) == (
        "Camille Durand",
        "c.durand@example.org",
        {},
    )


def test_staff_let_anybody_in_whatever_the_audience():
    audience = Audience("partners", None, ("hotel",), ("01160",), None)
    plan = replace(a_session().plan, audience=audience)
    check_audience(plan, anybody(audience), NOW)
    assert anybody(Audience()) == Visitor(True)
