"""What a unit of work leaves behind of the things that all features share, in plain words: no instants, no ids."""

import json
import re
from typing import Any

from chalicelib.kernel.ids import READABLE
from tests.harness.world import FaultyWorld
from tests.inprocess import STACK, tables

SHARED_TABLES = frozenset({"decisions", "drafts", "access", "mail", "links", "office", "uploads"})
"""The tables of the rooms that every feature builds on; each of the others belongs to the one feature of its name."""
DOUBT = {"uncertain": "sent"}
"""A mail in doubt is listed for staff: that is as good as sent, and never lost."""
NEWS = ("delivered_at", "bounced_at", "complained_at", "resent_by", "settled_by")
REFERENCE = re.compile(rf"\b[A-Z]{{3}}-[{READABLE}]{{6}}\b")
Row = dict[str, Any]


def left(world: FaultyWorld) -> dict[str, Any]:
    """Records with their history, questions, answers, mails, addresses that refuse them, browsers, waiting processes."""
    decisions, access, mails = map(world.rows, ("decisions", "access", "mail"))
    own = [(table, row) for table in feature_tables() for row in world.rows(table)]
    return {
        "records": sorted(
            f"{table} {picked(row, 'status_key', 'version')}" for table, row in own if "version" in row
        ),
        "history": sorted(
            REFERENCE.sub("…", f"{table} {picked(row, 'sk', 'who', 'what', 'reason')}")
            for table, row in own
            if "what" in row
        ),
        "questions": sorted(_question(row) for row in decisions if "question" in row),
        "answers": sorted(picked(row, "who", "what", "reason") for row in decisions if "what" in row),
        "mails": sorted(_mail(row) for row in mails if "state" in row),
        "refusing": sorted(
            picked(row, "email", "why") for row in mails if value(row, "open_key") == "refusing"
        ),
        "sessions": sorted(value(row, "email") for row in access if value(row, "sk") == "session"),
        "logins": sorted(len(_requests(row)) for row in access if value(row, "sk") == "login"),
        "waiting": sorted(str(run.state) for run in world.machines.runs if run.state),
    }


def feature_tables() -> list[str]:
    """The tables of the template that belong to one feature each, named without the deployment's prefix."""
    names = {table["TableName"].removeprefix(f"{STACK}-") for table in tables()}
    return sorted(names - SHARED_TABLES)


def value(row: Row, name: str) -> str:
    """The value of an attribute in DynamoDB's own JSON, as text; empty when it has none."""
    return str(next(iter(row[name].values()))) if name in row else ""


def picked(row: Row, *names: str) -> str:
    """The values of these attributes on one line."""
    return " | ".join(value(row, name) for name in names if name in row)


def _question(row: Row) -> str:
    question, people = json.loads(value(row, "question")), json.loads(value(row, "addressees"))
    to = ", ".join(one["email"] for one in people)
    return f"{question['step']} {question['round']} to {to} | {picked(row, 'state', 'is_delivered')}"


def _requests(row: Row) -> list[Any]:
    found: list[Any] = json.loads(value(row, "requests") or "[]")
    return found


def _mail(row: Row) -> str:
    state, template = value(row, "state"), value(row, "record_sort").partition("#")[2]
    to = json.loads(value(row, "message"))["to"]
    news = [name.rpartition("_")[0] for name in NEWS if name in row]
    return " ".join([template, "to", to, DOUBT.get(state, state), *news])
