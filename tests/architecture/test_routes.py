"""Rules that hold for every route of the application."""

import app
from chalicelib.web.requests import FORM_TYPE

ROUTES = [
    (path, method, entry.view_function)
    for path, methods in app.app.routes.items()
    for method, entry in methods.items()
]


def test_every_desk_page_stands_behind_the_staff_door():
    exempt = {"/bureau/style"}
    open_doors = [
        p for p, _, view in ROUTES
        if p.startswith(("/bureau", "/espace")) and p not in exempt and not getattr(view, "is_guarded", False)
    ]  # fmt: skip
    assert open_doors == []


def test_every_post_of_a_page_takes_forms_only():
    for path, methods in app.app.routes.items():
        if "POST" in methods and not path.startswith("/api/"):
            assert methods["POST"].content_types == [FORM_TYPE], path


def test_no_route_changes_anything_by_get_so_that_verbs_of_change_are_posts():
    changing = ("submit_", "confirm_", "send_", "withdraw_", "reopen_", "open_", "correct_", "settle_")
    assert [(p, m) for p, m, view in ROUTES if m == "GET" and view.__name__.startswith(changing)] == []
