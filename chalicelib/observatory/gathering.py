"""Figures are asked for each month, asked for again at most so often, and taken until the month is closed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.observatory import emails
from chalicelib.observatory.doubts import Doubtful
from chalicelib.observatory.importable import why_refused
from chalicelib.observatory.model import (
    Establishment,
    MonthClosed,
    MonthlyReturn,
    ReturnUnknown,
    Sold,
    Source,
    Status,
)
from chalicelib.observatory.months import asked_for, is_taken
from chalicelib.observatory.voices import Said
from chalicelib.observatory.wording import (
    ASKED,
    BROUGHT,
    CONFIRMED,
    CORRECTED,
    GIVEN,
    IMPORTED,
    IMPORTED_ANEW,
    QUESTIONED,
    REMINDED,
)
from chalicelib.office.model import Office
from chalicelib.office.observatory import ObservatoryRules

SYSTEM = "Cordée"
A_WEEK = timedelta(days=7)


class Panel(Protocol):
    """Who is asked."""

    def list_active(self) -> Sequence[Establishment]:
        """The lodgings that are partners today."""


class Returns(Protocol):
    """What is kept of returns."""

    def ask(self, asked: MonthlyReturn, line: HistoryLine, mail: Message | None, kept_months: int) -> bool:
        """Keep that a return is asked; False if it is already."""

    def save(
        self,
        before: MonthlyReturn,
        after: MonthlyReturn,
        line: HistoryLine,
        mails: Sequence[Message],
        kept_months: int,
    ) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""

    def give(self, before: MonthlyReturn, after: MonthlyReturn, line: HistoryLine, kept_months: int) -> None:
        """Keep figures. Raises `MonthClosed` for a month that a report is made of, or `ChangedMeanwhile`."""

    def find(self, month: str, commune: str, establishment_id: str) -> MonthlyReturn | None:
        """The return, read strongly, or None."""

    def list_of(self, month: str, commune: str) -> list[MonthlyReturn]:
        """The returns of a commune for a month."""

    def list_own(self, establishment_id: str, since: str) -> list[MonthlyReturn]:
        """The returns of an establishment from the month `since` on, in order."""


@dataclass(frozen=True)
class Gathering:
    """Asks, reminds and takes; each return is asked once, however often the rounds run."""

    panel: Panel
    returns: Returns
    office: Callable[[], Office]
    clock: Clock

    def ask_due(self) -> int:
        """Ask each lodging of the territory for last month, once its day has come, and who joined since; how many."""
        office, on = self.office(), paris_day(self.clock())
        rules = office.observatory
        if rules is None:
            return 0
        month = asked_for(on, rules.entry_opens_day)
        if not is_taken(month, on, rules.entry_closes_days):
            return 0
        known = {one.establishment.id for one in self._returns(month, office)}
        inside = {commune.insee for commune in office.communes}
        new = [one for one in self.panel.list_active() if one.commune in inside and one.id not in known]
        return one_by_one(new, lambda one: self._ask(one, month, office))

    def remind_due(self) -> int:
        """Ask again who gave nothing yet, once a week at most and as often as the office wants; how many."""
        office, now = self.office(), self.clock()
        rules = office.observatory
        if rules is None:
            return 0
        month = asked_for(paris_day(now), rules.entry_opens_day)
        late = (one for one in self._returns(month, office) if _is_due(one, rules, now))
        return one_by_one(late, lambda one: self._remind(one, office))

    def get(self, month: str, commune: str, establishment_id: str) -> MonthlyReturn:
        """The return. Raises `ReturnUnknown`."""
        found = self.returns.find(month, commune, establishment_id)
        if found is None:
            raise ReturnUnknown
        return found

    def is_open(self, asked: MonthlyReturn) -> bool:
        """Whether its month still takes figures today."""
        return self.is_month_open(asked.month)

    def is_month_open(self, month: str) -> bool:
        """Whether a month takes figures today."""
        closes_days = self.office().observatory_rules.entry_closes_days
        return is_taken(month, paris_day(self.clock()), closes_days)

    def link_again(self, asked: MonthlyReturn) -> Message:
        """The mail with a fresh link. Raises `MonthClosed`."""
        if not self.is_open(asked):
            raise MonthClosed
        return emails.fresh_link(asked, self.office(), self.clock())

    def give(
        self,
        asked: MonthlyReturn,
        sold: Mapping[str, Sold],
        origins: Mapping[str, int],
        who: str,
        source: Source = Source.TYPED,
        said: Said | None = None,
    ) -> MonthlyReturn:
        """Take figures, or correct them; the same ones are no change. Raises `MonthClosed` or `ChangedMeanwhile`.

        Without `said`, as of a file, what was said beside the figures stays.
        """
        if not self.is_open(asked):
            raise MonthClosed
        return self._take(asked, sold, origins, HistoryLine(self.clock(), who, _words(asked)), source, said)

    def bring(
        self, asked: MonthlyReturn, sold: Mapping[str, Sold], origins: Mapping[str, int], who: str
    ) -> MonthlyReturn:
        """Take figures out of a provider's file, of any month that is over and that no report is made of.

        Nobody needs to have been asked for it. Raises `MonthClosed` or `ChangedMeanwhile`.
        """
        now, kept_months = self.clock(), self.office().observatory_rules.kept_months
        if why_refused(asked.month, paris_day(now), kept_months):
            raise MonthClosed
        return self._take(asked, sold, origins, HistoryLine(now, who, _words_of_file(asked)), Source.PROVIDER)

    def question(self, given: MonthlyReturn, doubtful: Doubtful, who: str) -> MonthlyReturn:
        """Ask the establishment about a figure, once for each doubt. Raises `MonthClosed` or `ChangedMeanwhile`."""
        now, office = self.clock(), self.office()
        if not self.is_open(given):
            raise MonthClosed
        if doubtful.doubt in given.questioned:
            return given
        after = replace(
            given, questioned={**given.questioned, doubtful.doubt: now}, version=given.version + 1
        )
        line = HistoryLine(now, who, QUESTIONED, doubtful.sentence)
        mails = [emails.question(after, doubtful, office, now)]
        self.returns.save(given, after, line, mails, office.observatory_rules.kept_months)
        return after

    def confirm(self, given: MonthlyReturn, who: str) -> MonthlyReturn:
        """The figures are right as they are; twice is once. Raises `MonthClosed` or `ChangedMeanwhile`."""
        now = self.clock()
        if not self.is_open(given):
            raise MonthClosed
        if not given.is_given or given.confirmed_at:
            return given
        after = replace(given, confirmed_at=now, version=given.version + 1)
        kept_months = self.office().observatory_rules.kept_months
        self.returns.save(given, after, HistoryLine(now, who, CONFIRMED), [], kept_months)
        return after

    def _take(
        self,
        asked: MonthlyReturn,
        sold: Mapping[str, Sold],
        origins: Mapping[str, int],
        line: HistoryLine,
        source: Source,
        said: Said | None = None,
    ) -> MonthlyReturn:
        if asked.says(sold, origins, said):
            return asked
        after = replace(
            asked,
            status=Status.GIVEN,
            sold=dict(sold),
            origins=dict(origins),
            source=source,
            given_at=line.at,
            given_by=line.who,
            confirmed_at=None,
            said=asked.said if said is None else said,
            version=asked.version + 1,
        )
        self.returns.give(asked, after, line, self.office().observatory_rules.kept_months)
        return after

    def _ask(self, establishment: Establishment, month: str, office: Office) -> int:
        now = self.clock()
        asked = MonthlyReturn(establishment, month, Status.ASKED, now)
        mail = emails.asked(asked, office, now)
        return self.returns.ask(
            asked, HistoryLine(now, SYSTEM, ASKED), mail, office.observatory_rules.kept_months
        )

    def _remind(self, late: MonthlyReturn, office: Office) -> int:
        now = self.clock()
        after = replace(late, reminders=late.reminders + 1, reminded_at=now, version=late.version + 1)
        mails = [emails.reminder(after, office, now)]
        line = HistoryLine(now, SYSTEM, REMINDED)
        self.returns.save(late, after, line, mails, office.observatory_rules.kept_months)
        return 1

    def _returns(self, month: str, office: Office) -> Iterator[MonthlyReturn]:
        for commune in office.communes:
            yield from self.returns.list_of(month, commune.insee)


def _words(asked: MonthlyReturn) -> str:
    return CORRECTED if asked.is_given else GIVEN


def _words_of_file(asked: MonthlyReturn) -> str:
    if asked.is_unasked:
        return BROUGHT
    return IMPORTED_ANEW if asked.is_given else IMPORTED


def _is_due(one: MonthlyReturn, rules: ObservatoryRules, now: datetime) -> bool:
    """Whether the next reminder's day has come, and the last one is a week ago."""
    days = rules.entry_reminder_days
    if one.is_given or one.reminders >= len(days):
        return False
    waited = (paris_day(now) - paris_day(one.asked_at)).days
    return waited >= days[one.reminders] and (one.reminded_at is None or now - one.reminded_at >= A_WEEK)
