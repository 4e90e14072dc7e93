"""Many people who do the same thing at the same time, each waiting for mails of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import TypeVar

PEOPLE = 12
Item = TypeVar("Item")
Result = TypeVar("Result")


def together(
    work: Callable[[Item], Result], items: Sequence[Item], tick: Callable[[], None], people: int = PEOPLE
) -> list[Result]:
    """The result of each, in the order of the items; `tick` is called after each. The first failure ends it."""
    with ThreadPoolExecutor(people) as pool:
        begun: list[Future[Result]] = [pool.submit(work, item) for item in items]
        try:
            for done in as_completed(begun):
                done.result()
                tick()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [one.result() for one in begun]
