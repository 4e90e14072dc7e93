"""The season report: begun as the schedule begins it, commented on, approved, published, printed and sent."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from chalicelib.observatory.due import DueReport, title_of
from chalicelib.observatory.reports import ReportEvent
from chalicelib.observatory.wording import REPORT_EVENT_WORDS
from infra.demo.stage import Stage
from infra.visitor.browser import Page
from infra.visitor.post import Letter

PAGE, DESK = "/observatoire", "/bureau/observatoire/bilans"
PAUSE = 0.5
SENT = REPORT_EVENT_WORDS[ReportEvent.SENT]
TOLD = "les chiffres sont publiés"
A_ROUND = 10.0
"""Seconds."""
COMMENTARY = (
    "Une saison portée par les vacances scolaires et par les fins de semaine.\n\n"
    "Les semaines creuses le sont restées\u00a0: c’est là que se jouera la prochaine."
)


Found = TypeVar("Found")


class ReportNeverCame(Exception):
    """The report did not get as far as it should within the time there was."""


@dataclass(frozen=True)
class SeasonReport:
    """The report on one season, followed on its way; `patience` is how long a step of it may take, in seconds."""

    stage: Stage
    due: DueReport
    patience: float

    @property
    def page(self) -> str:
        """Where anybody reads it."""
        return f"{PAGE}/{self.due.slug}"

    @property
    def title(self) -> str:
        """What mails and pages call it."""
        return title_of(self.due.kind, self.due.about, self.due.subject)

    @property
    def is_begun(self) -> bool:
        """Whether there is such a report already, and with it figures that change no more."""
        return self.stage.staff("report_review").looks(f"{DESK}/{self.due.slug}").status == 200

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.stage.visitor().looks(self.page).status == 200

    def begin(self) -> None:
        """Begin every report that is due, each once."""
        self.stage.invoke("begin_reports")

    def review(self) -> None:
        """Comment on the draft, and pass it on to the direction."""
        if not self.is_public:
            self.stage.decide(self._asked("report_review"), "submit", COMMENTARY)

    def approve(self) -> None:
        """Let it be published, and wait until it is, with its document, and everybody was told."""
        if not self.is_public:
            self.stage.decide(self._asked("report_approval"), "accept")
        self._until("is not published", lambda: self.is_public)
        self._until("is not sent to everybody", lambda: SENT in self._at_the_desk().words)
        self._until("is not in the mailbox", lambda: self.mails() >= len(self.readers))

    @property
    def readers(self) -> set[str]:
        """The addresses that the office file names: the elected, and the press."""
        rules = self.stage.office.observatory_rules
        return {one.email for one in (*rules.elected, *rules.press)}

    def mails(self) -> int:
        """How many mails told them of it."""
        return sum(len(self.stage.post.letters(email, TOLD, about=self.page)) for email in self.readers)

    def document(self) -> bytes:
        """The PDF."""
        return self.stage.visitor().downloads(f"{self.page}/bilan.pdf")

    def _asked(self, step: str) -> Letter:
        """The request that is mailed to who answers for the step."""
        email = self.stage.email_for(step)
        return self._until(f"is asked about by no mail to {email}", lambda: self._request(email))

    def _request(self, email: str) -> Letter | None:
        came = self.stage.post.letters(email, "À décider avant le", about=f"({self.title})")
        return came[-1] if came else None

    def _at_the_desk(self) -> Page:
        return self.stage.staff("report_review").opens(f"{DESK}/{self.due.slug}")

    def _until(self, otherwise: str, found: Callable[[], Found | None]) -> Found:
        """The first true value of `found`. Raises `ReportNeverCame`.

        Reports are drafted one after the other, and one that waited for too long is taken up by the round that looks
        after them: here it comes by every few seconds, instead of every five minutes.
        """
        began = looked_after = time.monotonic()
        while not (value := found()):
            now = time.monotonic()
            if now - began > self.patience:
                told = f"{self.due.slug} {otherwise} within {self.patience:.0f} seconds"
                raise ReportNeverCame(f"{told}: {self._at_the_desk().words[:300]}")
            if now - looked_after > A_ROUND:
                self.stage.invoke("reconcile_reports")
                looked_after = now
            time.sleep(PAUSE)
        return value
