"""The whole onboarding under anything that can happen to it, in any order, deaths included, against an oracle."""

import os
from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from chalicelib.decisions.model import DecisionState
from chalicelib.kernel.ports import RunState
from chalicelib.mail.model import MailState
from tests.fakes.applications import identity_keys
from tests.stateful.clocks import WhatClocksDo
from tests.stateful.mishaps import WhatAccidentsDo
from tests.stateful.people import WITH_REASON, WhatPeopleDo
from tests.stateful.records import Said
from tests.stateful.trade import ENDS, HOLDS_ITS_NAME, THEN
from tests.world import as_addressee

EXAMPLES = int(os.environ.get("CORDEE_MODEL_EXAMPLES", "200"))
"""How many stories are tried; for a long search set some thousands."""
ENDINGS = ("refuse", "confirm", "accept", "resubmit")
END_LINES = {line for line, status, _ in THEN.values() if status in ENDS - {"unpaid"}}


class Onboarding(WhatPeopleDo, WhatClocksDo, WhatAccidentsDo):
    """Files on their way; every rule is something that a person, a clock or an accident does."""

    @invariant()
    def the_files_are_those_that_were_sent_and_not_purged(self):
        assert sorted(self.world.applications.files) == sorted(self.oracle.files)

    @invariant()
    def each_file_stands_and_tells_what_the_oracle_says(self):
        for file in self.files:
            known = self.oracle.files[file.id]
            assert self.lines_of(file) == known.lines
            assert (file.status, file.round) == (known.status, known.round)
            assert (file.email, file.siret) == (known.email, known.answers["siret"])
            assert file.version == len(known.lines)

    @invariant()
    def exactly_the_mails_of_the_oracle_were_written(self):
        for known in [*self.oracle.files.values(), *self.oracle.purged.values()]:
            written = self.mails(known.id)
            assert written == +known.mails, (written - known.mails, known.mails - written)

    @invariant()
    def each_question_tells_what_the_oracle_says(self):
        for decision in self.decisions:
            _, question = self.oracle.asked(decision.id)
            told = Counter(line.what for line in self.world.desk.history(decision.id))
            assert told == question.lines
            assert [one.email for one in decision.addressees] == list(question.asked)
            assert question.is_open is (decision.state is DecisionState.PENDING)

    @invariant()
    def there_is_at_most_one_end_and_nothing_after_it(self):
        for file in self.files:
            told = [line.what for line in self.world.applications.list_history(file.id)]
            assert not END_LINES & set(told[:-1])

    @invariant()
    def each_address_and_siret_is_held_by_its_file_alone(self):
        held = self.world.applications.pointers.items()
        assert {key: holder for key, holder in held if "REFERENCE" not in key} == {
            key: file.id
            for file in self.oracle.files.values()
            if file.status in HOLDS_ITS_NAME
            for key in identity_keys(file.email, file.answers["siret"])
        }

    @invariant()
    def no_mail_leaves_twice(self):
        assert len(set(self.world.sender.taken)) == len(self.world.sender.taken)

    def comes_to_rest_and_to_its_end(self):
        """Each file is closed, or waits for a person whom its run hears; and people or silence can end it."""
        self.rest()
        self.nothing_is_owed()
        for _ in range(6):
            for place, file in enumerate(self.files):
                self.end(file, by_silence=place % 2)
        self.rest()
        self.nothing_is_owed()
        assert {file.status for file in self.files} <= ENDS
        self.check_invariants_at_the_end()

    def nothing_is_owed(self):
        assert self.oracle.owed() == []
        for file in self.files:
            decision = self.world.pending(file)
            if not file.is_in_progress:
                assert decision is None
                assert self.machine.state(file.run_name) is not RunState.RUNNING
                continue
            tokens = [run.token for run in self.machine.waiting() if run.data["application_id"] == file.id]
            assert len(tokens) == 1
            assert tokens[0] in decision.task_tokens
        awaited = [decision.id for file in self.files if (decision := self.world.pending(file))]
        purged = self.oracle.purged
        left = [one.id for one in self.pending if one.question.record not in purged]
        assert sorted(left) == sorted(awaited)
        assert self.world.reconciler.reconcile() == self.world.sweeper.repair() == 0
        corrected = {file.id for file in self.files if file.status == "changes_requested"}
        assert set(self.world.drafts.drafts) <= corrected
        self.every_mail_has_left()

    def every_mail_has_left(self):
        rows = self.world.outbox.rows.values()
        in_doubt = [row.key for row in rows if row.state is MailState.UNCERTAIN]
        assert len(in_doubt) <= self.mail_deaths
        sent = {row.key for row in rows if row.state is MailState.SENT}
        assert sent | set(in_doubt) == set(self.world.outbox.rows)
        assert sent <= set(self.world.sender.taken) <= sent | set(in_doubt)

    def end(self, file, *, by_silence):
        """One step towards the end of a file."""
        if file.status == "overdue":
            self.withdraw_at_last(file)
        decision = self.world.pending(self.world.applications.find(file.id))
        if decision is None:
            return
        if by_silence:
            self.world.clock.at = max(self.world.clock(), decision.expires_at)
            self.sweeps()
            return
        what = next(code for code in ENDINGS if decision.outcome(code))
        if what == "resubmit":
            self.type_corrections(decision, file.siret, True)
        said = Said(what, decision.addressees[0].name, WITH_REASON)
        self.decide(decision, as_addressee(decision), said, None)

    def withdraw_at_last(self, file):
        with self.happening(allows=[(file.id, Said("withdraw", file.contact_name))]):
            self.world.service.withdraw(file)

    def check_invariants_at_the_end(self):
        self.each_file_stands_and_tells_what_the_oracle_says()
        self.exactly_the_mails_of_the_oracle_were_written()
        self.there_is_at_most_one_end_and_nothing_after_it()


TestOnboarding = Onboarding.TestCase
TestOnboarding.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
