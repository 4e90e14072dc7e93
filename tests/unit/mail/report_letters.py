"""The mails about a published report, made by the code that sends them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters import school_holidays
from chalicelib.mail.model import Message
from chalicelib.observatory.content import Content, Row, Table
from chalicelib.observatory.frames import frames_of_month
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.sending import Reader, Sending
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReturns
from tests.fakes.uploads import FakeFiles
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import an_observatory_office
from tests.unit.documents.report_samples import a_report

NOW = datetime(2027, 6, 26, 5, 0, tzinfo=UTC)
REPORT = Report(
    "r1", "bilan-hiver-2026-2027", ReportKind.CLOSING, "2027-03", "Hiver", ReportStatus.SENDING, NOW, NOW, 1,
)  # fmt: skip
GROUP = Row("Hôtel", 61.0)


@dataclass
class Desk:
    """Keeps the mails handed in; one hotel gave figures."""

    readers: Iterable[Reader]
    messages: list[Message] = field(default_factory=list)

    def list_readers(self) -> Iterable[Reader]:
        return self.readers

    def enqueue(self, message: Message) -> bool:
        self.messages.append(message)
        return True


def sent(content: Content, email: str = HOTEL.email) -> dict[str, Message]:
    """The mails about a report, by who reads it: a hotel, an elected member, a newspaper."""
    desk, files, returns = (
        Desk([Reader(email, "partner", HOTEL.id, "hotel")]),
        ReportFiles(FakeFiles()),
        FakeReturns(FakeOutbox()),
    )
    files.keep_content("r1", content)
    one = given(a_return())
    returns.kept[one.id] = one
    frame = frames_of_month("2027-03", school_holidays).now
    sending = Sending(desk, returns, files, lambda _: frame, desk.enqueue, an_observatory_office, lambda: NOW)
    for number in sending.list_batches(REPORT):
        sending.send_batch(REPORT, number)
    return {str(one.context["audience"]): one for one in desk.messages}


def told(group: Row = GROUP, **changes: Any) -> Content:
    """A report that tells of hotels."""
    return replace(a_report(), tables=(Table("categories", "Par type", "", (group,)),), **changes)


def report_messages(file: Any) -> list[Message]:
    """The one to a partner, for the file of the tests of mails."""
    return [sent(told(), file.application.email)["partner"]]
