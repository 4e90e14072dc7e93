"""The documents keep up with the code: every word explained, every path and link there, every command named."""

import importlib
import json
import re
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import pytest

from chalicelib.decisions.model import Outcome
from chalicelib.office.model import CATEGORIES, ROLES
from chalicelib.office.words import WORDS_BY_LEGAL_MODE

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MADE_BY_RUNNING = (".local/", ".build/")


def modules(name: str) -> list[ModuleType]:
    """The modules of that name in all the rooms."""
    found = sorted((ROOT / "chalicelib").glob(f"*/{name}.py"))
    return [importlib.import_module(f"chalicelib.{path.parent.name}.{name}") for path in found]


def words_of(name: str) -> list[str]:
    """The French of a table of words in the `wording.py` of the rooms, such as `EVENT_WORDS`."""
    tables = [vars(module).get(name, {}) for module in modules("wording")]
    return [getattr(words, "label", words) for table in tables for words in table.values()]


ENUMS = {
    f"{module.__name__} {name}": list(kind)
    for module in [*modules("model"), *modules("statuses")]
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__
}
OUTCOMES = [
    outcome
    for module in [*modules("questions"), *modules("payment_questions")]
    for value in vars(module).values()
    for outcome in (value if isinstance(value, tuple) else (value,))
    if isinstance(outcome, Outcome)
]
FORM = json.loads((ROOT / "chalicelib/partners/schemas/membership_application.json").read_text("utf-8"))
WORDS = {
    **ENUMS,
    "categories": CATEGORIES,
    "roles": ROLES,
    "legal modes": tuple(WORDS_BY_LEGAL_MODE),
    "legal natures": [choice["const"] for choice in FORM["properties"]["legal_nature"]["oneOf"]],
    "outcomes": [outcome.code for outcome in OUTCOMES],
    "rooms": [path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")],
}


@pytest.mark.parametrize("kind", WORDS)
def test_the_glossary_has_every_word_of_the_code(kind):
    missing = [word for word in WORDS[kind] if f"`{word}`" not in GLOSSARY]
    assert missing == [], f"docs/glossary.md: a row for each of these {kind}"


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


def test_the_glossary_says_what_the_pages_say():
    french = _plain(GLOSSARY)
    said = [*words_of("STATUS_WORDS"), *words_of("EVENT_WORDS")]
    assert len(said) > 20
    said += [outcome.label for outcome in OUTCOMES]
    missing = [words for words in said if _plain(words) not in french]
    assert missing == [], "docs/glossary.md: these words beside their names in the code"


def test_the_readme_names_every_make_target():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    assert [target for target in phony[1].split() if f"make {target}" not in README] == []


def test_the_readme_names_every_room():
    missing = [room for room in WORDS["rooms"] if f"`chalicelib/{room}/`" not in README]
    assert missing == [], "README.md: a line in the table of the rooms"


def test_every_path_in_the_readme_exists():
    quoted = re.findall(r"`([\w.][\w./-]*)`", README)
    paths = [
        each for each in quoted if "/" in each or (ROOT / each).suffix in {".py", ".json", ".md", ".yaml"}
    ]
    named = [path for path in paths if not path.startswith(MADE_BY_RUNNING)]
    # A bare name stands for the file or folder of that name in the rooms.
    assert [path for path in named if not (ROOT / path).exists() and not _in_rooms(path)] == []


def _in_rooms(path: str) -> bool:
    return any((ROOT / "chalicelib").glob(f"*/{path.rstrip('/')}"))


def _anchors(document: Path) -> set[str]:
    """The anchors that GitHub makes of the headings: words in lower case, a hyphen for each space."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def _links(document: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_of_a_document_leads_somewhere(document):
    broken = []
    for link in _links(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_decision_is_numbered_in_a_row_and_listed():
    folder = ROOT / "docs" / "decisions"
    records = sorted(path.name for path in folder.glob("0*.md"))
    assert [name[:4] for name in records] == [f"{number:04d}" for number in range(1, len(records) + 1)]
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in records if f"]({name})" not in listed] == []


def test_every_decision_has_its_four_parts():
    parts = ("## Context", "## Decision", "## Rejected", "## Consequences")
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    lacking = [path.name for path in records if not all(part in path.read_text("utf-8") for part in parts)]
    assert lacking == []


def test_every_picture_is_small_enough_for_a_slow_line():
    heavy = [path.name for path in (ROOT / "docs" / "images").iterdir() if path.stat().st_size > 150_000]
    assert heavy == []
