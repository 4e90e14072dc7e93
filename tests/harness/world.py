"""The whole application on tables in memory, with processes that are walked step by step and may die anywhere."""

import json
import pickle
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from chalice.test import Client
from moto import mock_aws

from chalicelib.adapters import aws
from chalicelib.observatory import bootstrap as observatory
from chalicelib.office.bootstrap import office_repository
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT, functions
from tests.fakes.clock import FakeClock
from tests.harness import objects, tables
from tests.harness.clock import clock_set
from tests.harness.crash import Gate, Killed, gated
from tests.harness.machines import Machines
from tests.harness.processes import StepFunctions
from tests.inprocess import BASE_URL, ENVIRONMENT, create_tables, forget_caches, handler

FORM = "application/x-www-form-urlencoded"
FUNCTIONS = {each.logical_id: each.id for each in functions().values()}
MOST_ROUNDS = 20


class FaultyWorld:
    """One application with one browser for each person. `retries`: what died is tried once more."""

    def __init__(self, clock: FakeClock, gate: Gate) -> None:
        self.clock = clock
        self.gate = gate
        self.machines = Machines(self._invoke_by_placeholder)
        self.browsers: dict[str, dict[str, str]] = {}
        self.person = "applicant"
        self.retries = True
        self.statuses: list[int] = []
        self.text = ""

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies of whoever sits at the browser."""
        return self.browsers.setdefault(self.person, {})

    def as_person(self, person: str) -> "FaultyWorld":
        """From here on this person sits at the browser."""
        self.person = person
        return self

    def press(self, path: str, **form: Any) -> int:
        """A person sends a form, and again if no answer came; the status they see, 0 for none."""
        return self._send("POST", path, urlencode(form, doseq=True).encode(), {"Content-Type": FORM})

    def read(self, path: str) -> str:
        """A person opens a page; its text, empty if no answer came."""
        self.text = ""
        self._send("GET", path)
        return self.text

    def send_json(self, path: str, document: Any, **headers: str) -> int:
        """A program sends JSON, and again if no answer came; the status, 0 for none."""
        body = json.dumps(document).encode()
        return self._send("POST", path, body, {"Content-Type": "application/json", **headers})

    def log_in(self, email: str) -> None:
        """This person asks for a login link and uses it."""
        self.as_person(email).press("/connexion", email=email)
        self.go_on()
        self.press(self.link(email, "/connexion"))

    def invoke(self, function_id: str, event: dict[str, Any] | None = None) -> Any:
        """The cloud runs a function, and again if it died."""
        for attempt in range(1 + self.retries):
            self.gate.begin(function_id)
            try:
                return handler(function_id)(event or {}, None)
            except Killed:
                if attempt == self.retries:
                    raise RuntimeError(function_id) from None
        raise AssertionError("unreachable")

    def tick(self, function_id: str, event: dict[str, Any] | None = None) -> None:
        """A schedule or a topic runs a function; nobody waits for the answer. Then all goes on."""
        with suppress(RuntimeError):
            self.invoke(function_id, event)
        self.go_on()

    def go_on(self) -> None:
        """Processes run and mails leave until everything waits for a person or for time."""
        for _ in range(MOST_ROUNDS):
            self.machines.go_on()
            waiting = [row["pk"]["S"] for row in self.rows("mail") if self._is_due(row)]
            if not waiting:
                return
            for key in waiting:
                with suppress(RuntimeError):
                    self.invoke("send_mail", stream_of(key))
        raise AssertionError("it never comes to rest")

    def settle(self) -> None:
        """Time passes, and all that repairs runs, twice."""
        self.gate.disarm()
        self.retries = True
        for minutes in (20, 180):
            self.clock.wait(minutes=minutes)
            for sweep in sweeps():
                self.invoke(sweep)
            self.go_on()

    def link(self, to: str, page: str) -> str:
        """The path of the newest link to a page that was mailed to somebody."""
        links = [link for letter in self.gate.letters if letter.to == to for link in letter.links]
        return [link.removeprefix(BASE_URL) for link in links if f"{page}/" in link][-1]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Every item of a table."""
        return tables.rows(table)

    def checkpoint(self) -> Any:
        """All that may change, to come back to."""
        office = office_repository()
        known = (office._current, office._looked_at, dict(office._versions))
        mutable = (self.machines.keep(), self.clock.at, self.browsers, self.person, self.gate.letters)
        return tables.keep(), objects.keep(), pickle.dumps(mutable), known

    def restore(self, checkpoint: Any) -> None:
        """Everything as it was then."""
        kept, files, mutable, known = checkpoint
        tables.put_back(kept)
        objects.put_back(files)
        runs, self.clock.at, self.browsers, self.person, self.gate.letters = pickle.loads(mutable)
        # A function stays warm over what was undone: it knows no office that was published later.
        office = office_repository()
        office._current, office._looked_at, office._versions = known[0], known[1], dict(known[2])
        # Nor the calendar of a minute that has not come again: it would spare a run a call that others make.
        observatory._calendar_of.cache_clear()
        self.machines.put_back(runs)
        self.retries, self.statuses = True, []
        self.gate.disarm()
        self.gate.refusals.clear()

    def _is_due(self, row: dict[str, Any]) -> bool:
        """Whether the outbox's stream has this row still to bring: it brings each new one once."""
        return "state" in row and row["state"]["S"] == "new" and row["claims"]["N"] == "0"

    def _send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> int:
        for _ in range(1 + self.retries):
            self.gate.begin(f"{method} {route_of(path)}")
            with suppress(Killed):
                self.statuses.append(self._request(method, path, body, headers or {}))
                return self.statuses[-1]
        return 0

    def _request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        import app

        cookies = self.cookies
        sent = {"Sec-Fetch-Site": "same-origin", **headers}
        if cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        with Client(app.app) as browser:
            answer = browser.http.request(method, path, headers=sent, body=body)
        for line in _lines(answer.headers.get("Set-Cookie", [])):
            name, _, value = line.split(";")[0].partition("=")
            cookies[name] = value
        self.text = answer.body.decode(errors="replace")
        return int(answer.status_code)

    def _invoke_by_placeholder(self, placeholder: str, payload: dict[str, Any]) -> Any:
        return self.invoke(FUNCTIONS[placeholder], payload)


@contextmanager
def faulty_world() -> Iterator[FaultyWorld]:
    """A new application whose every AWS call passes a gate."""
    gate = Gate()
    with mock.patch.dict("os.environ", ENVIRONMENT), mock_aws(), clock_set() as clock:
        forget_caches()
        register_rooms()
        create_tables()
        world = FaultyWorld(clock, gate)
        real = aws.client
        processes = StepFunctions(world.machines, gate)
        chosen = lambda service: processes if service == "stepfunctions" else real(service)  # noqa: E731
        with mock.patch.object(aws, "client", chosen), gated(gate):
            yield world
    forget_caches()


def register_rooms() -> None:
    """What importing `app` registers, once more: a test before may have put something else there."""
    import app  # noqa: F401
    from chalicelib.access import bootstrap as access
    from chalicelib.access.guard import current_user
    from chalicelib.office.routes import current_office
    from chalicelib.partners import bootstrap as partners
    from chalicelib.web import site

    access.register_address_book(partners.address_book)
    site.set_user_provider(current_user)
    site.set_office_provider(current_office)


@lru_cache(maxsize=1)
def sweeps() -> tuple[str, ...]:
    """The functions that repair: those that a schedule runs every few minutes or hours."""
    schedules = load(ROOT / "infra" / "triggers.yaml")["schedules"]
    return tuple(name for name, schedule in schedules.items() if schedule["when"].startswith("rate"))


def stream_of(key: str) -> dict[str, Any]:
    """What the outbox's stream says of a new row."""
    return {"Records": [{"dynamodb": {"Keys": {"pk": {"S": key}}, "SequenceNumber": "1"}}]}


@lru_cache(maxsize=500)
def route_of(path: str) -> str:
    """The route that a path belongs to, such as `/decisions/{token}`."""
    import app

    for route in app.app.routes:
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), path.partition("?")[0]):
            return str(route)
    raise LookupError(path)


def _lines(header: str | list[str]) -> list[str]:
    return [header] if isinstance(header, str) else header
