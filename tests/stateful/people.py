"""What people do to membership files, rule by rule."""

from contextlib import suppress

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from chalicelib.decisions.model import AlreadyDecided, DecisionState, NotYours, Visitor
from chalicelib.kernel.errors import AlreadySettled
from tests.factories import some_answers
from tests.stateful import office_days
from tests.stateful.onboarding import DEATHS, MOST_FILES, OnboardingWithOracle
from tests.stateful.records import Said
from tests.stateful.trade import OPEN
from tests.world import FREE, as_addressee

PEOPLE = [
    {"email": "maelle@hotel.example.fr", "siret": "73282932000074"},
    {"email": "maelle@hotel.example.fr", "siret": "55208131766522"},
    {"email": "hugo@gite.example.fr", "siret": "73282932000074"},
    {"email": "lea@gite.example.fr", "siret": "", **FREE},
    {"email": office_days.YANN[1], "siret": "55208131766522"},
]
"""Two share an address, two a SIRET, one pays nothing, one is the officer who would decide."""
SIRETS = ["73282932000074", "55208131766522", ""]
BEGINNINGS = [
    ["confirm", "request_changes"],
    ["confirm", "accept"],
    ["confirm"],
    ["confirm", "request_changes", "resubmit", "accept", "cancel"],
    ["confirm", "request_changes", "resubmit", "request_changes"],
    [],
]
A_WORKDAY, ON_LEAVE = office_days.date(2027, 3, 3), office_days.date(2027, 8, 3)
WITH_REASON = "Un motif."


class WhatPeopleDo(OnboardingWithOracle):
    """Applicants, approvers, staff, and programs that open links."""

    @initialize(person=st.sampled_from(PEOPLE), already=st.sampled_from(BEGINNINGS), in_summer=st.booleans())
    def first_submission(self, person, already, in_summer):
        self.world.clock.wait(days=(ON_LEAVE - A_WORKDAY).days * in_summer)
        self.submit_and_go(person, already)

    @precondition(lambda self: len(self.files) < MOST_FILES)
    @rule(person=st.sampled_from(PEOPLE), already=st.sampled_from(BEGINNINGS))
    def submit_and_go(self, person, already):
        """A file that is some way on already: the later steps are as busy as the first one."""
        file = self.send_form(person, None)
        for outcome in already:
            decision = self.world.pending(self.world.applications.find(file))
            if decision and decision.outcome(outcome):
                if outcome == "resubmit":
                    self.type_corrections(decision, person["siret"], True)
                said = Said(outcome, decision.addressees[0].name, WITH_REASON)
                self.decide(decision, as_addressee(decision), said, None)

    @precondition(lambda self: len(self.files) < MOST_FILES)
    @rule(person=st.sampled_from(PEOPLE), dies=DEATHS)
    def submit(self, person, dies):
        self.send_form(person, dies)

    def send_form(self, person, dies):
        """The identifier of the file, which death may have kept from being."""
        key = f"f{next(self.keys)}"
        with self.happening(dies):
            try:
                self.world.submit(key, **person)
            finally:
                if self.world.applications.find(key):
                    self.oracle.sent(key, some_answers(**person))
        return key

    @precondition(lambda self: self.files)
    @rule(data=st.data(), dies=DEATHS)
    def submit_again(self, data, dies):
        """A second press of the button, which may arrive much later."""
        file = data.draw(st.sampled_from(self.files))
        with self.happening(dies), suppress(AlreadySettled):
            self.world.submit(file.id, **file.answers)

    @precondition(lambda self: self.asked("confirmation"))
    @rule(data=st.data(), dies=DEATHS)
    def confirm(self, data, dies):
        self.answer(data, "confirmation", dies)

    @precondition(lambda self: self.asked("membership"))
    @rule(data=st.data(), dies=DEATHS)
    def decide_or_ask_for_changes(self, data, dies):
        self.answer(data, "membership", dies)

    @precondition(lambda self: self.asked("corrections"))
    @rule(data=st.data(), dies=DEATHS)
    def correct(self, data, dies):
        self.answer(data, "corrections", dies)

    @precondition(lambda self: self.asked("payment"))
    @rule(data=st.data(), dies=DEATHS)
    def pay_or_give_up(self, data, dies):
        self.answer(data, "payment", dies)

    def answer(self, data, step, dies):
        """Whoever was asked answers what was asked, or for the office a colleague of the same role at the desk."""
        decision = data.draw(st.sampled_from(self.asked(step)))
        role = decision.question.role
        what = data.draw(st.sampled_from(decision.question.outcomes)).code
        visitor = as_addressee(decision, data.draw(st.integers(0, len(decision.addressees) - 1)))
        if role and data.draw(st.booleans()):
            visitor = Visitor("Aline Roux", "aline.roux@val.example.org", "desk", frozenset({role}))
        if step == "corrections":
            siret, is_complete = data.draw(st.sampled_from(SIRETS)), data.draw(st.booleans())
            if not self.type_corrections(decision, siret, is_complete):
                return
        self.decide(decision, visitor, Said(what, visitor.name, WITH_REASON), dies)

    def type_corrections(self, decision, siret, is_complete):
        """The answers laid out and typed over; False when the file does not wait for them any more."""
        file = self.world.applications.find(decision.question.record)
        if file is None or file.status != "changes_requested":
            return False
        typed = {"siret": siret, "pack": "essentiel" if is_complete else "inconnu"}
        draft = self.world.drafting.open_corrections(file)
        self.world.drafting.revise(draft, lambda answers: {**answers, **typed, "email": "autre@example.fr"})
        self.oracle.files[file.id].typed = typed
        return True

    @precondition(lambda self: self.settled)
    @rule(data=st.data(), dies=DEATHS)
    def answer_again(self, data, dies):
        """The same or the contrary: what was answered first is shown, and stays."""
        decision = data.draw(st.sampled_from(self.settled))
        what = data.draw(st.sampled_from(decision.question.outcomes)).code
        with self.happening(dies), pytest.raises(AlreadyDecided) as told:
            self.world.desk.answer(decision.id, as_addressee(decision), what, "Un autre motif.")
        assert told.value.decision.answer == decision.answer

    @precondition(lambda self: self.pending)
    @rule(data=st.data())
    def somebody_else_answers(self, data):
        """A stranger, a colleague of another role, or the applicant who also decides for the office."""
        decision = data.draw(st.sampled_from(self.pending))
        file = self.world.applications.find(decision.question.record)
        own = [file.email] if file and decision.question.role else []
        email = data.draw(st.sampled_from(["inconnu@example.org", *own]))
        roles = frozenset({decision.question.role} if email in own else {"observatory"})
        with self.happening(), pytest.raises(NotYours):
            self.world.desk.answer(
                decision.id, Visitor("X", email, "desk", roles), decision.question.outcomes[0].code, "Oui."
            )

    @precondition(lambda self: self.may_close_a_file and self.files)
    @rule(data=st.data(), dies=DEATHS)
    def withdraw(self, data, dies):
        self.closings += 1
        file = data.draw(st.sampled_from(self.files))
        name, may = file.contact_name, self.oracle.files[file.id].status in OPEN
        with self.happening(dies, [(file.id, Said("withdraw", name))]):
            try:
                self.world.service.withdraw(file)
                self.world.reconciler.withdraw_stale(file.id)
                assert may
            except AlreadySettled:
                assert not may

    @precondition(lambda self: self.files)
    @rule(data=st.data(), dies=DEATHS)
    def reopen(self, data, dies):
        """Staff take a file up again: overdue or unpaid, and nobody else holds its name meanwhile."""
        file = data.draw(
            st.sampled_from(sorted(self.files, key=lambda one: one.status not in ("overdue", "unpaid")))
        )
        known = self.oracle.files[file.id]
        may = known.status == "overdue" or (known.status == "unpaid" and not self.oracle.holder(known))
        with self.happening(dies, [(file.id, Said("reopen", "Claire Martin", "À reprendre."))]):
            try:
                self.world.service.reopen(file, "Claire Martin", "À reprendre.")
                assert may
            except AlreadySettled:
                assert not may

    @precondition(lambda self: self.files)
    @rule()
    def visit_by_a_scanner(self):
        """Whatever is read, nothing is written: the gate has seen no write."""
        self.gate.arm(0, "")
        for decision in self.decisions:
            self.world.desk.get(decision.id)
            self.world.desk.history(decision.id)
        for file in self.files:
            self.world.service.get_for(file.reference, file.email)
            self.world.drafting.find(file.id)
        assert self.gate.calls == []

    def asked(self, step):
        return [one for one in self.pending if one.question.step == step]

    @property
    def settled(self):
        return [one for one in self.decisions if one.state is not DecisionState.PENDING]
