"""What trainings keep beside records and history: seats that have to be what the registrations say, needs, opinions."""

import json
from collections import Counter

from chalicelib.adapters.records import POINTER
from chalicelib.trainings.items import ANSWERED, FEEDBACK, MISSED, NEEDS, PERSON, SEATS, STRUCTURE
from tests.faults.trainings import SESSION, name_of
from tests.harness import objects
from tests.harness.left import Row, picked, value
from tests.harness.sweep import Left
from tests.harness.world import FaultyWorld

MISCOUNTED = "seats that are not what the registrations say"
COUNTED = {"taken": "registration#confirmed", "offered": "registration#offered"}
HELD = frozenset(f"registration#{status}" for status in ("pending", "waiting", "offered", "confirmed"))


def kept(world: FaultyWorld) -> Left:
    """The seats and the queue, who is registered, needs, missed days, papers, pointers, opinions."""
    rows = world.rows("trainings")
    return {
        MISCOUNTED: [problem for seats in _of(rows, SEATS) for problem in _miscounted(seats, rows)],
        "seats": sorted(_seats(seats, rows) for seats in _of(rows, SEATS)),
        "registrations": sorted(_registration(row) for row in _of(rows, "REG#")),
        "needs": sorted(picked(row, "needs", "expires_epoch") for row in _of(rows, NEEDS)),
        "missed": _kinds(_of(rows, MISSED)),
        "pointers": sorted(value(row, "pk").partition("#")[0] for row in rows if value(row, "sk") == POINTER),
        "papers": sorted(key.rpartition("/")[2] for key in objects.all_keys() if _is_paper(key)),
        "opinions": sorted(value(row, "answers") for row in _of(rows, FEEDBACK)),
        "who gave one": _kinds(_of(rows, ANSWERED)),
    }


def _of(rows: list[Row], kind: str) -> list[Row]:
    return [row for row in rows if value(row, "sk").startswith(kind)]


def _is_paper(key: str) -> bool:
    """Whether a file was printed for somebody's registration."""
    return key.startswith(f"printed/{SESSION}-")


def _kinds(rows: list[Row]) -> list[str]:
    """What is there of each kind, and nothing of whose it is."""
    return sorted(value(row, "sk").rpartition("#")[0] for row in rows)


def _people(seats: Row, rows: list[Row]) -> list[Row]:
    """The registrations for the session of these seats."""
    return [row for row in _of(rows, "REG#") if value(row, "pk") == value(seats, "pk")]


def _miscounted(seats: Row, rows: list[Row]) -> list[str]:
    """Where the seats, the queue, the people or the structures are not the sum of the registrations."""
    people = _people(seats, rows)
    statuses = Counter(value(row, "status_key") for row in people)
    held = [row for row in people if value(row, "status_key") in HELD]
    own = [row for row in rows if value(row, "pk") == value(seats, "pk")]
    told = {
        **{name: (int(value(seats, name)), statuses[status]) for name, status in COUNTED.items()},
        "queue": (sorted(_queue(seats)), sorted(_key(row) for row in people if _waits(row))),
        "free": (int(value(seats, "free")), _free(seats)),
        "people": (
            sorted(value(row, "registration_id") for row in _of(own, PERSON)),
            sorted(map(_key, held)),
        ),
        "structures": (sum(int(value(row, "live")) for row in _of(own, STRUCTURE)), len(held)),
    }
    wrong = [f"{name}: {kept} instead of {right}" for name, (kept, right) in told.items() if kept != right]
    return [*wrong, *(["more seats than there are"] if _free(seats) < 0 else [])]


def _free(seats: Row) -> int:
    return int(value(seats, "capacity")) - int(value(seats, "taken")) - int(value(seats, "offered"))


def _queue(seats: Row) -> list[str]:
    return [str(one["S"]) for name in ("regular", "last") for one in seats[name]["L"]]


def _waits(row: Row) -> bool:
    return value(row, "status_key") == "registration#waiting"


def _key(row: Row) -> str:
    return f"{value(row, 'pk').partition('#')[2]}-{value(row, 'sk').partition('#')[2]}"


def _seats(seats: Row, rows: list[Row]) -> str:
    """The seats in words, with the names of who waits in their order."""
    names = {_key(row): name_of(row) for row in _people(seats, rows)}
    numbers = ("capacity", "wanted", "taken", "offered", "is_open")
    told = " ".join(f"{name} {value(seats, name)}" for name in numbers)
    return f"{told} waiting {[names[one] for one in _queue(seats)]}"


def _registration(row: Row) -> str:
    """Who comes, where they stand, what they owe, which marks they have, whether they have a certificate."""
    file = json.loads(value(row, "file"))
    marks = sorted((day, mark["state"], mark["by"]) for day, mark in file["marks"].items())
    told = (file["person"]["email"], file["due_cents"], file["told_version"], file["note"], marks)
    return f"{name_of(row)} {value(row, 'status_key')} {told} {bool(file['certificate'])}"
