"""A form that was sent becomes an aid file, once, and its process starts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.drafts.model import Draft
from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.subsidies.applicants import NoLodgingPartner, Partner, PartnerBook
from chalicelib.subsidies.model import Beneficiary, JoinedDocument, Subsidy
from chalicelib.subsidies.statuses import Status

REFERENCE_PREFIX = "SUB"


class NewFiles(Protocol):
    """Where files come in."""

    def add(self, subsidy: Subsidy, line: HistoryLine, mails: list[Message]) -> bool:
        """Keep a new file in place of its draft; False if its identifier or reference is taken."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""


@dataclass(frozen=True)
class SubmissionService:
    """Takes forms in; `joined` are the files joined under a draft's identifier, `answers_in` a draft's answers."""

    subsidies: NewFiles
    partners: PartnerBook
    joined: Callable[[str, Mapping[str, Any], Office], Sequence[JoinedDocument]]
    answers_in: Callable[[Mapping[str, Any]], dict[str, Any]]
    process: Process
    office: Callable[[], Office]
    clock: Clock
    form_version: str
    process_version: str = ""

    def submit(self, draft: Draft) -> Subsidy:
        """Make a file of a complete draft, once, and start its process.

        Raises `NoLodgingPartner`, `NoScheme`, `UnitTaken`.
        """
        known = self.find_sent(draft.id)
        if known:
            return known
        subsidy = self.draw_up(draft)
        line = HistoryLine(subsidy.created_at, subsidy.beneficiary.contact_name, "Demande envoyée")
        if not self.subsidies.add(subsidy, line, []):
            return self.submit(draft)
        self.process.start(subsidy.run_name, subsidy.run_input)
        return subsidy

    def find_sent(self, draft_id: str) -> Subsidy | None:
        """The file that was made of this draft; its process is started if a crash came before that."""
        known = self.subsidies.find(draft_id)
        if known and known.status is Status.SUBMITTED and known.version == 1:
            self.process.start(known.run_name, known.run_input)
        return known

    def draw_up(self, draft: Draft) -> Subsidy:
        """The file that a draft would make now, kept nowhere. Raises `NoLodgingPartner`, `NoScheme`."""
        now, office = self.clock(), self.office()
        answers = self.answers_in(draft.answers)
        return Subsidy(
            id=draft.id,
            reference=ids.new_reference(REFERENCE_PREFIX),
            status=Status.SUBMITTED,
            status_since=now,
            beneficiary=self._beneficiary(draft),
            answers=answers,
            documents=tuple(self.joined(draft.id, answers, office)),
            created_at=now,
            sent_at=now,
            scheme_id=office.aid.scheme_for(str(answers["category"]), paris_day(now)).id,
            office_version=office.version,
            form_version=self.form_version,
            process_version=self.process_version,
        )

    def _beneficiary(self, draft: Draft) -> Beneficiary:
        partner: Partner | None = self.partners.find(str(draft.answers.get("partner_id", "")))
        if partner is None or not partner.may_apply or partner.email != draft.email:
            raise NoLodgingPartner
        return partner.beneficiary
