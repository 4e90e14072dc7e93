"""Many files at once through the public pages: clients that are never idle, driven by the mails that arrive."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Queue

from infra.mailbox.reading import Mail
from infra.visitor.http import Site
from tests.cloud import Cloud
from tests.harness.mailbox import Post, link_of
from tests.load.figures import Figures
from tests.load.people import File, People
from tests.people import NETWORK_OFFICER, named

OUTCOMES = ("accept", "refuse", "accept", "request_changes")
TOLD = {"accept": "À régler", "refuse": "n’est pas retenue", "request_changes": "À compléter"}
PAUSE = 0.1
PATIENCE = 180
"""Seconds without any mail after which what is missing counts as lost."""

Job = Callable[[], None]


def some_files(number: int) -> list[File]:
    """Files with an address, a SIRET and a name of their own, and the office's answer to each."""
    return [File(named("Hôtel au long cours"), OUTCOMES[place % len(OUTCOMES)]) for place in range(number)]


@dataclass
class Load:
    """One load on a running cloud."""

    cloud: Cloud
    files: list[File]
    clients: int
    figures: Figures = field(default_factory=Figures)
    seconds: float = 0.0
    mails: list[Mail] = field(default_factory=list)

    def run(self, say: Callable[[str], None] = lambda _: None) -> None:
        """Until every applicant was told the office's answer, or nothing comes any more."""
        jobs: Queue[Job | None] = Queue()
        people = People(Site(self.cloud.url), self.figures.ask)
        for file in self.files:
            jobs.put(lambda file=file: people.apply(file))
        began = time.monotonic()
        with ThreadPoolExecutor(self.clients) as pool:
            for _ in range(self.clients):
                pool.submit(self._work, jobs)
            self._follow_the_mails(jobs, people, say)
            for _ in range(self.clients):
                jobs.put(None)
        self.seconds = time.monotonic() - began

    def _work(self, jobs: "Queue[Job | None]") -> None:
        """One client: takes the next thing to do, until there is none."""
        while job := jobs.get():
            try:
                job()
            except Exception as error:
                self.figures.troubles.append(f"{type(error).__name__}: {error}")

    def _follow_the_mails(
        self, jobs: "Queue[Job | None]", people: People, say: Callable[[str], None]
    ) -> None:
        post, by_email, by_name = (
            Post(self.cloud),
            {f.email: f for f in self.files},
            {f.name: f for f in self.files},
        )
        told, last = 0, time.monotonic()
        while told < len(self.files) and time.monotonic() - last < PATIENCE + 2 * len(jobs.queue):
            for mail in post.new():
                file = by_email.get(mail.to) or by_name.get(_name_in(mail))
                if file is None:
                    continue
                self.mails.append(mail)
                last = time.monotonic()
                if job := _what_follows(mail, file, people):
                    jobs.put(job)
                told += mail.to == file.email and TOLD[file.outcome] in mail.subject
            say(f"{told} of {len(self.files)} files decided and told")
            time.sleep(PAUSE)


def _what_follows(mail: Mail, file: File, people: People) -> Job | None:
    if mail.to == file.email and "À confirmer" in mail.subject:
        return lambda: people.confirm(link_of(mail, "/adhesion/confirmation/"))
    if mail.to == NETWORK_OFFICER:
        return lambda: people.decide(link_of(mail, "/decisions/"), file.outcome)
    return None


def _name_in(mail: Mail) -> str:
    """The establishment that the subject has in brackets."""
    return mail.subject.rpartition("(")[2].rstrip(")")
