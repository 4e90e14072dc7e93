"""Returns in memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.observatory.kept_calendar import KeptCalendar
from chalicelib.observatory.model import MonthClosed, MonthlyReturn
from chalicelib.observatory.reports import DRIVEN, Report, ReportChange, ReportEvent, ReportStatus
from tests.fakes.mail import FakeOutbox


@dataclass
class FakeReturns:
    """What `ReturnRepository` keeps; `covered` are the reports that are made of each month."""

    outbox: FakeOutbox
    kept: dict[str, MonthlyReturn] = field(default_factory=dict)
    lines: dict[str, list[HistoryLine]] = field(default_factory=dict)
    covered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def ask(self, asked: MonthlyReturn, line: HistoryLine, mail: Message | None, kept_months: int) -> bool:
        if asked.id in self.kept:
            return False
        self._keep(asked, line, [mail] if mail else [])
        return True

    def save(
        self,
        before: MonthlyReturn,
        after: MonthlyReturn,
        line: HistoryLine,
        mails: Sequence[Message],
        kept_months: int,
    ) -> None:
        if self.kept[before.id].version != before.version:
            raise ChangedMeanwhile("")
        self._keep(after, line, mails)

    def give(self, before: MonthlyReturn, after: MonthlyReturn, line: HistoryLine, kept_months: int) -> None:
        if self.covered[after.month]:
            raise MonthClosed
        known = self.kept.get(after.id)
        if (known.version if known else 0) != before.version:
            raise ChangedMeanwhile("")
        self._keep(after, line, [])

    def list_covered(self, months: Iterable[str]) -> set[str]:
        return {month for month in months if self.covered[month]}

    def find(self, month: str, commune: str, establishment_id: str) -> MonthlyReturn | None:
        found = self.kept.get(f"{month}-{establishment_id}")
        return found if found and found.establishment.commune == commune else None

    def list_of(self, month: str, commune: str) -> list[MonthlyReturn]:
        return [
            one for one in self.kept.values() if (one.month, one.establishment.commune) == (month, commune)
        ]

    def list_in(self, month: str) -> list[MonthlyReturn]:
        return [one for one in self.kept.values() if one.month == month]

    def has_figures(self, months: Iterable[str]) -> bool:
        return any(one.is_given for month in months for one in self.list_in(month))

    def list_own(self, establishment_id: str, since: str) -> list[MonthlyReturn]:
        own = [one for one in self.kept.values() if one.establishment.id == establishment_id]
        return sorted((one for one in own if one.month >= since), key=lambda one: one.month)

    def list_at(self, places: Iterable[MonthlyReturn], month: str) -> dict[str, MonthlyReturn]:
        found = (self.find(month, one.establishment.commune, one.establishment.id) for one in places)
        return {one.establishment.id: one for one in found if one}

    def count_late(self, month: str) -> int:
        return sum(one.month == month and not one.is_given for one in self.kept.values())

    def list_history(self, given: MonthlyReturn) -> list[HistoryLine]:
        return self.lines[given.id]

    def _keep(self, one: MonthlyReturn, line: HistoryLine, mails: Sequence[Message]) -> None:
        self.kept[one.id] = one
        self.lines.setdefault(one.id, []).append(line)
        for mail in mails:
            self.outbox.put_once(mail, line.at)


@dataclass
class FakeReports:
    """What `ReportRepository` keeps, in the order in which it came; `covered` is that of the returns."""

    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    kept: dict[str, Report] = field(default_factory=dict)
    lines: dict[str, list[HistoryLine]] = field(default_factory=dict)
    covered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, report: Report, line: HistoryLine) -> bool:
        if report.id in self.kept or self.find_by_slug(report.slug):
            return False
        self.kept[report.id] = report
        self.lines[report.id] = [line]
        for month in report.covered:
            self.covered[month].add(report.id)
        return True

    def save(self, change: ReportChange, mails: Sequence[Message]) -> None:
        known = self.kept[change.before.id]
        if known.version != change.before.version or not self.outbox.takes(mails):
            raise ChangedMeanwhile("")
        self.kept[known.id] = change.after
        self.lines[known.id].append(change.line)
        if change.event is ReportEvent.DROPPED:
            for month in known.covered:
                self.covered[month].discard(known.id)
        self.outbox.put_within(mails, change.line.at)

    def find(self, report_id: str) -> Report | None:
        return self.kept.get(report_id)

    def find_by_slug(self, slug: str) -> Report | None:
        return next((one for one in self.kept.values() if one.slug == slug), None)

    def list_history(self, report: Report) -> list[HistoryLine]:
        return self.lines[report.id]

    def list_all(self) -> list[Report]:
        return list(self.kept.values())

    def list_in_status(self, *statuses: ReportStatus) -> list[Report]:
        return [one for status in statuses for one in self._since(status)]

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        found = [one for status in DRIVEN for one in self.kept.values() if one.status is status]
        return [one.id for one in found if one.status_since <= unchanged_since]

    def renew_run(self, report: Report) -> Report:
        known = self.kept[report.id]
        if (known.version, known.run) != (report.version, report.run):
            raise ChangedMeanwhile("")
        self.kept[known.id] = replace(known, run=known.run + 1)
        return self.kept[known.id]

    def _since(self, status: ReportStatus) -> list[Report]:
        found = [one for one in self.kept.values() if one.status is status]
        return sorted(found, key=lambda one: one.status_since, reverse=True)


@dataclass
class FakeCalendars:
    """What `CalendarRepository` keeps."""

    kept: KeptCalendar = field(default_factory=KeptCalendar)
    lines: list[HistoryLine] = field(default_factory=list)

    def get(self) -> KeptCalendar:
        return self.kept

    def save(self, before: KeptCalendar, after: KeptCalendar, line: HistoryLine) -> None:
        if self.kept.version != before.version:
            raise ChangedMeanwhile("")
        self.kept = after
        self.lines.append(line)

    def list_history(self, count: int) -> list[HistoryLine]:
        return self.lines[::-1][:count]
