"""Who may touch which table: a feature its own and those of the rooms below it, nobody another feature's."""

import pytest

from chalicelib.uploads import keys
from chalicelib.uploads.passing import PASSING
from infra.packaging import functions as plumbing
from infra.packaging import triggers
from infra.packaging.names import API_HANDLER, ROOT, Function, functions, module_of
from tests.grants.policies import OF_THE_SERVICE, bucket_arn, granted, table_arn
from tests.harness.left import SHARED_TABLES
from tests.inprocess import ENVIRONMENT, STACK, tables

OF_ROOM = {
    "partners": {"partners", "drafts", "decisions", "mail", "office"},
    "decisions": {"decisions", "mail", "office"},
    "mail": {"mail", "links", "office"},
    "uploads": {"uploads"},
    "trainings": {"trainings", "decisions", "mail", "office"},
    "observatory": {"observatory", "partners", "decisions", "mail", "office"},
    "subsidies": {"subsidies", "partners", "uploads", "drafts", "decisions", "mail", "office"},
}
"""The tables that the functions of a room may touch: a new feature gets a line with its own table in it."""

READ_BY = {"subsidies": {"partners"}, "observatory": {"partners"}}
"""The tables of other features that a room may read, and never write: an aid is for who is a partner."""
READS = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}

ALL_ROOMS = {
    API_HANDLER.id: "one function answers for all pages: Chalice routes every request to the same one"
}
"""The functions that may touch every table, and why."""


def room_of(function_id: str) -> str:
    """The room whose tasks have this function."""
    return module_of(function_id).split(".")[1]


def touched(function_id: str) -> set[str]:
    """The tables that the function's role names, without the deployment's prefix."""
    prefix = table_arn(f"{STACK}-")
    arns = [grant.resource for grant in granted(function_id) if grant.action.startswith("dynamodb:")]
    assert all(arn.startswith(prefix) for arn in arns)
    return {arn.removeprefix(prefix).partition("/")[0] for arn in arns}


@pytest.mark.parametrize("function_id", sorted(set(functions()) - set(ALL_ROOMS)))
def test_a_function_touches_the_tables_of_its_room_and_of_those_below(function_id):
    room = room_of(function_id)
    assert room in OF_ROOM, f"say in OF_ROOM which tables the functions of {room} may touch"
    strays = touched(function_id) - OF_ROOM[room]
    assert not strays, f"take {sorted(strays)} out of .chalice/policy-{function_id}.json"


def test_no_room_may_touch_the_table_of_another_feature():
    for room, allowed in OF_ROOM.items():
        assert allowed - SHARED_TABLES - READ_BY.get(room, set()) <= {room}, room


@pytest.mark.parametrize("function_id", sorted(set(functions()) - set(ALL_ROOMS)))
def test_what_belongs_to_another_feature_is_read_and_never_written(function_id):
    foreign = {table_arn(f"{STACK}-{table}") for table in READ_BY.get(room_of(function_id), set())}
    for grant in granted(function_id):
        assert grant.resource.partition("/index/")[0] not in foreign or grant.action in READS, grant


def test_every_table_belongs_to_a_room():
    rooms = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")}
    names = {table["TableName"].removeprefix(f"{STACK}-") for table in tables()}
    assert names <= rooms
    assert names - SHARED_TABLES - set(OF_ROOM) == set(), "give its room a line in OF_ROOM"


@pytest.mark.parametrize("function_id", sorted(functions()))
def test_a_grant_without_a_named_table_or_wider_than_a_table_does_not_exist(function_id):
    for grant in granted(function_id):
        assert "*" not in grant.action
        if grant.action.startswith(("dynamodb:", "secretsmanager:")):
            assert "*" not in grant.resource, grant


@pytest.mark.parametrize("function_id", sorted(functions()))
def test_a_grant_on_files_says_whether_it_is_for_those_that_come_in_are_kept_or_printed(function_id):
    bucket = bucket_arn(ENVIRONMENT["FILES_BUCKET"])
    places = {
        f"{bucket}/{keys.INCOMING}*",
        f"{bucket}/{keys.KEPT}*",
        f"{bucket}/{PASSING}*",
        f"{bucket}/printed/*",
        f"{bucket}/reports/*",
    }
    for grant in granted(function_id):
        if grant.action.startswith("s3:"):
            assert grant.resource in ({bucket} if grant.action == "s3:ListBucket" else places), grant


@pytest.mark.parametrize("function_id", sorted(functions()))
def test_what_no_test_can_miss_is_added_by_the_packaging_alone_and_has_its_reason(function_id):
    written = {grant.action for grant in granted(function_id)}
    assert written.isdisjoint(OF_THE_SERVICE)
    assert added(functions()[function_id]) <= set(OF_THE_SERVICE)


def test_nothing_is_exempt_that_is_not_there():
    assert set().union(*(added(each) for each in functions().values())) == set(OF_THE_SERVICE)


def added(function: Function) -> set[str]:
    """The actions that the packaging adds to the written policy."""
    known = functions()
    table = triggers.read(ROOT / "infra" / "triggers.yaml", known)
    statements = [plumbing.log_statement(function), *triggers.statements(table, function.id, known)]
    return {action for statement in statements for action in statement["Action"]}


def test_what_erases_aid_files_reads_no_document_and_writes_no_mail():
    granted_there = {
        (grant.resource.rpartition("-")[2], grant.action) for grant in granted("purge_aid_files")
    }
    assert not {resource for resource, _ in granted_there} & {"mail", "decisions", "access", "partners"}
    assert {action for _, action in granted_there if action.startswith("s3:")} == {
        "s3:ListBucket",
        "s3:DeleteObject",
    }


def test_what_purges_trainings_writes_nothing_and_reads_no_paper():
    grants = granted("purge_trainings")
    assert {grant.action for grant in grants} == {
        "dynamodb:GetItem", "dynamodb:Query", "dynamodb:DeleteItem", "s3:ListBucket", "s3:DeleteObject",
    }  # fmt: skip
    assert {grant.resource for grant in grants if grant.action == "dynamodb:GetItem"} == {
        table_arn(f"{STACK}-office")
    }


def test_what_erases_files_may_write_nothing():
    actions = {grant.action for grant in granted("purge_closed_files")}
    assert actions == {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:DeleteItem"}
