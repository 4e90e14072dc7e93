"""A small `make demo` on the embedded cloud: it ends with a season report that is public, printed, and told."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from infra.demo.__main__ import stage_of
from infra.demo.addresses import worth_opening
from infra.demo.progress import bar
from infra.demo.show import Show
from infra.local.stack import LocalStack
from infra.package import build
from tests.cloud import Cloud, settings_for

pytestmark = pytest.mark.cloud

COUNT = 20
PATIENCE = 300


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A cloud of its own: on the shared one other tests have begun the reports."""
    stack = LocalStack(settings_for(tmp_path_factory.mktemp("demo")))
    try:
        stack.start(build())
        yield Cloud(stack)
    finally:
        stack.stop()


def test_the_demonstration_ends_with_a_published_report_and_can_be_repeated(town: Cloud) -> None:
    stage = stage_of(town.stack.description(), COUNT, PATIENCE, keeps=False)
    show = Show(stage, bar, PATIENCE)
    show.run()

    page = stage.visitor().opens(show.report.page)
    assert show.report.due.subject in page.words
    assert "portée par les vacances scolaires" in page.words
    assert len(PdfReader(BytesIO(show.report.document())).pages) > 1
    rules = stage.office.observatory_rules
    assert show.report.mails() == len({one.email for one in (*rules.elected, *rules.press)}) == 3
    assert all(line in worth_opening(show) for line in (show.report.page, "bilan.pdf", show.sessions[1]))

    once = _received(town)
    again = Show(stage, bar, PATIENCE)
    again.run()
    assert _received(town) == once
    assert again.sessions == show.sessions
    assert again.aid == show.aid != ""


def _received(town: Cloud) -> list[str]:
    """What was taken in so far: files, registrations."""
    subjects = [mail["subject"] for mail in town.mailbox.messages()]
    return sorted(one for one in subjects if one.startswith(("Bien reçue", "Confirmée", "Liste d’attente")))
