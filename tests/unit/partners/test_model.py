"""The moves of a file: what may happen where, and what each event leaves behind."""

from dataclasses import replace
from itertools import product

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.partners.model import (
    HOLDS_IDENTITY,
    IN_PROGRESS,
    WITHDRAWABLE,
    Application,
    Event,
    Fee,
    OutOfStep,
    Status,
    apply,
    leaves_identity,
    takes_identity,
)
from tests.factories import some_answers
from tests.fakes.clock import NOON

E, S = Event, Status
LEGAL = {
    (S.AWAITING_CONFIRMATION, E.ADDRESS_CONFIRMED): S.SUBMITTED,
    (S.AWAITING_CONFIRMATION, E.FOUND_DUPLICATE): S.DUPLICATE,
    (S.AWAITING_CONFIRMATION, E.CONFIRMATION_EXPIRED): S.UNCONFIRMED,
    (S.AWAITING_CONFIRMATION, E.WITHDRAWN): S.WITHDRAWN,
    (S.SUBMITTED, E.ACCEPTED): S.AWAITING_PAYMENT,
    (S.SUBMITTED, E.REFUSED): S.REFUSED,
    (S.SUBMITTED, E.CHANGES_REQUESTED): S.CHANGES_REQUESTED,
    (S.SUBMITTED, E.REVIEW_EXPIRED): S.OVERDUE,
    (S.SUBMITTED, E.WITHDRAWN): S.WITHDRAWN,
    (S.CHANGES_REQUESTED, E.CORRECTED): S.SUBMITTED,
    (S.CHANGES_REQUESTED, E.CORRECTIONS_EXPIRED): S.ABANDONED,
    (S.CHANGES_REQUESTED, E.WITHDRAWN): S.WITHDRAWN,
    (S.AWAITING_PAYMENT, E.PAYMENT_CONFIRMED): S.APPROVED,
    (S.AWAITING_PAYMENT, E.PAYMENT_CANCELLED): S.UNPAID,
    (S.AWAITING_PAYMENT, E.PAYMENT_EXPIRED): S.UNPAID,
    (S.AWAITING_PAYMENT, E.WITHDRAWN): S.WITHDRAWN,
    (S.APPROVED, E.ACTIVATED): S.ACTIVE,
    (S.APPROVED, E.WITHDRAWN): S.WITHDRAWN,
    (S.OVERDUE, E.REOPENED): S.SUBMITTED,
    (S.OVERDUE, E.WITHDRAWN): S.WITHDRAWN,
    (S.UNPAID, E.REOPENED): S.AWAITING_PAYMENT,
}
LINE = HistoryLine(NOON, "Yann Le Goff", "fait", "Un motif.")
PAIRS = list(product(Status, Event))


def a_file(status=S.AWAITING_CONFIRMATION, cents=15000, **fields):
    return Application(
        id="f1", reference="ADH-1", status=status, status_since=NOON, answers=some_answers(), fee=Fee(cents),
        created_at=NOON, office_version=1, form_version="1", **fields,
    )  # fmt: skip


@pytest.mark.parametrize(("status", "event"), [pair for pair in PAIRS if pair in LEGAL])
def test_a_legal_event_leads_where_the_table_says_by_one_version(status, event):
    change = apply(a_file(status, version=4), event, LINE)
    assert (change.after.status, change.after.version, change.line) == (LEGAL[status, event], 5, LINE)


@pytest.mark.parametrize(("status", "event"), [pair for pair in PAIRS if pair not in LEGAL])
def test_any_other_event_is_out_of_step(status, event):
    with pytest.raises(OutOfStep) as refused:
        apply(a_file(status), event, LINE)
    assert refused.value.application.status is status


@pytest.mark.parametrize(("status", "event"), [(S.SUBMITTED, E.ACCEPTED), (S.UNPAID, E.REOPENED)])
def test_a_free_membership_never_waits_for_a_payment(status, event):
    assert apply(a_file(status, cents=0), event, LINE).after.status is S.APPROVED


@pytest.mark.parametrize("event", list(Event))
def test_only_corrections_and_reopening_begin_a_round_and_only_reopening_a_run(event):
    status = next(status for status, legal in LEGAL if legal is event)
    after = apply(a_file(status), event, LINE).after
    assert after.round == (2 if event in (E.CORRECTED, E.REOPENED) else 1)
    assert after.run == (2 if event is E.REOPENED else 1)


def test_no_status_comes_back_in_the_same_round():
    """What a question is known by, status and round, names one moment of the file."""
    for (start, event), target in LEGAL.items():
        if target in IN_PROGRESS and event not in (E.CORRECTED, E.REOPENED):
            assert start not in _reachable(target, within_round=True), (start, event)


def _reachable(status, within_round):
    steps = {
        target
        for (start, event), target in LEGAL.items()
        if start is status and not (within_round and event in (E.CORRECTED, E.REOPENED))
    }
    return steps.union(*(_reachable(step, within_round) for step in steps))


def test_every_file_in_progress_can_still_come_to_every_good_and_bad_end():
    for status in IN_PROGRESS:
        seen, new = set(), {status}
        while new:
            seen |= new
            new = {target for (start, _), target in LEGAL.items() if start in seen} - seen
        assert {S.ACTIVE, S.WITHDRAWN} <= seen


def test_the_note_is_the_reason_of_the_last_answer_of_the_office():
    asked = apply(a_file(S.SUBMITTED), E.CHANGES_REQUESTED, LINE).after
    assert (asked.note, asked.decided_at) == ("Un motif.", None)
    accepted = apply(replace(asked, status=S.SUBMITTED), E.ACCEPTED, replace(LINE, reason="")).after
    assert (accepted.note, accepted.decided_at) == ("", NOON)


def test_identity_is_taken_and_left_exactly_at_the_borders():
    for (status, event), target in LEGAL.items():
        change = apply(a_file(status), event, LINE)
        assert takes_identity(change) == (status not in HOLDS_IDENTITY and target in HOLDS_IDENTITY)
        assert leaves_identity(change) == (status in HOLDS_IDENTITY and target not in HOLDS_IDENTITY)


def test_what_may_be_withdrawn_is_what_the_table_withdraws():
    assert {status for status, event in LEGAL if event is E.WITHDRAWN} == WITHDRAWABLE


def test_the_first_run_has_the_name_of_the_file_and_the_next_ones_their_number():
    assert (a_file().run_name, a_file(run=3).run_name) == ("f1", "f1-3")


@pytest.mark.parametrize("siret", [None, ""])
def test_a_person_without_a_siret_has_the_empty_one(siret):
    assert replace(a_file(), answers=some_answers(siret=siret)).siret == ""
