"""A report sent to 10 000 people: what its mails ask of DynamoDB, and when the last one leaves at the rate of SES.

Who sends is the real service on an outbox in memory, with a clock that is moved on: nothing waits.
"""

import heapq
import importlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.kernel.files import PNG
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.letters import Letter, MailPostponed
from chalicelib.mail.model import MailState, Message
from chalicelib.mail.service import MailService
from chalicelib.observatory.frames import Frame
from chalicelib.observatory.model import Establishment
from chalicelib.observatory.reports import Report
from chalicelib.observatory.sending import BATCH, PARTNER, Reader, Sending, picture_key
from chalicelib.office.model import Office
from infra.bench.rows import Row, spaced
from infra.bench.season import REPORT, season_frames, season_office

RECIPIENTS = 10_000
AT_ONCE = 3
"""Batches, by the machine of reports."""
LANES = 4
"""As many pieces as the stream of a new table has: in each, one mail after the other."""
SECONDS_A_MAIL = 0.15
"""Claimed, written with its picture, sent, marked: six calls of AWS."""
SECONDS_A_CALL = 0.006
RATES = (14, 50)
"""Mails a second: of a usual new account, and of one that asked for more."""
SWEEP_EVERY, SWEEP_LASTS = timedelta(minutes=5), timedelta(seconds=290)
BEGUN = datetime(2027, 6, 1, 5, 0, tzinfo=UTC)
KEPT_MONTHS = 36
READERS = [Reader(f"p{number}@example.org", PARTNER, f"{number:032x}", "hotel") for number in range(BATCH)]
SECONDS, MINUTES = " s", " min"


def rows() -> Iterator[Row]:
    """The table's part about sending."""
    calls, seconds = _of_a_batch()
    yield Row("calls of DynamoDB for each mail of a report to a lodging", calls / BATCH, "", digits=1)
    yield Row(f"a batch of {BATCH} mails written, without the waiting", seconds, SECONDS)
    whole = (seconds + calls * SECONDS_A_CALL) * RECIPIENTS / BATCH / AT_ONCE
    many = spaced(RECIPIENTS)
    yield Row(f"{many} mails written, {AT_ONCE} batches at once, 6 ms a call", whole, SECONDS, digits=0)
    for rate in RATES:
        sent = simulated(rate)
        yield Row(f"the same sent, where SES takes {rate} a second", sent.minutes, MINUTES, digits=1)
        yield Row("tries for each of them", sent.tries / RECIPIENTS, "", digits=2)
        yield Row("of them given up", sent.failed, "", 0, digits=0)


@dataclass
class Ses:
    """Takes so many mails a second, and no more."""

    rate: int
    clock: "MovedClock"
    taken: dict[int, int] = field(default_factory=dict)
    tries: int = 0

    def send(self, letter: Letter) -> str:
        """Take a mail. Raises `MailPostponed` in a second that is full."""
        self.tries += 1
        second = int((self.clock() - BEGUN).total_seconds())
        if self.taken.get(second, 0) >= self.rate:
            raise MailPostponed("TooManyRequestsException")
        self.taken[second] = self.taken.get(second, 0) + 1
        return letter.key


@dataclass
class MovedClock:
    """The instant that it was moved to."""

    at: datetime = BEGUN

    def __call__(self) -> datetime:
        """That instant."""
        return self.at


@dataclass(frozen=True)
class Sent:
    """How it went: minutes until the last mail left, tries in all, mails given up."""

    minutes: float
    tries: int
    failed: int


def simulated(rate: int, recipients: int = RECIPIENTS) -> Sent:
    """All mails through the outbox: first by its stream, then by the rounds that send what was left behind."""
    clock = MovedClock()
    outbox = _tests("fakes.mail").FakeOutbox()
    ses = Ses(rate, clock)
    service = MailService(outbox, ses, lambda message, key: Letter(key, message.to, "", "", ""), clock)
    mails = [
        Message("observatory/report", f"p{number}@example.org", REPORT.id, "published")
        for number in range(recipients)
    ]
    outbox.put_within(mails, BEGUN)
    _by_stream(service, [mail.key for mail in mails], clock)
    _by_rounds(service, outbox, clock)
    sent = [row.sent_at for row in outbox.rows.values() if row.sent_at]
    minutes = (max(sent) - BEGUN).total_seconds() / 60
    return Sent(minutes, ses.tries, len(outbox.list_in_state(MailState.FAILED)))


def _by_stream(service: MailService, keys: list[str], clock: MovedClock) -> None:
    """Each lane takes the next mail as soon as it has sent the one before."""
    lanes = [BEGUN] * LANES
    for key in keys:
        clock.at = heapq.heappop(lanes)
        service.deliver(key)
        heapq.heappush(lanes, clock.at + timedelta(seconds=SECONDS_A_MAIL))


def _by_rounds(service: MailService, outbox: Any, clock: MovedClock) -> None:
    """One mail after the other, as long as a round lasts, until none is open."""
    begins = BEGUN
    while outbox.list_in_state(MailState.NEW):
        begins += SWEEP_EVERY
        if clock.at < begins:
            clock.at = begins
            service.sweep(lambda: _moved(clock, begins + SWEEP_LASTS))  # noqa: B023


def _moved(clock: MovedClock, until: datetime) -> bool:
    """Whether there is time for one more mail, which takes it."""
    if clock.at >= until:
        return False
    clock.at += timedelta(seconds=SECONDS_A_MAIL)
    return True


def _of_a_batch() -> tuple[int, float]:
    """The calls of DynamoDB for a batch of lodgings, and the seconds that it takes without them."""
    with _tests("harness.world").faulty_world() as world:
        _tests("faults.house").open_office()
        listed(world, BATCH)
        warm = importlib.import_module("infra.bench.warm")
        with _tests("speed.calls").counted() as made, warm.without_waiting() as waited:
            began = time.process_time()
            sent_batch(BATCH)
            return len(made), time.process_time() - began - waited[0]


def listed(world: Any, people: int) -> None:
    """So many lodgings, at most a batch, were asked for figures, and are to be told of a report."""
    sending = _sending(people)
    sending.files.keep_content(REPORT.id, _tests("unit.documents.report_samples").a_report())
    for reader in READERS[:people]:
        _ask(reader)
    sending.list_batches(REPORT)
    sending.files.store.put(picture_key(REPORT.id), b"\x89PNG", PNG)


def sent_batch(people: int) -> None:
    """Write the mails of that batch."""
    if _sending(people).send_batch(REPORT, 0) != people:
        raise RuntimeError("not all were told")


def _sending(people: int) -> Sending:
    from chalicelib.mail.bootstrap import mail_desk
    from chalicelib.observatory import bootstrap

    return Sending(
        partners=_Listed(people),
        returns=bootstrap.returns(),
        files=bootstrap.report_files(),
        frame_of=_frame,
        enqueue=mail_desk().enqueue,
        office=_office_of_partners,
        clock=lambda: BEGUN,
    )


def _office_of_partners() -> Office:
    """Nobody else is told."""
    office = season_office()
    return replace(office, observatory=replace(office.observatory_rules, elected=(), press=()))


@dataclass(frozen=True)
class _Listed:
    people: int

    def list_readers(self) -> list[Reader]:
        return READERS[: self.people]


def _frame(report: Report) -> Frame:
    return season_frames().now


def _ask(reader: Reader) -> None:
    from chalicelib.observatory import bootstrap

    lodging = Establishment(reader.lodging, "Hôtel", reader.email, reader.category, "01173", 20, 40, 3)
    asked = _tests("observatory").a_return(establishment=lodging)
    for month in _frame(REPORT).months:
        bootstrap.returns().ask(
            replace(asked, month=month), HistoryLine(BEGUN, "Cordée", ""), None, KEPT_MONTHS
        )


def _tests(module: str) -> Any:
    """A module of the tests, which are not there in what is deployed."""
    return importlib.import_module(f"tests.{module}")
