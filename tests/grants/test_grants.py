"""A role grants what its function needs: without any one of its grants something fails, and with them nothing does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from infra.packaging.names import functions
from tests.faults import house
from tests.faults.every_feature import UNITS
from tests.grants.guard import Guard, Held, Outcome, guarded
from tests.grants.policies import granted
from tests.grants.rare import ASKING, RARE
from tests.grants.visits import VISITS
from tests.harness.machine import WORKFLOWS
from tests.harness.sweep import Stages
from tests.harness.world import FUNCTIONS, faulty_world

pytestmark = pytest.mark.xdist_group("grants")

EVERYTHING = UNITS | VISITS | RARE
ROLES = {name: granted(name) for name in functions()}
NEEDLESS = (
    "take it out of .chalice/policy-<function>.json, or show who needs it by a unit "
    "(tests/faults/every_feature.py, tests/grants/visits.py, tests/grants/rare.py)"
)


@dataclass(frozen=True)
class Need:
    """The grants that a unit asks for, and what comes of it when they are all there."""

    used: frozenset[Held]
    outcome: Outcome


Needs = dict[str, Need]


@pytest.fixture(scope="module")
def stages() -> Iterator[Stages]:
    with faulty_world() as made:
        house.open_office()
        yield Stages(made)


@pytest.fixture(scope="module")
def guard(stages: Stages) -> Iterator[Guard]:
    with guarded(stages.world) as made:
        yield made


@pytest.fixture(scope="module")
def needs(stages: Stages, guard: Guard) -> Needs:
    """What each unit asks for, and how it ends."""
    found = {}
    for name, unit in EVERYTHING.items():
        world = stages.after(*unit.before)
        outcome = guard.watch(world, unit.act)
        assert guard.denials == [], f"in {name!r}: a grant that .chalice/policy-<function>.json lacks"
        assert outcome.errors == [], name
        found[name] = Need(frozenset(guard.used), outcome)
    return found


@pytest.mark.parametrize("function_id", sorted(ROLES))
def test_without_any_one_of_its_grants_a_function_fails(stages, guard, needs, function_id):
    held = [(function_id, grant) for grant in sorted(ROLES[function_id])]
    used = {one for need in needs.values() for one in need.used}
    unneeded = [one for one in held if one not in used]
    assert unneeded == [], f"asked for by no unit: {NEEDLESS}: {_listed(unneeded)}"
    unmissed = [one for one in held if not _is_missed(stages, guard, needs, one)]
    assert unmissed == [], f"all units end alike without it: {NEEDLESS}: {_listed(unmissed)}"


def test_every_task_that_asks_is_asked_again_after_an_accident():
    texts = [path.read_text() for path in WORKFLOWS.glob("*.asl.json")]
    states = [state for text in texts for state in json.loads(text)["States"].values()]
    waits = [one["Parameters"] for one in states if one.get("Resource", "").endswith(".waitForTaskToken")]
    asking = {FUNCTIONS[one["FunctionName"].removeprefix("${").removesuffix("Arn}")] for one in waits}
    assert asking - set(ASKING) == set(), "give each a line in ASKING of tests/grants/rare.py"


def _listed(held: list[Held]) -> list[str]:
    return [f"{grant.action} on {grant.resource}" for _, grant in held]


def _is_missed(stages: Stages, guard: Guard, needs: Needs, held: Held) -> bool:
    """Whether one of the units that need the grant ends otherwise without it; the small ones are tried first."""
    using = [name for name, need in needs.items() if held in need.used]
    for name in sorted(using, key=lambda name: len(needs[name].used)):
        world = stages.after(*EVERYTHING[name].before)
        outcome = guard.watch(world, EVERYTHING[name].act, removed=held)
        assert guard.denials, (name, held)
        if outcome != needs[name].outcome:
            return True
    return False
