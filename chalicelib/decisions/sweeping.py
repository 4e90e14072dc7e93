"""The daily round of pending questions, and the repair of answers that the process never heard."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.decisions.messages import reminder_mail, request_mail
from chalicelib.decisions.model import Addressee, AlreadyDecided, Decision
from chalicelib.decisions.service import DecisionService
from chalicelib.decisions.timetable import Due, DueStep
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one

GRACE = timedelta(minutes=1)

FindDeputy = Callable[[Decision], Addressee | None]


@dataclass(frozen=True)
class DecisionSweeper:
    """Reminds, passes on, closes what nobody answered, and tells processes what they missed."""

    service: DecisionService
    deputy_for: FindDeputy

    def remind(self) -> int:
        """Remind and pass on what is due today; how many questions needed it."""
        return one_by_one(self.service.decisions.list_pending(), self._remind_due)

    def expire(self) -> int:
        """Close what nobody answered in time; how many."""
        now = self.service.clock()
        late = [one for one in self.service.decisions.list_pending() if now >= one.expires_at]
        return one_by_one(late, self._expire)

    def repair(self) -> int:
        """Deliver the answers that a crash kept from their process; how many."""
        return one_by_one(
            self.service.decisions.list_undelivered(self.service.clock() - GRACE), self._deliver
        )

    def pass_on_unreachable(self, refuses: Callable[[str], bool]) -> int:
        """Put what nobody asked can be mailed about to a deputy as well; how many questions."""
        asked = [one for one in self.service.decisions.list_pending() if one.question.role]
        return one_by_one(asked, lambda one: self._pass_on_if_unreachable(one, refuses))

    def oldest_pending_seconds(self) -> float:
        """How long the oldest pending question for staff has waited; 0 when none waits."""
        asked = [one.asked_at for one in self.service.decisions.list_pending() if one.question.role]
        return (self.service.clock() - min(asked)).total_seconds() if asked else 0.0

    def pass_on(self, decision: Decision, occasion: str, why: str) -> bool:
        """Put the question to the deputy as well; False if there is none, they have it, or it is too late."""
        now = self.service.clock()
        deputy = self.deputy_for(decision)
        if deputy is None or decision.addressee(deputy.email) or decision.is_too_late(now):
            return False
        deputy = replace(deputy, asked_on=paris_day(now).isoformat())
        line = HistoryLine(now, "Cordée", f"Question transmise à {deputy.name}", why, deputy.on_behalf_of)
        mail = request_mail(decision, deputy, now, occasion)
        return self.service.decisions.add_addressee(decision, deputy, occasion, line, mail)

    def _pass_on_if_unreachable(self, decision: Decision, refuses: Callable[[str], bool]) -> bool:
        if not all(refuses(one.email) for one in decision.addressees):
            return False
        return self.pass_on(
            decision, f"unreachable-{len(decision.addressees)}", "Adresse qui refuse nos mails"
        )

    def _remind_due(self, decision: Decision) -> bool:
        now = self.service.clock()
        if decision.is_too_late(now):
            return False
        today = paris_day(now)
        steps = self.service.calendar.due_steps(decision.question.timetable, decision.asked_at, today)
        return sum(self._take(decision, step) for step in steps) > 0

    def _take(self, decision: Decision, step: DueStep) -> bool:
        if step.kind is Due.ESCALATION:
            return self.pass_on(decision, step.occasion, "Sans réponse dans le délai")
        had_it = [one for one in decision.addressees if one.asked_on < step.on.isoformat()]
        return sum(self._remind(decision, one, step) for one in had_it) > 0

    def _remind(self, decision: Decision, addressee: Addressee, step: DueStep) -> bool:
        now = self.service.clock()
        line = HistoryLine(now, "Cordée", f"Rappel envoyé à {addressee.name}")
        mail = reminder_mail(decision, addressee, now, step.occasion)
        return self.service.decisions.note(decision.id, f"{step.occasion}#{addressee.email}", line, mail)

    def _expire(self, decision: Decision) -> bool:
        try:
            self.service.expire(decision)
        except AlreadyDecided:
            return False
        return True

    def _deliver(self, decision: Decision) -> bool:
        self.service.deliver(decision.id)
        return True
