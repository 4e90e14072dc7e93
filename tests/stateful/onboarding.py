"""Files on their way through the real rules, tasks and machine, and the oracle that follows them line by line."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from chalicelib.decisions import tasks as decision_tasks
from chalicelib.decisions.model import DecisionState
from chalicelib.kernel.history import HistoryLine
from chalicelib.partners import tasks
from tests.fakes.clock import Crash
from tests.harness.crash import AFTER, BEFORE, Gate, Killed
from tests.harness.machine import Machine
from tests.stateful.accidents import MortalWorld
from tests.stateful.installed import installed
from tests.stateful.oracle import Oracle
from tests.stateful.trade import ANOTHER_FILE, TAKEN

PROCESS = "partners_onboarding"
MOST_FILES = 3
DEATHS = st.sampled_from([None] * 4 + [(at, when) for at in range(1, 5) for when in (BEFORE, AFTER)])
"""Nothing dies, or the write of that number does not come to pass, or nothing after it does."""


def task_of(placeholder):
    """The handler behind `LookUpApplication`."""
    return getattr(tasks, re.sub(r"(?<!^)([A-Z])", r"_\1", placeholder).lower())


class OnboardingWithOracle(RuleBasedStateMachine):
    """The world, the oracle, and what the rules are made of."""

    def __init__(self):
        super().__init__()
        self.gate = Gate()
        self.machine = Machine(PROCESS, self.invoke)
        self.world = MortalWorld(self.machine, self.gate)
        self.oracle = Oracle(self.world.clock)
        self.calls, self.closings, self.purges, self.mail_deaths, self.keys = [], 0, 0, 0, count()
        self.known_states = {}
        self.installed = installed(self.world)
        self.installed.__enter__()

    def teardown(self):
        try:
            if self.files:
                self.comes_to_rest_and_to_its_end()
        finally:
            self.installed.__exit__(None, None, None)

    def comes_to_rest_and_to_its_end(self):
        raise NotImplementedError

    def invoke(self, placeholder, event):
        """A task of the machine: its death is an error that no state catches."""
        self.calls.append((placeholder, event))
        try:
            return task_of(placeholder)(event, None)
        except Killed as death:
            raise Crash from death

    @contextmanager
    def happening(self, dies=None, allows=()) -> Iterator[None]:
        """Something happens, perhaps dies on the way; then the runs go on and the oracle looks at what came of it.

        `allows` are pairs of a file and what may be said of it by this alone, whether or not it gets that far.
        """
        for file_id, said in allows:
            self.oracle.files[file_id].offers.append(said)
        if dies:
            self.gate.arm(*dies)
        with suppress(Killed):
            yield
        self.machine.go_on()
        self.gate.disarm()
        self.follow()
        for file_id, said in allows:
            if file_id in self.oracle.files and said in self.oracle.files[file_id].offers:
                self.oracle.files[file_id].offers.remove(said)

    def follow(self):
        """The oracle takes note of what is written; whatever it did not foresee is an error."""
        for decision in self.decisions:
            if decision.id in self.known_states:
                self.take_note(decision)
        while any(
            self.follow_one(file) for file in sorted(self.oracle.files.values(), key=self.met_no_other)
        ):
            pass
        for file in self.oracle.files.values():
            told = self.lines_of(file)
            assert told in (file.lines, []), f"nobody ordered {told[len(file.lines) :]} of {file}"
        for decision in self.decisions:
            if decision.id not in self.known_states:
                self.oracle.asks(self.oracle.files[decision.question.record], decision.id)
                self.known_states[decision.id] = DecisionState.PENDING
        for decision in self.decisions:
            if self.known_states[decision.id] is DecisionState.PENDING is not decision.state:
                self.take_note(decision)
                if decision.state is DecisionState.WITHDRAWN:
                    self.oracle.taken_back(decision.id)
                    self.known_states[decision.id] = decision.state

    def take_note(self, decision):
        """A question that the clock closed; what people answer is told by the rules themselves."""
        if self.known_states[decision.id] is not decision.state is DecisionState.EXPIRED:
            self.oracle.fell_silent(decision.id)
            self.known_states[decision.id] = decision.state

    def follow_one(self, file):
        """Take over the next line of this file, if it is there and may be."""
        told = self.lines_of(file)
        if len(told) <= len(file.lines):
            return False
        for line, becomes in self.oracle.next_lines(file):
            if line == told[len(file.lines)]:
                file.lines.append(line)
                becomes()
                return True
        return False

    def met_no_other(self, file):
        """Who met another file comes first: that file may have been closed in the same moment, but later."""
        told = self.lines_of(file)[len(file.lines) :][:1]
        return not any(line[1] == ANOTHER_FILE or line[2] == TAKEN for line in told)

    def lines_of(self, file):
        return [plain(line) for line in self.world.applications.list_history(file.id)]

    def decide(self, decision, visitor, said, dies):
        """Somebody answers; the oracle hears of it when the answer was written."""
        with self.happening(dies):
            try:
                self.world.desk.answer(decision.id, visitor, said.what, said.why)
            finally:
                stored = self.world.decisions.find(decision.id)
                if stored.answer:
                    assert (stored.answer.outcome, stored.answer.by_name) == (said.what, said.who)
                    self.oracle.answered(decision.id, said)
                    self.known_states[decision.id] = stored.state

    def sweeps(self):
        """What runs every five minutes, undisturbed."""
        for sweep in (
            lambda: tasks.reconcile_onboarding({}, None),
            lambda: decision_tasks.sweep_decisions({}, None),
            self.world.mail_service.sweep,
            self.world.drafting.sweep,
        ):
            with self.happening():
                sweep()

    def rest(self):
        """Time passes, and all that repairs has run often enough."""
        for minutes in (5, 20, 180):
            self.world.clock.wait(minutes=minutes)
            self.sweeps()

    @property
    def files(self):
        return list(self.world.applications.files.values())

    @property
    def decisions(self):
        return list(self.world.decisions.decisions.values())

    @property
    def pending(self):
        return self.world.decisions.list_pending()

    @property
    def may_close_a_file(self):
        """Few of the accidents that close files: else none gets far."""
        return self.closings < 2

    def mails(self, record):
        rows = [message for message in self.world.outbox.messages if message.record == record]
        return Counter((message.template, message.to) for message in rows)


def plain(line: HistoryLine) -> tuple[str, str, str]:
    """A line of history without its instant."""
    return line.who, line.what, line.reason
