import re
from pathlib import Path

import pytest

import chalicelib
from app import app

ROUTES = [
    (f"{method} {path}", entry) for path, methods in app.routes.items() for method, entry in methods.items()
]


@pytest.mark.parametrize(("name", "entry"), ROUTES, ids=[name for name, _ in ROUTES])
def test_every_route_wears_view_so_that_no_error_leaves_as_json_in_english(name, entry):
    assert getattr(entry.view_function, "is_view", False)


def test_every_static_file_that_a_template_names_exists():
    rooms = Path(chalicelib.__file__).parent
    text = "".join(path.read_text("utf-8") for path in rooms.glob("*/templates/**/*.html"))
    named = set(re.findall(r"static\(['\"]([^'\"~]+\.[a-z0-9]+)['\"]\)", text))
    assert named
    assert [name for name in named if not (rooms / "web" / "static" / name).exists()] == []
