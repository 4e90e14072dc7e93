"""What must be there after a load: every file, its execution and each of its mails exactly once."""

import json
from collections import Counter
from typing import Any

from tests.cloud import Cloud
from tests.e2e.files import machine_arn
from tests.harness import snapshot
from tests.harness.mailbox import Post
from tests.load.load import TOLD, Load
from tests.load.people import File
from tests.people import ACCOUNTANT, NETWORK_OFFICER

STATUS = {"accept": "awaiting_payment", "refuse": "refused", "request_changes": "changes_requested"}
RUN = {"accept": "RUNNING", "refuse": "SUCCEEDED", "request_changes": "RUNNING"}


def problems(load: Load) -> list[str]:
    """Whatever is lost, doubled, wrong or failed; empty when all is well."""
    waiting = _still_waiting(load)
    failed = Counter(status for status in load.figures.statuses if status >= 500)
    found = [f"{number} answers with status {status}" for status, number in failed.items()]
    return found + waiting + load.figures.troubles + _files(load) + _mails(load)


def _still_waiting(load: Load) -> list[str]:
    try:
        Post(load.cloud).quiet()
    except AssertionError:
        return ["not every mail left"]
    return []


def _files(load: Load) -> list[str]:
    rows = [row for row in snapshot.items(load.cloud, "partners") if row["sk"]["S"] == "APPLICATION"]
    kept: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        kept.setdefault(row["holder_key"]["S"], []).append(row)
    runs = _runs(load.cloud)
    return [trouble for file in load.files for trouble in _file(file, kept.get(file.email, []), runs)]


def _file(file: File, rows: list[dict[str, Any]], runs: dict[str, str]) -> list[str]:
    if len(rows) != 1:
        return [f"{file.name}: {len(rows)} files"]
    run = runs.get(rows[0]["pk"]["S"].partition("#")[2])
    found = (rows[0]["status_key"]["S"], run)
    return [] if found == (STATUS[file.outcome], RUN[file.outcome]) else [f"{file.name}: {found}"]


def _runs(cloud: Cloud) -> dict[str, str]:
    pages = cloud.client("stepfunctions").get_paginator("list_executions")
    found = pages.paginate(stateMachineArn=machine_arn(cloud))
    return {one["name"]: one["status"] for page in found for one in page["executions"]}


def _mails(load: Load) -> list[str]:
    wanted = Counter(mail for file in load.files for mail in _wanted(file))
    emails, names = {file.email for file in load.files}, {file.name for file in load.files}
    came: Counter[tuple[str, str]] = Counter()
    for mail in Post(load.cloud).mails():
        name = mail.subject.rpartition("(")[2].rstrip(")")
        if mail.to in emails:
            came[mail.to, _kind(mail.subject)] += 1
        elif name in names:
            came[mail.to, name] += 1
    rows = [json.loads(row["message"]["S"])["to"] for row in snapshot.mail_rows(load.cloud) if _is_open(row)]
    return (
        [f"lost: {mail}" for mail in wanted - came]
        + [f"too many: {mail}" for mail in came - wanted]
        + [f"not sent: {to}" for to in rows if to in emails]
    )


def _wanted(file: File) -> list[tuple[str, str]]:
    to_accounting = [(ACCOUNTANT, file.name)] if file.outcome == "accept" else []
    own = ["À confirmer", "Bien reçue", TOLD[file.outcome]]
    return [(file.email, kind) for kind in own] + [(NETWORK_OFFICER, file.name), *to_accounting]


def _kind(subject: str) -> str:
    kinds = ["À confirmer", "Bien reçue", *TOLD.values()]
    return next((kind for kind in kinds if kind in subject), subject)


def _is_open(row: dict[str, Any]) -> bool:
    return bool(row["state"]["S"] != "sent")
