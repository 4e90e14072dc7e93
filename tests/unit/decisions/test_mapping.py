"""A decision comes back from storage as it went in."""

import json
from dataclasses import replace
from datetime import UTC
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.decisions.mapping import answer_to_json, decision_from, question_to_json
from chalicelib.decisions.model import (
    Addressee,
    Answer,
    Decision,
    DecisionState,
    Outcome,
    Question,
    Reason,
    Timetable,
)
from chalicelib.kernel.clock import iso
from tests.fakes.clock import NOON

text = st.text(max_size=12)
moments = st.datetimes(timezones=st.just(UTC))
json_values = st.recursive(
    st.none() | st.booleans() | text, lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
timetables = st.builds(
    Timetable,
    st.tuples(st.integers(1, 9), st.integers(10, 20)),
    st.integers(1, 99),
    st.none() | st.integers(1, 9),
    st.booleans(),
    st.just("") | moments.map(iso),
)
questions = st.builds(
    Question, record=text, step=text, round=st.integers(1, 99), reference=text, title=text, subject_name=text,
    role=text, outcomes=st.lists(st.builds(Outcome, text, text, st.booleans(), text), max_size=3).map(tuple),
    timetable=timetables, mail=text, reminder_mail=text, page=text,
    dossier=st.dictionaries(text, json_values, max_size=3), excluded=st.frozensets(text, max_size=3), call=text,
    reason=st.builds(Reason, text, text, text, st.integers(1, 9999)),
)  # fmt: skip
addressees = st.lists(st.builds(Addressee, text, text, text, text), min_size=1, max_size=3).map(tuple)
answers = st.none() | st.builds(Answer, text, text, text, text, moments, text, text)
decisions = st.builds(
    Decision, questions, st.sampled_from(DecisionState), addressees, moments, moments,
    st.lists(text, min_size=1, max_size=3).map(tuple), answers, st.booleans(),
)  # fmt: skip


@given(decisions)
def test_a_decision_survives_storage(decision):
    item = SimpleNamespace(
        question=json.loads(json.dumps(question_to_json(decision.question))),
        state=decision.state.value,
        addressees=json.loads(json.dumps([vars(one) for one in decision.addressees])),
        asked_at=decision.asked_at,
        expires_at=decision.expires_at,
        task_tokens=list(decision.task_tokens),
        answer=json.loads(json.dumps(answer_to_json(decision.answer))) if decision.answer else None,
        is_delivered=int(decision.is_delivered),
        delivered_at=decision.delivered_at,
    )
    assert decision_from(item) == decision
    assert decision_from(item).id == decision.id


@given(questions)
def test_a_question_from_before_it_had_a_call_of_its_own_is_one_to_decide(question):
    stored = {name: value for name, value in question_to_json(question).items() if name != "call"}
    assert read(stored) == replace(question, call="À décider")


@given(questions)
def test_a_question_from_before_ends_could_be_exact_is_counted_in_days(question):
    stored = question_to_json(question)
    del stored["timetable"]["expires_at"]
    assert read(stored) == replace(question, timetable=replace(question.timetable, expires_at=""))


@given(questions)
def test_a_question_from_before_its_text_had_a_name_calls_it_a_message_to_the_applicant(question):
    stored = {name: value for name, value in question_to_json(question).items() if name != "reason"}
    assert read(stored) == replace(question, reason=Reason())


def read(stored):
    """The question that is read from this JSON."""
    item = SimpleNamespace(
        question=json.loads(json.dumps(stored)), state="pending", addressees=[], asked_at=NOON, expires_at=NOON,
        task_tokens=[], answer=None, is_delivered=0, delivered_at=None,
    )  # fmt: skip
    return decision_from(item).question
