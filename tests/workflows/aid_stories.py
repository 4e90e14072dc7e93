"""The lives of an aid file as far as the award, walked through the machine, and the steps that its runs took."""

from collections.abc import Callable
from datetime import date

from chalicelib.subsidies.model import AWARD_PROCESS
from chalicelib.subsidies.tasks import award
from tests.aid import a_partner
from tests.aid_world import World
from tests.workflows.installed_aid import installed
from tests.workflows.lives import Lives, Step
from tests.workflows.walked_aid import WalkedAid

LARGE = {"excl_vat_cents": 30_000, "incl_vat_cents": 30_000}


class Story(WalkedAid):
    """Files on their way to an award."""

    def __init__(self) -> None:
        super().__init__(AWARD_PROCESS, award)
        self.world = World(machine=self.machine)

    def sends(self, key: str = "s1", **answers: object) -> "Story":
        self.world.sent(key, **answers)
        return self.goes_on()

    def is_withdrawn(self, key: str = "s1") -> "Story":
        self.world.service.withdraw(self.world.service.get(key))
        self.world.reconciler.withdraw_stale(key)
        return self.goes_on()

    def is_reopened(self) -> "Story":
        self.world.service.reopen(self.world.service.get("s1"), "Claire Martin", "À reprendre.")
        return self.goes_on()

    def is_visited_by_the_director(self) -> "Story":
        file = self.world.service.get("s1")
        self.world.service.name_inspector(file, "Noa Petit", "Claire Martin", "claire.martin@val.example.org")
        self.world.reconciler.withdraw_stale("s1")
        return self.goes_on()

    def leaves_the_office(self) -> "Story":
        self.world.partners.partners["p1"] = a_partner(active_until=date(2020, 1, 1))
        return self

    def prints_nothing(self) -> "Story":
        def broken(key: str, content: bytes, content_type: str) -> None:
            raise OSError("no paper")

        self.world.store.put = broken  # type: ignore[method-assign]
        return self

    def waits_its_turn(self) -> "Story":
        """A new year opens, and the queue is served."""
        self.world.clock.wait(days=365)
        self.world.waiting.serve()
        return self.goes_on()

    def is_lost(self) -> "Story":
        """The run fails, and the reconciler starts another."""
        self.machine.kill(self.machine.waiting()[0])
        self.world.clock.wait(minutes=5)
        self.world.reconciler.reconcile()
        return self.goes_on()


CHECKED = ("complete",)
GRANTED = ("complete", "accept")


def spent(story: Story) -> Story:
    """Two files have used up the year's money."""
    for key in ("s2", "s3"):
        story.sends(key).says(*GRANTED, key=key)
    return story


STORIES: dict[str, Callable[[Story], Story]] = {
    "granted": lambda story: story.sends().says(*GRANTED),
    "granted by two": lambda story: story.sends(**LARGE).says(*GRANTED, "accept"),
    "refused by the second": lambda story: story.sends(**LARGE).says(*GRANTED, "refuse"),
    "sent back by the second": lambda story: story.sends(**LARGE).says(
        *GRANTED, "send_back", *GRANTED, "accept"
    ),
    "refused at once": lambda story: story.sends().says("refuse"),
    "refused by the direction": lambda story: story.sends().says(*CHECKED, "refuse"),
    "sent back, then granted": lambda story: story.sends().says(*CHECKED, "send_back", *GRANTED),
    "corrected and granted": lambda story: story.sends().says("request_changes", "resubmit", *GRANTED),
    "never corrected": lambda story: story.sends().says("request_changes").is_silent(),
    "never checked": lambda story: story.sends().is_silent(),
    "never decided": lambda story: story.sends().says(*CHECKED).is_silent(),
    "never approved by the second": lambda story: story.sends(**LARGE).says(*GRANTED).is_silent(),
    "late, then granted": lambda story: story.sends().is_silent().is_reopened().says(*GRANTED),
    "withdrawn before it is checked": lambda story: story.sends().is_withdrawn(),
    "withdrawn before it is corrected": lambda story: story.sends().says("request_changes").is_withdrawn(),
    "withdrawn before it is decided": lambda story: story.sends().says(*CHECKED).is_withdrawn(),
    "waited for money, then granted": lambda story: spent(story).sends().says(*GRANTED).waits_its_turn(),
    "not eligible any more when its turn came": lambda story: (
        spent(story).sends().says(*GRANTED).leaves_the_office().waits_its_turn().says("refuse")
    ),
    "not eligible any more when decided": lambda story: (
        story.sends().says(*CHECKED).leaves_the_office().says("accept", "refuse")
    ),
    "decided by another, for the director visited": lambda story: (
        story.sends().says(*CHECKED).is_visited_by_the_director().says("accept")
    ),
    "without a receipt": lambda story: story.prints_nothing().sends().says("refuse"),
    "waited too long for the check": lambda story: story.sends().waits_too_long(),
    "waited too long for the corrections": lambda story: (
        story.sends().says("request_changes").waits_too_long()
    ),
    "waited too long for the direction": lambda story: story.sends().says(*CHECKED).waits_too_long(),
    "waited too long for the second approval": lambda story: (
        story.sends(**LARGE).says(*GRANTED).waits_too_long()
    ),
    "withdrawn before the second approval": lambda story: story.sends(**LARGE).says(*GRANTED).is_withdrawn(),
    "withdrawn when the check was to be asked": lambda story: story.withdraws_just_before(
        "request_subsidy_check"
    ).sends(),
    "withdrawn when the corrections were to be asked": lambda story: (
        story.withdraws_just_before("request_subsidy_corrections").sends().says("request_changes")
    ),
    "withdrawn when the direction was to be asked": lambda story: (
        story.withdraws_just_before("request_subsidy_award").sends().says(*CHECKED)
    ),
    "withdrawn when the second was to be asked": lambda story: (
        story.withdraws_just_before("request_second_approval").sends(**LARGE).says(*GRANTED)
    ),
    "heard what no machine knows": lambda story: (
        story.sends(**LARGE).hears("?").says(*CHECKED).hears("?").says("accept").hears("?").says("accept")
    ),
    "lost while waiting for the direction": lambda story: (
        story.sends().says(*CHECKED).is_lost().says("accept")
    ),
}


def told(name: str) -> list[Step]:
    """The steps of a story as the machine of today takes them."""
    story = Story()
    with installed(story.world):
        STORIES[name](story)
    return story.machine.steps


LIVES = Lives(AWARD_PROCESS, tuple(STORIES), told)
