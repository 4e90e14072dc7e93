"""What accidents do to membership files, rule by rule. Deaths in the middle of anything are drawn by the other rules."""

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.kernel.errors import AlreadySettled, ChangedMeanwhile, NotFound
from tests.stateful.onboarding import DEATHS, OnboardingWithOracle, task_of
from tests.stateful.records import Said
from tests.stateful.trade import SILENCE


class WhatAccidentsDo(OnboardingWithOracle):
    """Runs that fail or wait too long, a cloud that forgets them, tasks that are run again."""

    @precondition(lambda self: self.machine.waiting())
    @rule(data=st.data())
    def a_run_fails(self, data):
        with self.happening():
            self.machine.kill(data.draw(st.sampled_from(self.machine.waiting())))

    @precondition(lambda self: self.machine.waiting() and self.may_close_a_file)
    @rule(data=st.data(), dies=DEATHS)
    def a_wait_times_out(self, data, dies):
        """The net below the sweeps: they would have closed the question long before.

        From then on the file may be closed by that silence, also by a task that died and is tried again.
        """
        self.closings += 1
        run = data.draw(st.sampled_from(self.machine.waiting()))
        file = self.oracle.files.get(run.data["application_id"])
        if file and (file.status, file.round) == (run.data["status"], run.data["round"]):
            file.offers.append(Said(SILENCE))
        with self.happening(dies):
            self.machine.time_out(run)

    @rule()
    def the_cloud_restarts_without_its_runs(self):
        """Executions and their task tokens are gone; tables and mails are kept."""
        with self.happening():
            self.machine.forget_all()

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), dies=DEATHS)
    def a_task_runs_once_more(self, data, dies):
        """The cloud may run any task twice; late, it must change nothing that is not owed."""
        task = data.draw(st.sampled_from(sorted({placeholder for placeholder, _ in self.calls})))
        placeholder, event = data.draw(st.sampled_from([call for call in self.calls if call[0] == task]))
        with self.happening(dies), suppress(AlreadySettled, ChangedMeanwhile, NotFound):
            task_of(placeholder)(event, None)

    @precondition(lambda self: self.old_records)
    @rule(data=st.data())
    def a_record_of_an_earlier_round_runs_once_more(self, data):
        """It says nothing of the round that the file is in by now."""
        placeholder, event = data.draw(st.sampled_from(self.old_records))
        with self.happening():
            task_of(placeholder)(event, None)

    @property
    def old_records(self):
        """The events that were recorded in rounds which are over."""
        rounds = {file.id: file.round for file in self.files}
        return [
            call for call in self.calls if call[1].get("round", 99) < rounds.get(call[1]["application_id"], 0)
        ]
