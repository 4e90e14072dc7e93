"""Every route is of a room that is open when it is asked for, and no module is forgotten."""

import re
from pathlib import Path

from app import app
from chalicelib import rooms
from infra.packaging.names import task_modules

ROOT = Path(__file__).resolve().parents[2]
WITH_ROUTES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "chalicelib").rglob("*.py")
    if re.search(r"^@bp\.route\(", path.read_text(), re.MULTILINE)
}


def test_each_module_with_routes_or_tasks_is_a_room_once():
    listed = [*rooms.ALWAYS, *(room for wing in rooms.WINGS for room in wing.rooms)]
    assert sorted(listed) == sorted(WITH_ROUTES)
    assert sorted(rooms.TASKS) == sorted(task_modules())


def test_a_route_is_found_in_what_its_path_opens():
    closed = {
        (path, entry.view_function.__module__)
        for path, methods in app.routes.items()
        for entry in methods.values()
        for open_rooms in [{*rooms.ALWAYS, *(room for wing in rooms.wings_for(path) for room in wing.rooms)}]
        if entry.view_function.__module__ not in open_rooms
    }
    assert closed == set()


def test_what_may_be_of_any_room_is_asked_of_all():
    assert rooms.wings_for("/{proxy+}") == rooms.wings_for("/api/v1/openapi.json") == rooms.WINGS
    assert rooms.wings_for("/adhesion") == ()
