"""What happens to aid files in the stories of both machines, walked on a world of fakes."""

from typing import Self

from chalicelib.decisions.model import Decision
from tests.aid_world import World
from tests.workflows.walked import Walked


class WalkedAid(Walked):
    """Files on their way; each thing that happens gives the story back, to go on. `tasks` are those of the machine."""

    world: World

    def withdraws_just_before(self, function_id: str) -> Self:
        """When this function is called next, the file is withdrawn an instant before."""
        self.meanwhile[function_id] = lambda: self.world.service.withdraw(self.world.service.get("s1"))
        return self

    def pending(self, key: str = "") -> Decision:
        decision = self.world.pending(key or "s1")
        assert decision, key
        return decision
