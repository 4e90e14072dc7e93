"""The same stories of aid files, lived by machines that are really executed on the tables of the template."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Self
from unittest import mock

from chalicelib.adapters.files import Files
from chalicelib.drafts.model import Draft
from chalicelib.office.bootstrap import office_repository
from chalicelib.subsidies.bootstrap import awarding, paying, stores
from chalicelib.subsidies.model import AWARD_PROCESS, PAYMENT_PROCESS, JoinedDocument, Subsidy
from tests.aid import a_partner, aid_answers, office_file, proof_answers
from tests.fakes.clock import FakeClock
from tests.fakes.subsidies import FakePartners
from tests.harness.clock import clock_set
from tests.inprocess import InProcess, in_process
from tests.workflows import executed

QUOTE = JoinedDocument("quote", "Devis", "u1", "devis.pdf", "application/pdf", 1200, "ab" * 32)


class Executed(executed.Executed):
    """Files on their way through one machine."""

    process = AWARD_PROCESS
    reconciles = "reconcile_awards"

    def __init__(self, cloud: InProcess, clock: FakeClock, partners: FakePartners, **durations: int) -> None:
        super().__init__(cloud, clock, **durations)
        self.partners = partners

    def sends(self, key: str = "s1", *, rests: bool = True, **answers: object) -> Self:
        number = {"registration_number": f"01160{int(key[1:]):06d}01"}
        partner = self.partners.partners["p1"]
        known = {"email": partner.email, "partner_id": partner.id}
        now = self.clock()
        draft = Draft(key, {**aid_answers(**number), **answers, **known}, now, now, version=1)
        return self._after(lambda: awarding.submission_service().submit(draft), rests=rests)

    def withdraws_just_before(self, function_id: str) -> Self:
        self.meanwhile[function_id] = lambda: awarding.subsidy_service().withdraw(self.file())
        return self

    def is_withdrawn(self, key: str = "s1") -> Self:
        return self._after(self._withdraw)

    def is_reopened(self) -> Self:
        service = awarding.subsidy_service()
        return self._after(lambda: service.reopen(self.file(), "Claire Martin", "À reprendre."))

    def is_visited_by_the_director(self) -> Self:
        def visited() -> None:
            who = ("Noa Petit", "Claire Martin", "claire.martin@val.example.org")
            awarding.subsidy_service().name_inspector(self.file(), *who)
            awarding.reconciler().withdraw_stale("s1")

        return self._after(visited)

    def leaves_the_office(self) -> Self:
        self.partners.partners["p1"] = a_partner(active_until=date(2020, 1, 1))
        return self

    def prints_nothing(self) -> Self:
        mock.patch.object(Files, "put", side_effect=OSError("no paper")).start()
        return self

    def waits_its_turn(self) -> Self:
        self.clock.wait(days=365)
        return self._after(lambda: self.cloud.invoke("serve_waiting_files", {}))

    def record(self, key: str) -> Subsidy:
        return self.file(key)

    def file(self, key: str = "s1") -> Subsidy:
        """The file as it stands."""
        return awarding.subsidy_service().get(key)

    def _withdraw(self) -> None:
        awarding.subsidy_service().withdraw(self.file())
        awarding.reconciler().withdraw_stale("s1")


class ExecutedPayment(Executed):
    """A notified award on its way to its payment."""

    process = PAYMENT_PROCESS
    reconciles = "reconcile_payments"

    def __init__(self, cloud: InProcess, clock: FakeClock, partners: FakePartners, **durations: int) -> None:
        super().__init__(cloud, clock, partners, **durations)
        self.award: Executed | None = None

    def proves_nothing_yet(self) -> Self:
        """The award is there, and the visit is still to come."""
        if self.award is None:
            self.award = Executed(self.cloud, self.clock, self.partners)
            self.award.sends().says("complete", "accept")
        return self

    def proves(self, *, rests: bool = True, **answers: object) -> Self:
        self.proves_nothing_yet().clock.wait(days=1)
        file, now = self.file(), self.clock()
        draft = Draft(
            file.proofs_draft, {**proof_answers(**answers), "email": file.email}, now, now, version=1
        )

        def sent() -> None:
            paying.payment_service().send_proofs(file, draft)
            paying.payment_reconciler().withdraw_stale("s1")

        return self._after(sent, rests=rests)

    def is_reopened(self) -> Self:
        service = paying.payment_service()
        return self._after(lambda: service.reopen(self.file(), "Claire Martin", "À reprendre."))


@contextmanager
def aiding_cloud(**scheme: str) -> Iterator[tuple[InProcess, FakeClock, FakePartners]]:
    """A new cloud with an office that helps, one partner, and a clock that is set by hand.

    `scheme` are changes of the scheme of its aid.
    """
    partners = FakePartners(a_partner())
    with in_process() as cloud, clock_set() as clock:
        document = office_file()
        document["subsidies"]["schemes"][0] |= scheme
        office_repository().publish(document)
        with (
            mock.patch.object(stores, "partners", return_value=partners),
            mock.patch.object(awarding, "joined_documents", return_value=[QUOTE]),
        ):
            yield cloud, clock, partners
        mock.patch.stopall()
