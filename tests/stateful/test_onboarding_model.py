"""The whole onboarding under anything that can happen to it, in any order, crashes included."""

import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.decisions.model import AlreadyDecided, DecisionState
from chalicelib.kernel.errors import AlreadySettled, ChangedMeanwhile
from chalicelib.kernel.ports import RunState
from chalicelib.partners import tasks
from chalicelib.partners.items import identity_keys
from chalicelib.partners.model import HOLDS_IDENTITY, Event, Status
from chalicelib.partners.reconciling import STEP_OF
from chalicelib.partners.wording import EVENT_WORDS
from tests.fakes import Crash
from tests.stateful.driver import Machine
from tests.stateful.installed import installed
from tests.world import FREE, World, as_addressee

PROCESS = "partners_onboarding"
PEOPLE = [
    {"email": "maelle@hotel.example.fr", "siret": "73282932000074"},
    {"email": "maelle@hotel.example.fr", "siret": "55208131766522"},
    {"email": "hugo@gite.example.fr", "siret": "73282932000074"},
    {"email": "lea@gite.example.fr", "siret": "", **FREE},
]
BEGINNINGS = [
    ["confirm", "request_changes"],
    ["confirm", "accept"],
    ["confirm"],
    ["confirm", "request_changes", "resubmit", "accept", "cancel"],
    ["confirm", "request_changes", "resubmit", "request_changes"],
    [],
]
SIRETS = [one["siret"] for one in PEOPLE]
DEAD_RUN_EVENTS = {"record_application_event", "activate_partner"}
TERMINAL = [
    EVENT_WORDS[event]
    for event in (
        Event.ACTIVATED,
        Event.REFUSED,
        Event.WITHDRAWN,
        Event.CONFIRMATION_EXPIRED,
        Event.CORRECTIONS_EXPIRED,
        Event.FOUND_DUPLICATE,
    )
]
ONCE = {
    "partners/welcome",
    "partners/refused",
    "partners/receipt",
    "partners/withdrawn",
    "partners/unconfirmed",
}


def task_of(placeholder):
    """The handler behind `LookUpApplication`."""
    return getattr(tasks, re.sub(r"(?<!^)([A-Z])", r"_\1", placeholder).lower())


class Onboarding(RuleBasedStateMachine):
    """Files on their way; every rule is something that a person, a clock or an accident does."""

    def __init__(self):
        super().__init__()
        self.machine = Machine(PROCESS, self.invoke)
        self.world = World(self.machine, self.machine)
        self.calls, self.closings = [], 0
        self.installed = installed(self.world)
        self.installed.__enter__()

    def teardown(self):
        try:
            self.nothing_is_stuck_after_the_sweeps()
        finally:
            self.installed.__exit__(None, None, None)

    def invoke(self, placeholder, event):
        self.calls.append((placeholder, event))
        return task_of(placeholder)(event, None)

    # What people do

    @initialize(person=st.sampled_from(PEOPLE), already=st.sampled_from(BEGINNINGS))
    def first_submission(self, person, already):
        self.submit_and_go(person, already)

    @precondition(lambda self: len(self.files) < 3)
    @rule(person=st.sampled_from(PEOPLE), already=st.sampled_from(BEGINNINGS))
    def submit_and_go(self, person, already):
        """A file that is some way on already: the later steps are as busy as the first one."""
        self.submit(person, start_is_lost=False)
        for outcome in already:
            decision = self.world.pending(self.files[-1])
            if decision and decision.outcome(outcome):
                self.world.desk.answer(decision.id, as_addressee(decision), outcome, "Un motif.")
                self.machine.go_on()

    @precondition(lambda self: len(self.files) < 3)
    @rule(person=st.sampled_from(PEOPLE), start_is_lost=st.booleans())
    def submit(self, person, start_is_lost):
        self.machine.loses_next_start = start_is_lost
        with suppress(Crash):
            self.world.submit(f"f{len(self.files)}", **person)
        self.machine.loses_next_start = False
        self.machine.go_on()

    @rule(data=st.data())
    def submit_again(self, data):
        file = data.draw(st.sampled_from(self.files))
        before = len(self.files)
        with suppress(AlreadySettled):
            self.world.submit(file.id, **file.answers)
        assert len(self.files) == before
        self.machine.go_on()

    @precondition(lambda self: self.asked("confirmation"))
    @rule(data=st.data(), answer_is_lost=st.booleans())
    def confirm(self, data, answer_is_lost):
        self.answer(data, "confirmation", answer_is_lost)

    @precondition(lambda self: self.asked("membership"))
    @rule(data=st.data(), answer_is_lost=st.booleans())
    def decide(self, data, answer_is_lost):
        self.answer(data, "membership", answer_is_lost)

    @precondition(lambda self: self.asked("corrections"))
    @rule(data=st.data(), answer_is_lost=st.booleans())
    def send_corrections(self, data, answer_is_lost):
        self.answer(data, "corrections", answer_is_lost)

    @precondition(lambda self: self.asked("payment"))
    @rule(data=st.data(), answer_is_lost=st.booleans())
    def pay_or_give_up(self, data, answer_is_lost):
        self.answer(data, "payment", answer_is_lost)

    def answer(self, data, step, answer_is_lost):
        decision = data.draw(st.sampled_from(self.asked(step)))
        outcome = data.draw(st.sampled_from(decision.question.outcomes)).code
        visitor = as_addressee(decision, data.draw(st.integers(0, len(decision.addressees) - 1)))
        if decision.question.step == "corrections":
            self.correct(
                decision.question.record, data.draw(st.sampled_from(SIRETS)), data.draw(st.booleans())
            )
        self.machine.loses_next_answer = answer_is_lost
        with suppress(Crash):
            self.world.desk.answer(decision.id, visitor, outcome, "Un motif.")
        self.machine.loses_next_answer = False
        assert self.world.decisions.find(decision.id).answer.outcome == outcome
        self.machine.go_on()

    @precondition(lambda self: self.settled)
    @rule(data=st.data())
    def answer_again(self, data):
        decision = data.draw(st.sampled_from(self.settled))
        outcome = data.draw(st.sampled_from(decision.question.outcomes)).code
        with pytest.raises(AlreadyDecided) as told:
            self.world.desk.answer(decision.id, as_addressee(decision), outcome, "Un autre motif.")
        assert told.value.decision.answer == decision.answer

    def correct(self, file_id, siret, is_complete):
        draft = self.world.drafting.open_corrections(self.world.service.get(file_id))
        changes = {"siret": siret, "email": "autre@example.fr"} | ({} if is_complete else {"pack": "inconnu"})
        self.world.drafting.revise(draft, lambda answers: {**answers, **changes})

    @precondition(lambda self: self.may_close_a_file)
    @rule(data=st.data(), dies_before_the_question_is_closed=st.booleans())
    def withdraw(self, data, dies_before_the_question_is_closed):
        self.closings += 1
        file = data.draw(st.sampled_from(self.files))
        with suppress(AlreadySettled):
            self.world.service.withdraw(file)
            if not dies_before_the_question_is_closed:
                self.world.reconciler.withdraw_stale(file.id)
        self.machine.go_on()

    @precondition(lambda self: self.closed_for_now)
    @rule(data=st.data(), start_is_lost=st.booleans())
    def reopen(self, data, start_is_lost):
        file = data.draw(st.sampled_from(self.closed_for_now))
        self.machine.loses_next_start = start_is_lost
        with suppress(AlreadySettled, Crash):
            self.world.service.reopen(file, "Claire Martin", "À reprendre.")
        self.machine.loses_next_start = False
        self.machine.go_on()

    @rule(data=st.data())
    def visit_by_a_scanner(self, data):
        before = self.stored()
        for decision in self.world.decisions.decisions.values():
            self.world.desk.get(decision.id)
            self.world.desk.history(decision.id)
        for file in self.files:
            self.world.service.get_for(file.reference, file.email)
        assert self.stored() == before

    # What clocks do

    @precondition(lambda self: self.pending and self.may_close_a_file)
    @rule(data=st.data())
    def expire(self, data):
        self.closings += 1
        self.world.clock.at = max(self.world.clock(), data.draw(st.sampled_from(self.pending)).expires_at)
        self.world.sweeper.expire()
        self.machine.go_on()

    @rule(days=st.integers(1, 12))
    def remind(self, days):
        self.world.clock.wait(days=days)
        self.world.sweeper.remind()
        mails = len(self.world.outbox.rows)
        self.world.sweeper.remind()
        assert len(self.world.outbox.rows) == mails

    @rule()
    def repair(self):
        self.world.clock.wait(minutes=5)
        self.world.sweeper.repair()
        self.machine.go_on()

    @rule()
    def reconcile(self):
        self.world.clock.wait(minutes=5)
        self.world.reconciler.reconcile()
        self.machine.go_on()

    # What accidents do

    @precondition(lambda self: self.machine.waiting())
    @rule(data=st.data())
    def a_run_fails(self, data):
        self.machine.kill(data.draw(st.sampled_from(self.machine.waiting())))

    @precondition(lambda self: self.machine.waiting() and self.may_close_a_file)
    @rule(data=st.data())
    def a_wait_times_out(self, data):
        self.closings += 1
        self.machine.time_out(data.draw(st.sampled_from(self.machine.waiting())))
        self.machine.go_on()

    @rule()
    def the_cloud_restarts_without_its_runs(self):
        self.machine.forget_all()

    @precondition(lambda self: self.calls)
    @rule(data=st.data())
    def a_task_runs_once_more(self, data):
        placeholder, event = data.draw(st.sampled_from(self.calls))
        before = [(file.id, file.version) for file in self.files]
        with suppress(AlreadySettled, ChangedMeanwhile):
            task_of(placeholder)(event, None)
        assert [(file.id, file.version) for file in self.files] == before
        self.machine.go_on()

    # What holds after each of them

    @invariant()
    def there_is_one_line_for_each_version(self):
        for file in self.files:
            assert sorted(self.world.applications.lines[file.id]) == list(range(1, file.version + 1))

    @invariant()
    def there_is_at_most_one_end_and_nothing_after_it(self):
        for file in self.files:
            told = [line.what for line in self.world.applications.list_history(file.id)]
            ends = [what for what in told if what in TERMINAL]
            assert len(ends) <= 1
            assert not ends or told[-1] == ends[0]

    @invariant()
    def an_end_is_what_was_decided(self):
        for file in self.files:
            if file.status is Status.REFUSED:
                answers = {one.answer.outcome for one in self.answered(file, "membership")}
                assert "refuse" in answers

    @invariant()
    def each_address_and_siret_is_held_by_its_file_alone(self):
        held = {
            key: holder for key, holder in self.world.applications.pointers.items() if "REFERENCE" not in key
        }
        expected = {
            key: file.id
            for file in self.files
            if file.status in HOLDS_IDENTITY
            for key in identity_keys(file.email, file.siret)
        }
        assert held == expected

    @invariant()
    def the_address_of_a_file_never_changes(self):
        known = {person["email"] for person in PEOPLE}
        assert {file.email for file in self.files} <= known

    @invariant()
    def each_mail_of_an_end_goes_once(self):
        for file in self.files:
            for template in ONCE:
                assert self.world.templates(file.id).count(template) <= 1

    @invariant()
    def nobody_is_asked_twice_for_the_same_thing(self):
        asked = [
            (message.record, message.template, message.occasion, message.to)
            for message in self.world.outbox.messages
            if message.occasion.endswith("-ask")
        ]
        assert len(set(asked)) == len(asked)

    def nothing_is_stuck_after_the_sweeps(self):
        """Each file is closed, or waits for the one person who can move it, with a run that hears them."""
        for _ in range(4):
            self.repair()
            self.reconcile()
        for file in self.files:
            if not file.is_in_progress:
                assert self.world.pending(file) is None
                assert self.machine.state(file.run_name) is not RunState.RUNNING
                continue
            decision = self.world.pending(file)
            assert decision is not None, file
            tokens = [run.token for run in self.machine.waiting() if run.data["application_id"] == file.id]
            assert len(tokens) == 1
            assert tokens[0] in decision.task_tokens
        awaited = {(file.id, STEP_OF.get(file.status), file.round) for file in self.files}
        for one in self.pending:
            assert (one.question.record, one.question.step, one.question.round) in awaited
        assert self.world.reconciler.reconcile() == self.world.sweeper.repair() == 0

    @property
    def files(self):
        return list(self.world.applications.files.values())

    @property
    def may_close_a_file(self):
        """Few of the accidents that close files: else none gets far."""
        return self.closings < 2

    @property
    def closed_for_now(self):
        return [file for file in self.files if file.status in (Status.OVERDUE, Status.UNPAID)]

    def asked(self, step):
        return [one for one in self.pending if one.question.step == step]

    @property
    def pending(self):
        return self.world.decisions.list_pending()

    @property
    def settled(self):
        decided = self.world.decisions.decisions.values()
        return [one for one in decided if one.state is not DecisionState.PENDING]

    def answered(self, file, step):
        found = self.world.decisions.list_by_record(file.id)
        return [one for one in found if one.answer and one.question.step == step]

    def stored(self):
        world = self.world
        return [
            dict(each)
            for each in (
                world.applications.files,
                world.decisions.decisions,
                world.outbox.rows,
                self.machine.runs,
            )
        ] + [replace(run) for run in self.machine.runs.values()]


TestOnboarding = Onboarding.TestCase
TestOnboarding.settings = settings(
    max_examples=250,
    stateful_step_count=35,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
