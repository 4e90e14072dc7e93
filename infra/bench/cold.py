"""Cold starts: what an import costs, and what the first event costs with all that it imports."""

from collections.abc import Iterator
from pathlib import Path

from infra.bench import tables
from infra.bench.fresh import Case, ratios
from infra.bench.rows import Row
from infra.packaging.names import functions, module_of

REPEATS = 9
REPEATS_OF_TASKS = 5
REFERENCE = "import boto3; boto3.client('dynamodb')"
REQUEST = """import front
event = {{
    "requestContext": {{"httpMethod": "GET", "resourcePath": {resource!r}, "identity": {{"sourceIp": "192.0.2.1"}}}},
    "headers": {{}}, "pathParameters": {parameters!r}, "stageVariables": {{}},
    "multiValueQueryStringParameters": None, "body": "", "isBase64Encoded": False,
}}
assert front.handle(event, None)["statusCode"] == 200"""
STATIC = REQUEST.format(
    resource="/static/{version}/{name}", parameters={"version": "x", "name": "cordee.css"}
)
OFFER = REQUEST.format(resource="/adhesion", parameters=None)
FORM = REQUEST.format(resource="/adhesion/demande/{key}", parameters={"key": "vous"})
AID = REQUEST.format(resource="/subventions", parameters=None)
ROOMS = "import front; front._site({path!r})"
PAGE_IMPORTS = f"import chalicelib.office.repository, chalicelib.runtime.templating; {ROOMS.format(path='')}"
TASK = """import {module}
try:
    {module}.{name}({event!r}, None)
except Exception as error:
    assert "NotFound" in str(type(error).__mro__) or "Unknown" in type(error).__name__, error"""
EVENTS = {
    "check_upload": {"detail": {"object": {"key": "incoming/x"}}},
    "record_scan_result": {
        "detail": {
            "s3ObjectDetails": {"objectKey": "kept/x"},
            "scanResultDetails": {"scanResultStatus": "NO_THREATS_FOUND"},
        }
    },
    "record_application_event": {"application_id": "x", "event": "address_confirmed", "round": 1},
    "record_subsidy_event": {"subsidy_id": "x", "event": "found_complete", "round": 1},
    "record_payment_event": {"subsidy_id": "x", "event": "proofs_accepted", "round": 1},
    "record_registration_event": {"registration_id": "x", "event": "approved", "round": 1},
    "record_session_event": {"session_id": "x", "event": "published", "round": 1},
    "record_report_event": {"report_id": "x", "event": "reviewed", "round": 1},
    "write_subsidy_document": {"subsidy_id": "x", "kind": "receipt"},
    "send_mail": {"Records": []},
    "record_mail_event": {"Records": []},
    "pass_on_bounced_request": {"Records": []},
}
FILE = dict.fromkeys(
    ["application_id", "subsidy_id", "registration_id", "session_id", "report_id", "task_token"], "x"
)


def rows(full: Path, bare: Path) -> Iterator[Row]:
    """The table's first part; `full` is the unpacked zip, `bare` the same without bytecode."""
    cases = {
        "rooms": Case(ROOMS.format(path=""), full),
        "rooms with the aid": Case(ROOMS.format(path="/subventions"), full),
        "imports of a page": Case(PAGE_IMPORTS, full),
        "offer": Case(OFFER, full),
        "form": Case(FORM, full),
        "aid": Case(AID, full),
        "static": Case(STATIC, full),
    }
    reference = Case(REFERENCE, full)
    with tables.served() as endpoint:
        yield Row('`boto3.client("dynamodb")` in a fresh interpreter, the reference of what follows', 1)
        found = ratios(cases, reference, REPEATS, endpoint)
        yield Row("the rooms that any request may need", found["rooms"])
        yield Row("the same with those of the aid", found["rooms with the aid"])
        yield Row("import of all that a page needs", found["imports of a page"], aim=1.35)
        yield Row("the same up to the first answer: `GET /adhesion`", found["offer"], aim=1.35)
        yield Row("the same up to the first answer: the form's first page", found["form"], aim=1.35)
        yield Row("the same with the aid's rooms: `GET /subventions`", found["aid"])
        yield Row("a style sheet, up to the first answer", found["static"], aim=0.35)
        yield from _bytecode(full, bare, endpoint)
        yield from _tasks(full, reference, endpoint)


def _bytecode(full: Path, bare: Path, endpoint: str) -> Iterator[Row]:
    for what, code in {
        "the rooms of any request": ROOMS.format(path=""),
        "the form's first page": FORM,
    }.items():
        found = ratios({what: Case(code, full)}, Case(code, bare), REPEATS, endpoint)
        yield Row(f"{what}: with the zip's bytecode, of the time without", found[what], aim=0.6)


def _tasks(full: Path, reference: Case, endpoint: str) -> Iterator[Row]:
    modules = sorted({module_of(name) for name in _tasks_named()})
    imports = {module: Case(f"import {module}", full) for module in modules}
    for module, ratio in ratios(imports, reference, REPEATS_OF_TASKS, endpoint).items():
        yield Row(f"import of `{module}`", ratio)
    firsts = {name: Case(code, full) for name, code in first_events().items()}
    for name, ratio in ratios(firsts, reference, REPEATS_OF_TASKS, endpoint).items():
        yield Row(f"`{name}`, up to the end of its first event", ratio)


def first_events() -> dict[str, str]:
    """What a fresh interpreter runs to give each task its first event, by the task's name."""
    return {
        name: TASK.format(module=module_of(name), name=name, event=EVENTS.get(name, FILE))
        for name in _tasks_named()
    }


def _tasks_named() -> list[str]:
    return [name for name in functions() if name != "api_handler"]
