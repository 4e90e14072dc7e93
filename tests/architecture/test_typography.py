"""French in the code is typeset like French in the templates: its signs keep their non-breaking spaces."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "chalicelib"
ORDINARY = re.compile(r"[\w»)] [:;!?»](?=\s|$)|« ")
TYPESET_WHEN_SHOWN = {"web", "office"}
"""These rooms pass their sentences through `typeset`."""


def sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] in TYPESET_WHEN_SHOWN:
            continue
        tree = ast.parse(path.read_text())
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield f"{path.name}:{node.lineno}", node.value


def test_no_ordinary_space_before_a_double_sign_nor_inside_quotes():
    assert [(where, text) for where, text in sentences() if ORDINARY.search(text)] == []


def test_nor_in_the_words_of_documents():
    lines = [
        (path.name, line)
        for path in sorted(ROOT.rglob("*.typ"))
        for line in path.read_text().splitlines()
        if not line.strip().startswith("//")
    ]
    assert lines
    assert [(name, line) for name, line in lines if ORDINARY.search(line)] == []
