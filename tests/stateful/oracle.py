"""What must become of membership files, in plain Python: status, history, questions, mails, and nothing of the code.

The machine is free in when it does what it owes; the oracle follows each line that it sees, and knows which lines
may come next. What it owes is listed by `owed`, and must be nothing once all repairs have run.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from tests.stateful import office_days
from tests.stateful.records import File, Question, Said
from tests.stateful.trade import (
    ANOTHER_FILE,
    ASKING_MAIL,
    CLOSED,
    HOLDS_ITS_NAME,
    KEPT_DAYS,
    LABELS,
    MACHINE,
    NOT_COMPLETE,
    REMINDER,
    SILENCE,
    STEP,
    TAKEN,
    THEN,
)

Line = tuple[str, str, str]
Next = tuple[Line, Callable[[], None]]


class Oracle:
    """All files."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.files: dict[str, File] = {}
        self.purged: dict[str, File] = {}

    # What people do

    def sent(self, file_id: str, answers: dict[str, Any]) -> None:
        """A form was taken in."""
        file = File(file_id, answers, self.clock())
        file.lines.append((file.name, "Demande envoyée", ""))
        if holder := self.holder(file):
            file.status = "duplicate"
            holder.mails["partners/already_known", holder.email] += 1
        self.files[file_id] = file

    def answered(self, question_id: str, said: Said) -> None:
        """A person answered; it counts when the file waits for just that."""
        file, question = self.asked(question_id)
        assert question.is_open
        question.is_open = False
        question.lines[f"Réponse\u00a0: {LABELS[question.step, said.what]}"] += 1
        if file.question is question:
            file.owes, file.told_at = said, self.clock()

    def fell_silent(self, question_id: str) -> None:
        """The question was closed without an answer, which needs its last day to be over."""
        file, question = self.asked(question_id)
        assert question.is_open
        assert self.clock() >= office_days.deadline(question.step, question.on)
        question.is_open = False
        question.lines["Question close sans réponse"] += 1
        if file.question is question:
            file.owes = Said(SILENCE)

    def taken_back(self, question_id: str) -> None:
        """The question was withdrawn, which needs its file not to wait for it."""
        file, question = self.asked(question_id)
        assert question.is_open
        assert file.question is not question
        question.is_open = False
        question.lines["Question retirée"] += 1

    # What the machine writes

    def next_lines(self, file: File) -> Iterator[Next]:
        """The lines that may come next, each with what it brings."""
        for said in ([file.owes] if file.owes else []) + file.offers:
            yield from self._next(file, said)
        if file.status == "approved":
            yield from self._next(file, Said("activate"))

    def asks(self, file: File, question_id: str) -> None:
        """The question that the file waits for was put to its first addressee."""
        assert file.status in STEP
        assert file.question is None
        step, today = STEP[file.status], office_days.paris_day(self.clock())
        name, email = file.name, file.email
        if step in office_days.FIRST_ASKED:
            name, email = office_days.approver(step, today, file.email)
        file.mails[ASKING_MAIL.get(step, "decisions/request"), email] += 1
        asked = Counter([f"Question posée à {name}"])
        file.questions[question_id] = Question(step, file.round, today, {email: None}, asked)

    def pass_on(self, file: File, question: Question, occasion: str) -> None:
        """One more person is asked, once per occasion."""
        today = office_days.paris_day(self.clock())
        found = office_days.deputy(question.step, today, file.email, set(question.asked))
        if not found or not question.is_open or occasion in question.occasions:
            return
        question.occasions.add(occasion)
        question.asked[found[1]] = today
        question.lines[f"Question transmise à {found[0]}"] += 1
        file.mails["decisions/request", found[1]] += 1

    def morning(self) -> None:
        """Everybody is reminded of what is due."""
        today = office_days.paris_day(self.clock())
        if not office_days.is_working(today):
            return
        for file in self.files.values():
            for question in file.questions.values():
                if question.is_open:
                    self._remind(file, question, today)
            self._remind_of_payment(file, today)

    def purge(self) -> None:
        """What has been closed for long is forgotten."""
        limit = self.clock() - timedelta(days=KEPT_DAYS)
        old = [one for one in self.files.values() if one.status in CLOSED and one.since <= limit]
        for file in old:
            self.purged[file.id] = self.files.pop(file.id)

    # What can be asked of it

    def asked(self, question_id: str) -> tuple[File, Question]:
        """The question and its file."""
        every = [*self.files.values(), *self.purged.values()]
        return next((one, one.questions[question_id]) for one in every if question_id in one.questions)

    def holder(self, file: File, siret: str | None = None) -> File | None:
        """Another file that holds this one's address, or else its SIRET."""
        siret = file.answers["siret"] if siret is None else siret
        others = [one for one in self.files.values() if one is not file and one.status in HOLDS_ITS_NAME]
        same_address = [one for one in others if one.email == file.email]
        same_siret = [one for one in others if siret and one.answers["siret"] == siret]
        return next(iter(same_address + same_siret), None)

    def owed(self) -> list[str]:
        """What was promised and has not happened yet."""
        every = self.files.values()
        untold = [f"{file.id}: {file.owes}" for file in every if file.owes or file.status == "approved"]
        unasked = [f"{file.id}: {file.status}" for file in every if file.status in STEP and not file.question]
        return untold + unasked

    def _next(self, file: File, said: Said) -> Iterator[Next]:
        if (file.status, said.what) not in THEN:
            return
        line, status, mail = THEN[file.status, said.what]
        since = (said is file.owes and file.told_at) or self.clock()
        if said.what == "reopen" and file.status == "unpaid" and self.holder(file):
            return
        if said.what == "confirm" and status == "submitted" and (holder := self.holder(file)):
            yield (MACHINE, ANOTHER_FILE, ""), lambda: self._set_aside(file, holder, since)
            return
        why = said.why
        if said.what == "resubmit":
            why = TAKEN if self._is_taken(file) else why
            why = NOT_COMPLETE if file.typed["pack"] == "inconnu" else why
        if status == "awaiting_payment" and file.answers["category"] == "ambassador":
            status, mail = "approved", ""
        if said.what == "activate":
            why = ""
        yield (said.who, line, why), lambda: self._becomes(file, said.what, (status, mail), why, since)

    def _is_taken(self, file: File) -> bool:
        """Whether another file has the SIRET that was typed."""
        changed = file.typed["siret"] != file.answers["siret"]
        return bool(changed and file.typed["siret"] and self.holder(file, file.typed["siret"]))

    def _becomes(self, file: File, what: str, then: tuple[str, str], why: str, since: datetime) -> None:
        status, mail = then
        if what == "resubmit" and why != NOT_COMPLETE:
            siret = file.answers["siret"] if why == TAKEN else file.typed["siret"]
            file.answers = {**file.answers, **file.typed, "siret": siret}
        file.round += what in ("resubmit", "reopen")
        if mail:
            file.mails[mail, file.email] += 1
        if status == "overdue":
            file.mails["partners/late_for_director", office_days.CLAIRE[1]] += 1
        self._stands(file, status, since)

    def _set_aside(self, file: File, holder: File, since: datetime) -> None:
        holder.mails["partners/already_known", holder.email] += 1
        self._stands(file, "duplicate", since)

    def _stands(self, file: File, status: str, since: datetime) -> None:
        file.status, file.since = status, since
        file.owes, file.told_at, file.offers = None, None, []

    def _remind(self, file: File, question: Question, today: date) -> None:
        dates = {
            days: office_days.day_of(question.step, question.on, days)
            for days in office_days.REMINDERS[question.step]
        }
        come = [days for days, on in dates.items() if on <= today]
        if come:
            self._remind_all(file, question, come[-1], dates[come[-1]])
        days = office_days.ESCALATION.get(question.step)
        if days and office_days.day_of(question.step, question.on, days) <= today:
            self.pass_on(file, question, f"escalation-{days}")

    def _remind_all(self, file: File, question: Question, days: int, due: date) -> None:
        """Everybody who was asked before that day."""
        for email, since in question.asked.items():
            if (since is None or since < due) and (days, email) not in question.occasions:
                question.occasions.add((days, email))
                is_staff = question.step in office_days.FIRST_ASKED
                who = office_days.NAMES[email] if is_staff else file.name
                question.lines[f"Rappel envoyé à {who}"] += 1
                file.mails[REMINDER.get(question.step, "decisions/reminder"), email] += 1

    def _remind_of_payment(self, file: File, today: date) -> None:
        waited = (today - office_days.paris_day(file.since)).days
        number = waited // 15
        if file.status != "awaiting_payment" or not number or waited >= office_days.LAST_DAY["payment"]:
            return
        if (len(file.lines), number) not in file.told:
            file.told.add((len(file.lines), number))
            file.mails["partners/payment_awaited", file.email] += 1
