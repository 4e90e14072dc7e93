"""What clocks do to membership files, rule by rule."""

import json

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.decisions import tasks as decision_tasks
from chalicelib.mail.model import MailState
from chalicelib.partners import tasks
from tests.stateful.onboarding import DEATHS, OnboardingWithOracle
from tests.stateful.trade import KEPT_DAYS


class WhatClocksDo(OnboardingWithOracle):
    """Sweeps, reminders, deadlines, purges, and mails that leave or come back."""

    @rule(days=st.sampled_from([1, 3, 12]), dies=DEATHS)
    def a_morning_comes(self, days, dies):
        """Reminders, twice; the second round is the retry of a first one that may have died."""
        self.world.clock.wait(days=days)
        self.sweeps()
        for death in (dies, None):
            with self.happening(death):
                decision_tasks.send_decision_reminders({}, None)
                tasks.send_payment_reminders({}, None)
        self.oracle.morning()

    @precondition(lambda self: self.pending and self.may_close_a_file)
    @rule(data=st.data(), dies=DEATHS)
    def expire(self, data, dies):
        self.closings += 1
        self.world.clock.at = max(self.world.clock(), data.draw(st.sampled_from(self.pending)).expires_at)
        with self.happening(dies):
            decision_tasks.sweep_decisions({}, None)

    @rule(dies=DEATHS)
    def repair(self, dies):
        self.world.clock.wait(minutes=5)
        with self.happening(dies):
            decision_tasks.sweep_decisions({}, None)

    @rule(dies=DEATHS)
    def reconcile(self, dies):
        self.world.clock.wait(minutes=5)
        with self.happening(dies):
            tasks.reconcile_onboarding({}, None)

    @precondition(lambda self: self.world.outbox.list_in_state(MailState.NEW))
    @rule(dies=DEATHS)
    def mails_leave(self, dies):
        """By their stream, which may bring any of them again; the one that dies on the way is in doubt, and stays."""
        with self.happening(dies):
            for key in list(self.world.outbox.rows):
                self.world.mail_service.deliver(key)
        self.mail_deaths += dies is not None

    @precondition(lambda self: self.world.outbox.rows)
    @rule(data=st.data(), dies=DEATHS)
    def a_mail_comes_back(self, data, dies):
        """An approver's request that bounces is passed on to the deputy, once however often it is told."""
        key = data.draw(st.sampled_from(list(self.world.outbox.rows)))
        told = {
            "eventType": "Bounce",
            "bounce": {"bounceType": "Permanent"},
            "mail": {"tags": {"mail": [key]}},
        }
        event = {"Records": [{"Sns": {"Message": json.dumps(told)}}]}
        for death in (dies, None):
            with self.happening(death):
                decision_tasks.pass_on_bounced_request(event, None)
        if subject := self.world.outbox.rows[key].link_subject:
            self.oracle.pass_on(*self.oracle.asked(subject), f"bounce-{key}")

    @precondition(lambda self: self.purges < 2 and any(not file.is_in_progress for file in self.files))
    @rule(days=st.sampled_from([1, KEPT_DAYS - 10, KEPT_DAYS]), dies=DEATHS)
    def purge(self, days, dies):
        """Closed files are forgotten in their time, and no others."""
        self.purges += 1
        self.world.clock.wait(days=days)
        self.sweeps()
        for death in (dies, None):
            with self.happening(death):
                tasks.purge_closed_files({}, None)
        self.oracle.purge()
