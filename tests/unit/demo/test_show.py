"""The demonstration says what is missing, and which step failed."""

from datetime import date
from pathlib import Path

import pytest

from chalicelib.office import loading
from infra.demo import __main__ as demo
from infra.demo.progress import bar
from infra.demo.show import Show, StepFailed
from infra.demo.stage import Stage
from infra.packaging.names import ROOT
from infra.visitor.http import Site
from infra.visitor.post import Post

NOWHERE = "http://127.0.0.1:1"


def _stage() -> Stage:
    office = loading.load_document(loading.read_file(ROOT / "offices" / "pays-de-gex.json"), date(2027, 3, 3))
    return Stage(Site(NOWHERE), Post(NOWHERE), office, date(2027, 3, 3), 4, lambda _: {})


def test_without_a_running_stack_it_says_what_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(demo, "STACK_FILE", tmp_path / "stack.json")
    with pytest.raises(SystemExit) as ended:
        demo.main()
    assert ended.value.code == 1
    assert "start `make run` first" in capsys.readouterr().err


def test_a_stack_that_was_killed_is_told_from_one_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(demo, "STACK_FILE", tmp_path / "stack.json")
    demo.STACK_FILE.write_text(f'{{"url": "{NOWHERE}"}}')
    with pytest.raises(SystemExit) as ended:
        demo.main()
    assert ended.value.code == 1
    assert f"Nothing answers at {NOWHERE}" in capsys.readouterr().err


def test_the_step_that_failed_is_named(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(StepFailed, match=r"join failed: .*refused"):
        Show(_stage(), bar, patience=1).run()
    assert "Partners" in capsys.readouterr().out


def test_a_step_that_is_done_leaves_a_line_where_no_terminal_is(capsys: pytest.CaptureFixture[str]):
    with bar("Partners", 2) as tick:
        tick()
        tick()
    assert "2 of 2" in capsys.readouterr().out


def test_logins_outlive_a_demonstration(tmp_path: Path):
    kept = tmp_path / "demo.json"
    kept.write_text('{"lucie@example.org": {"session": "abc"}}')
    stage = _stage()
    again = Stage(stage.site, stage.post, stage.office, stage.today, 4, stage.invoke, kept)
    assert again.logins == {"lucie@example.org": {"session": "abc"}}
