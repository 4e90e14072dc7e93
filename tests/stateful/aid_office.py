"""An office that helps with classification, lived through in any order, against what money and permissions must keep."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ids import new_secret
from chalicelib.subsidies.model import AWARD, RECEIPT, OutOfStep, Subsidy
from chalicelib.subsidies.statuses import AWARDED, SPENT, WITHOUT_AID, Event, Status
from tests.aid import an_aiding_office
from tests.aid_world import World
from tests.fakes.clock import Crash

BUDGETS = (0, 24_000, 50_000, 100_000)
COSTS = (1, 9_000, 24_000, 30_000)
DEATHS = ("never", "before", "after")
STAFF = {
    Status.SUBMITTED: (Event.FOUND_COMPLETE, Event.CHANGES_REQUESTED, Event.REFUSED, Event.DECISION_EXPIRED),
    Status.CHANGES_REQUESTED: (Event.CORRECTED, Event.CORRECTIONS_EXPIRED),
    Status.COMPLETE: (Event.WORKED_OUT,),
    Status.UNDER_REVIEW: (Event.ACCEPTED, Event.ACCEPTED, Event.ACCEPTED, Event.REFUSED, Event.SENT_BACK),
    Status.AWAITING_SECOND_APPROVAL: (Event.SECOND_ACCEPTED, Event.REFUSED, Event.SENT_BACK),
}
PAYERS = {
    Status.PAYMENT_REQUESTED: (
        Event.PROOFS_ACCEPTED, Event.PROOFS_ACCEPTED, Event.PROOFS_RETURNED, Event.PROOFS_REFUSED, Event.DECISION_EXPIRED,
    ),
    Status.PROOFS_TO_CORRECT: (Event.PROOFS_EXPIRED,),
    Status.CLASSIFIED: (Event.PAYMENT_APPROVED, Event.PAYMENT_APPROVED, Event.PAYMENT_SENT_BACK),
    Status.NOT_CLASSIFIED: (Event.PAYMENT_APPROVED,),
}  # fmt: skip
ENDED = WITHOUT_AID | {Status.CLOSED}
USUAL: tuple[Callable[[World, Subsidy], Any], ...] = (
    lambda world, file: world.told(file, Event.FOUND_COMPLETE),
    lambda world, file: world.told(file, Event.WORKED_OUT),
    lambda world, file: world.told(file, Event.ACCEPTED),
    lambda world, file: world.told(file, Event.SECOND_ACCEPTED),
    lambda world, file: world.printing.write(file.id, AWARD),
    lambda world, file: world.proven(file) if file.notified_on else None,
    lambda world, file: world.paid_for(file, Event.PROOFS_ACCEPTED),
    lambda world, file: world.paid_for(file, Event.PAYMENT_APPROVED),
)
PROVABLE = (Status.VISIT_ORDERED, Status.VISIT_DONE, Status.PROOFS_TO_CORRECT, Status.PAYMENT_FAILED)


class AidOffice(RuleBasedStateMachine):
    """Files of one partner, the money of several years; each step may die before or after its write."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.made = 0
        self.ended: dict[str, Status] = {}
        self.vote(50_000)

    @property
    def files(self) -> dict[str, Subsidy]:
        return self.world.subsidies.files

    def pick(self, data: st.DataObject, *statuses: Status) -> Subsidy:
        found = sorted(file.id for file in self.files.values() if file.status in statuses)
        return self.files[data.draw(st.sampled_from(found))]

    def has(self, *statuses: Status) -> bool:
        return any(file.status in statuses for file in self.files.values())

    def dying(self, death: str, do: Callable[[], Any]) -> None:
        """Do it, dying at the first write if it is so; then do it again, as a retry would."""
        real = self.world.subsidies.save

        def mortal(*given: Any, **named: Any) -> None:
            self.world.subsidies.save = real  # type: ignore[method-assign]
            if death == "before":
                raise Crash
            real(*given, **named)
            if death == "after":
                raise Crash

        if death != "never":
            self.world.subsidies.save = mortal  # type: ignore[method-assign]
        try:
            do()
        except Crash:
            self.again(do)
        finally:
            self.world.subsidies.save = real  # type: ignore[method-assign]

    def again(self, do: Callable[[], Any]) -> None:
        try:
            do()
        except (OutOfStep, RuleBroken):
            return

    @contextmanager
    def fairness(self, key: str) -> Iterator[None]:
        """Nobody is granted an aid out of their turn."""
        waiting, before = self.world.money.queue().waiting, self.files[key].status
        yield
        is_new = before is not Status.GRANTED and self.files[key].status is Status.GRANTED
        assert not (is_new and waiting), "somebody who waits was passed over"

    @rule(cost=st.sampled_from(COSTS), steps=st.integers(0, len(USUAL)))
    def send(self, cost: int, steps: int) -> None:
        """A file that has come as far as ordinary files do."""
        self.made += 1
        key = f"s{self.made}"
        self.world.sent(key, excl_vat_cents=cost, incl_vat_cents=cost)
        for step in USUAL[:steps]:
            with self.fairness(key):
                step(self.world, self.files[key])

    @rule()
    def print_what_is_due(self) -> None:
        for file in list(self.files.values()):
            if file.document_due in (RECEIPT, AWARD):
                self.world.printing.write(file.id, file.document_due)

    @precondition(lambda self: self.has(*STAFF))
    @rule(data=st.data(), death=st.sampled_from(DEATHS))
    def staff_decide(self, data: st.DataObject, death: str) -> None:
        file = self.pick(data, *STAFF)
        event = data.draw(st.sampled_from(STAFF[file.status]))
        line = HistoryLine(self.world.clock(), "Claire Martin", event.value, "Un motif.")
        with self.fairness(file.id):
            self.dying(
                death,
                lambda: self.world.service.record(file.id, event, line, file.round, "claire@example.org"),
            )

    @precondition(lambda self: self.has(*PAYERS))
    @rule(data=st.data(), death=st.sampled_from(DEATHS))
    def payers_decide(self, data: st.DataObject, death: str) -> None:
        file = self.pick(data, *PAYERS)
        event = data.draw(st.sampled_from(PAYERS[file.status]))
        line = HistoryLine(self.world.clock(), "Ali Bensaïd", event.value, "Un motif.")
        self.dying(death, lambda: self.world.payments.record(file.id, event, line, file.round))

    @precondition(lambda self: any(file.may_withdraw for file in self.files.values()))
    @rule(data=st.data(), death=st.sampled_from(DEATHS), really=st.sampled_from([False, False, False, True]))
    def withdraw(self, data: st.DataObject, death: str, really: bool) -> None:
        if not really:
            return
        file = self.files[
            data.draw(st.sampled_from(sorted(f.id for f in self.files.values() if f.may_withdraw)))
        ]
        self.dying(death, lambda: self.world.service.withdraw(self.files[file.id]))

    @precondition(lambda self: self.has(Status.OVERDUE, Status.PAYMENT_OVERDUE))
    @rule(data=st.data())
    def reopen(self, data: st.DataObject) -> None:
        file = self.pick(data, Status.OVERDUE, Status.PAYMENT_OVERDUE)
        service = self.world.service if file.status is Status.OVERDUE else self.world.payments
        service.reopen(file, "Claire Martin", "Un oubli")

    @rule(death=st.sampled_from(DEATHS))
    def serve_who_waits(self, death: str) -> None:
        self.dying(death, self.world.waiting.serve)

    @rule(budget=st.sampled_from(BUDGETS))
    def vote(self, budget: int) -> None:
        years = range(2027, 2040)
        self.world.rules = an_aiding_office(
            envelopes=[{"year": year, "amount_cents": budget} for year in years]
        )

    @rule(days=st.sampled_from([1, 90, 365]))
    def time_passes(self, days: int) -> None:
        if self.world.clock().year < 2030:
            self.world.clock.at += timedelta(days=days)

    @precondition(lambda self: self.has(Status.GRANTED, *PROVABLE))
    @rule(
        data=st.data(), outcome=st.sampled_from(["classified", "not_classified"]), cost=st.sampled_from(COSTS)
    )
    def prove(self, data: st.DataObject, outcome: str, cost: int) -> None:
        file = self.pick(data, Status.GRANTED, *PROVABLE)
        if file.notified_on:
            self.world.proven(file, outcome=outcome, invoice_excl_vat_cents=cost, invoice_incl_vat_cents=cost)

    @rule(death=st.sampled_from(DEATHS))
    def collect(self, death: str) -> None:
        key = new_secret()
        try:
            self.dying(death, lambda: self.world.transfers.create(key, "Ali Bensaïd"))
        except RuleBroken:
            assert not self.has(Status.PAYMENT_APPROVED)

    @precondition(lambda self: self.has(Status.PAYMENT_ORDERED, Status.PAYMENT_FAILED))
    @rule(data=st.data(), what=st.sampled_from(["paid", "failed", "again"]), death=st.sampled_from(DEATHS))
    def hear_from_the_bank(self, data: st.DataObject, what: str, death: str) -> None:
        file = self.pick(data, Status.PAYMENT_ORDERED, Status.PAYMENT_FAILED)
        transfers, today = self.world.transfers, self.world.clock().date()
        do = {
            "paid": lambda: transfers.mark_paid(self.files[file.id], "Ali", today, "R-1"),
            "failed": lambda: transfers.mark_failed(self.files[file.id], "Ali", "Compte clos"),
            "again": lambda: transfers.retry(self.files[file.id], "Ali"),
        }[what]
        try:
            self.dying(death, do)
        except OutOfStep:
            return

    @precondition(lambda self: self.has(Status.GRANTED, Status.VISIT_DONE, Status.PAID))
    @rule(
        data=st.data(),
        event=st.sampled_from([Event.LAPSED, Event.PROLONGED, Event.LEFT, Event.ENGAGEMENT_ENDED]),
    )
    def the_calendar_says(self, data: st.DataObject, event: Event) -> None:
        file = self.pick(data, Status.GRANTED, Status.VISIT_DONE, Status.PAID)
        line = HistoryLine(self.world.clock(), "Cordée", event.value)
        self.world.payments.record(file.id, event, line)

    @invariant()
    def money_is_conserved(self) -> None:
        for envelope in self.world.money.list_years():
            assert min(envelope.free, envelope.reserved, envelope.consumed) >= 0
            assert envelope.free + envelope.reserved + envelope.consumed == envelope.budget
            mine = [file for file in self.files.values() if file.envelope_year == envelope.year]
            assert envelope.reserved == sum(file.cents for file in mine if file.status in AWARDED)
            assert envelope.consumed == sum(file.payable_cents for file in mine if file.status in SPENT)

    @invariant()
    def the_queue_is_who_waits_in_the_order_of_acceptance(self) -> None:
        waiting = [file for file in self.files.values() if file.status is Status.AWAITING_BUDGET]
        queue = self.world.money.queue()
        assert (queue.waiting, queue.cents) == (len(waiting), sum(file.cents for file in waiting))
        assert list(self.world.money.list_waiting()) == [
            file.id for file in sorted(waiting, key=lambda file: (file.accepted_at, file.id))
        ]

    @invariant()
    def the_register_is_what_was_granted_and_not_lost(self) -> None:
        granted = sum(file.cents for file in self.files.values() if file.status in AWARDED)
        spent = sum(file.payable_cents for file in self.files.values() if file.status in SPENT)
        entered = sum(aid.cents for aids in self.world.register.aids.values() for aid in aids.values())
        assert entered == granted + spent

    @invariant()
    def what_has_ended_has_ended(self) -> None:
        for file_id, status in self.ended.items():
            assert self.files[file_id].status is status
        self.ended = {file.id: file.status for file in self.files.values() if file.status in ENDED}

    @invariant()
    def nobody_is_paid_more_than_was_granted_nor_twice(self) -> None:
        for file in self.files.values():
            assert file.payable_cents <= file.cents or file.payable is None
        open_transfers = [
            transfer.subsidy_id
            for batch_id, transfers in self.world.batches.transfers.items()
            for transfer in transfers.values()
            if self.files[transfer.subsidy_id].batch == batch_id
            and self.files[transfer.subsidy_id].status in (Status.PAYMENT_ORDERED, Status.PAID)
        ]
        assert len(open_transfers) == len(set(open_transfers))

    @invariant()
    def each_change_has_one_line_and_each_mail_goes_once(self) -> None:
        for file in self.files.values():
            assert sorted(self.world.subsidies.lines[file.id]) == list(range(1, file.version + 1))
        keys = [message.key for message in self.world.outbox.messages]
        assert len(keys) == len(set(keys))
