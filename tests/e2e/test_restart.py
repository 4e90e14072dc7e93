"""`make run` stopped, killed and started again in the middle of everything.

Files go on, old links still open, no mail comes twice, and nothing is left behind. One application, in the order of
the tests: it is kept by Ctrl-C, then killed, then stopped.
"""

import json
import re
import signal
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.local.settings import DEFAULT_OFFICE
from tests.cloud import settings_for
from tests.e2e.journeys import (
    ACCOUNTANT,
    NETWORK_OFFICER,
    Applicant,
    Approver,
    Post,
    link_of,
    new_applicant,
)
from tests.e2e.runs import Run, alive, stopped_at_the_end
from tests.harness.http import Site
from tests.harness.snapshot import items
from tests.harness.waiting import until

pytestmark = pytest.mark.cloud
A_WHILE = timedelta(minutes=10)
COLD_START_SECONDS = 150
TOLD = r"the last run was killed: everything is as it was at the clean stop of (.+?)\."


class Office:
    """One application on this machine, with a file in every state that waits for somebody."""

    def __init__(self, run: Run) -> None:
        self.cloud = run.cloud
        self.post, self.site = Post(self.cloud), Site(self.cloud.url)
        self.officer = Approver(self.cloud, self.post)
        self.unconfirmed = self._new().applies()
        self.submitted = self._new().applies().confirms()
        self.to_correct = self._decided("request_changes", "Une photo manque.")
        self.to_pay = self._decided("accept")
        self.paused = self._new()
        self.links = self._links()
        self.staff = self._logged_in()
        self.login = self._asked_for_a_login()
        self.post.quiet()
        self.mails_leave_at_once(enabled=False)
        self.unwritten = self._new().applies()
        until(self._waiting_mails, "a mail that waits to be sent")
        self._passes_a_while()

    def _new(self) -> Applicant:
        return new_applicant(self.cloud, self.post, "Hôtel gardé")

    def _decided(self, outcome: str, reason: str = "") -> Applicant:
        applicant = self._new().applies().confirms()
        self.officer.answers(self.officer.link(applicant), outcome, reason)
        return applicant

    def _links(self) -> dict[str, str]:
        saved = self.site.post("/adhesion/demande/vous", {"email": self.paused.email, "pause": "1"})
        self.site.with_cookies(saved.cookies).post("/adhesion/pause")
        return {
            "confirmation": self.unconfirmed.link("À confirmer", "/adhesion/confirmation/"),
            "decision": self.officer.link(self.submitted),
            "corrections": self.to_correct.link("À compléter", "/adhesion/corrections/"),
            "payment": Approver(self.cloud, self.post, ACCOUNTANT).link(self.to_pay, "règlement"),
            "draft": self.paused.link("brouillon", "/adhesion/reprise/"),
        }

    def _asked_for_a_login(self) -> tuple[Site, str]:
        """A browser that asked, and the link that it got."""
        known = len(self.post.mails(NETWORK_OFFICER, "votre lien de connexion"))
        asked = self.site.post("/connexion", {"email": NETWORK_OFFICER})
        mail = self.post.wait(NETWORK_OFFICER, "votre lien de connexion", known + 1)
        return self.site.with_cookies(asked.cookies), link_of(mail, "/connexion/")

    def _logged_in(self) -> Site:
        browser, link = self._asked_for_a_login()
        return self.site.with_cookies(browser.post(link).cookies)

    def _waiting_mails(self) -> list[object]:
        return [one for one in items(self.cloud, "mail") if one["state"]["S"] == "new"]

    def _passes_a_while(self) -> None:
        """Everything has waited for some minutes: longer than what changed a moment ago is left alone."""
        earlier = (datetime.now(UTC) - A_WHILE).isoformat()
        for file in (one for one in items(self.cloud, "partners") if "reference" in one):
            self.cloud.client("dynamodb").update_item(
                TableName=f"{self.cloud.prefix}-partners",
                Key={name: file[name] for name in ("pk", "sk")},
                UpdateExpression="SET status_since = :at",
                ExpressionAttributeValues={":at": {"S": earlier}},
            )

    def mails_leave_at_once(self, *, enabled: bool) -> None:
        """Whether the stream of the outbox is read."""
        functions = self.cloud.client("lambda")
        for each in functions.list_event_source_mappings()["EventSourceMappings"]:
            functions.update_event_source_mapping(UUID=each["UUID"], Enabled=enabled)


@pytest.fixture(scope="module")
def runs() -> Iterator[list[Run]]:
    """The runs so far; the last one is under way."""
    with stopped_at_the_end() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all of them keep their state."""
    return tmp_path_factory.mktemp("restart")


@pytest.fixture(scope="module")
def office(runs: list[Run], folder: Path) -> Office:
    """Stopped by Ctrl-C in the middle of everything, and started again."""
    runs.append(Run(folder, settings_for(folder).port).until_ready())
    office = Office(runs[-1])
    office.kept_mails = subjects(office)
    check_stop(runs[-1], signal.SIGINT)
    runs.append(Run(folder, runs[-1].port).until_ready())
    office.unwritten.link("À confirmer", "/adhesion/confirmation/")
    office.mails_leave_at_once(enabled=True)
    return office


def check_stop(run: Run, number: signal.Signals) -> None:
    """A signal ends everything that the run started, with status zero."""
    described, children = json.loads(run.stack_file.read_text()), run.children()
    assert described == {
        "url": f"http://127.0.0.1:{run.port}",
        "mailbox_url": f"http://127.0.0.1:{run.port + 1}",
        "endpoint_url": f"http://localhost:{run.port}",
        "stage": "local",
        "office": DEFAULT_OFFICE,
    }
    assert children
    assert run.stop(number) == 0
    assert not run.stack_file.exists()
    assert not any(map(alive, children))


def subjects(office: Office) -> Counter[tuple[str, str]]:
    """How many mails of each subject each person has."""
    return Counter((mail.to, mail.subject) for mail in office.post.mails())


def test_a_second_start_finds_the_stack_and_deploys_nothing(office: Office, runs: list[Run]) -> None:
    assert "nothing has changed" in runs[-1].said
    assert "was killed" not in runs[-1].said
    with urllib.request.urlopen(f"{office.cloud.url}/api/v1/health") as answer:
        assert answer.status == 200


def test_a_second_cloud_on_the_same_state_is_refused(office: Office, folder: Path) -> None:
    intruder = Run(folder, settings_for(folder).port)
    assert intruder.ended() == 1
    assert "already running" in intruder.said


def test_what_was_sent_is_not_sent_again_and_what_was_not_is(office: Office) -> None:
    office.post.quiet()
    new = subjects(office) - office.kept_mails
    assert [(to, number) for (to, _), number in new.items()] == [(office.unwritten.email, 1)]


@pytest.mark.parametrize("kind", ["confirmation", "decision", "corrections", "payment", "draft"])
def test_an_old_link_still_opens_its_page(office: Office, kind: str) -> None:
    assert office.site.get(office.links[kind]).status == 200


def test_an_old_session_and_an_old_login_link_still_let_in(office: Office) -> None:
    assert office.staff.get("/bureau").status == 200
    browser, link = office.login
    answer = browser.post(link)
    assert answer.status == 303
    assert office.site.with_cookies(answer.cookies).get("/bureau").status == 200


def test_every_open_file_goes_on_to_its_end_by_its_old_link(office: Office) -> None:
    before = subjects(office)
    answered = [
        office.site.post(office.links["confirmation"]),
        office.site.post(office.links["decision"], {"outcome": "refuse", "reason": "Hors du territoire."}),
        office.site.post(office.links["payment"], {"outcome": "confirm"}),
    ]
    corrections = office.site.post(office.links["corrections"])
    sent = office.site.with_cookies(corrections.cookies).post("/adhesion/verification")
    assert {one.status for one in [*answered, corrections, sent]} == {303}
    office.unconfirmed.reaches("submitted")
    office.submitted.reaches("refused")
    office.to_correct.reaches("submitted")
    office.to_pay.reaches("active")
    for applicant, number in ((office.unconfirmed, 1), (office.to_correct, 2)):
        office.officer.answers(office.officer.link(applicant, number=number), "refuse", "Complet.")
        applicant.reaches("refused")
    office.post.quiet()
    assert max((subjects(office) - before).values()) == 1


def test_a_draft_is_taken_up_where_it_was_left(office: Office) -> None:
    resumed = office.site.post(office.links["draft"])
    assert resumed.status == 303
    page = office.site.with_cookies(resumed.cookies).get("/adhesion/demande/vous")
    assert office.paused.email in page.text


def test_a_kill_is_told_with_the_time_of_what_is_left_and_the_application_works(
    office: Office, runs: list[Run]
) -> None:
    lost = new_applicant(office.cloud, office.post, "Hôtel perdu").applies()
    link = lost.link("À confirmer", "/adhesion/confirmation/")
    runs[-1].kill()
    runs.append(Run(runs[-1].folder, runs[-1].port).until_ready())
    office.mails_leave_at_once(enabled=True)  # the kept state has them held back
    told = re.search(TOLD, runs[-1].said)
    assert told
    kept_at = datetime.strptime(told[1], "%d %B %Y at %H:%M:%S").astimezone()
    assert timedelta(0) < datetime.now(UTC) - kept_at < timedelta(minutes=10)
    assert office.submitted.status() == "submitted"
    assert office.site.get(link).status == 404
    assert office.site.post(office.links["decision"], {"outcome": "accept"}).status == 303
    # Every function starts cold, and the machine of the tests may be busy.
    until(lambda: office.submitted.status() == "awaiting_payment", "the accepted file", COLD_START_SECONDS)
    again = new_applicant(office.cloud, office.post, "Hôtel de nouveau").applies().confirms()
    again.is_told("Bien reçue")


def test_a_signal_to_terminate_leaves_nothing_behind_either(office: Office, runs: list[Run]) -> None:
    check_stop(runs[-1], signal.SIGTERM)
