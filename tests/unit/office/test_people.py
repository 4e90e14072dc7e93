from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.office.model import Deputy, NobodyToAsk, Period, Person
from chalicelib.office.people import ROLES, Staff
from tests.factories import A_DAY, an_office

YANN, NOA, CLAIRE = (
    "yann.legoff@val.example.org",
    "noa.petit@val.example.org",
    "claire.martin@val.example.org",
)
FIRST, LAST = date(2027, 8, 2), date(2027, 8, 13)
ONE_DAY = timedelta(days=1)


def test_the_person_with_the_role_is_asked_in_their_own_name() -> None:
    approver = an_office().approver("network_officer", A_DAY)
    assert (approver.email, approver.on_behalf_of) == (YANN, None)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_deputy_is_asked_on_the_first_and_on_the_last_day_for_the_person_replaced(day: date) -> None:
    approver = an_office().approver("network_officer", day)
    assert (approver.email, approver.on_behalf_of) == (NOA, "Yann Le Goff")


@pytest.mark.parametrize("day", [FIRST - ONE_DAY, LAST + ONE_DAY])
def test_the_deputy_is_not_asked_the_day_before_nor_the_day_after(day: date) -> None:
    assert an_office().approver("network_officer", day).email == YANN


def test_nobody_decides_their_own_file_whatever_the_case_of_their_address() -> None:
    approver = an_office().approver("network_officer", A_DAY, frozenset({YANN.upper()}))
    assert (approver.email, approver.on_behalf_of) == (NOA, None)


def test_the_direction_answers_in_the_last_resort() -> None:
    assert an_office().approver("network_officer", A_DAY, frozenset({YANN, NOA})).email == CLAIRE


def test_a_role_that_nobody_has_goes_to_the_direction() -> None:
    assert an_office().approver("observatory", A_DAY).email == CLAIRE


def test_nobody_left_to_ask_is_said_with_the_mend() -> None:
    with pytest.raises(NobodyToAsk, match="fichier de l’office"):
        an_office().approver("network_officer", A_DAY, frozenset({YANN, NOA, CLAIRE}))


def test_escalation_goes_to_the_usual_deputy_on_behalf_of_the_silent_person() -> None:
    deputy = an_office().deputy("network_officer", A_DAY)
    assert deputy is not None
    assert (deputy.email, deputy.on_behalf_of) == (NOA, "Yann Le Goff")


def test_escalation_skips_the_deputy_who_is_already_asked() -> None:
    deputy = an_office().deputy("network_officer", FIRST)
    assert deputy is not None
    assert deputy.email == CLAIRE


def test_there_is_no_escalation_when_only_one_person_may_answer() -> None:
    assert an_office().deputy("network_officer", A_DAY, frozenset({NOA, CLAIRE})) is None


def test_steps_are_answered_by_the_role_that_the_file_names() -> None:
    office = an_office()
    assert office.approver_for("membership", A_DAY).email == YANN
    assert office.approver_for("payment", A_DAY).email == NOA
    assert office.deputy_for("payment", A_DAY) == office.deputy("accounting", A_DAY)


def test_two_people_who_replace_each_other_on_the_same_day_do_not_turn_in_circles() -> None:
    swap = (Deputy("yann", "noa", Period(FIRST, LAST)), Deputy("noa", "yann", Period(FIRST, LAST)))
    assert an_office(deputies=swap).approver("network_officer", FIRST).email in (YANN, NOA)


def test_a_person_is_found_by_address_whatever_the_case() -> None:
    person = an_office().person_by_email(f" {YANN.title()} ")
    assert person is not None
    assert person.id == "yann"
    assert an_office().person_by_email("someone@example.org") is None


IDS = ("a", "b", "c", "d")
PEOPLE = st.lists(st.lists(st.sampled_from(ROLES), unique=True), min_size=4, max_size=4)
USUAL = st.lists(st.one_of(st.none(), st.sampled_from(IDS)), min_size=4, max_size=4)
DEPUTIES = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.integers(0, 20), st.integers(0, 9))
)


@given(PEOPLE, USUAL, DEPUTIES, st.sampled_from(ROLES), st.sets(st.sampled_from(IDS)), st.integers(-2, 32))
def test_on_each_day_one_approver_is_found_who_is_never_excluded_or_nobody_is(
    roles, usual, deputies, role, refused, offset
) -> None:
    people = tuple(
        Person(pid, pid.upper(), "X", f"{pid}@example.org", tuple(held), usual_deputy=deputy)
        for pid, held, deputy in zip(IDS, roles, usual, strict=True)
    )
    replacements = tuple(
        Deputy(who, by, Period(A_DAY + ONE_DAY * start, A_DAY + ONE_DAY * (start + length)))
        for who, by, start, length in deputies
    )
    staff, on = Staff(people, replacements), A_DAY + ONE_DAY * offset
    excluding = frozenset(f"{pid}@example.org" for pid in refused)
    try:
        approver = staff.approver(role, on, excluding)
    except NobodyToAsk:
        assert staff.escalation(role, on, excluding) is None
        return
    assert approver == staff.approver(role, on, excluding)
    assert approver.email not in excluding
    assert approver.on_behalf_of != approver.name
    second = staff.escalation(role, on, excluding)
    assert second is None or second.email not in excluding | {approver.email}
