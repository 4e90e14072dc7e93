"""The people of a session, each in one list: with a seat, come or not, offered one, waiting, to be chosen, or gone."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.trainings.model import Registration
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import HELD, PRESENT_OR_NOT, Status
from chalicelib.trainings.wording import counted


@dataclass(frozen=True)
class Roll:
    """`waiting` is in the order of the queue, all others in that of their arrival.

    `seated` are those with a seat, `counted` those whose presence is closed.
    """

    seated: tuple[Registration, ...]
    counted: tuple[Registration, ...]
    offered: tuple[Registration, ...]
    waiting: tuple[Registration, ...]
    pending: tuple[Registration, ...]
    left: tuple[Registration, ...]

    @property
    def held(self) -> tuple[Registration, ...]:
        """Everybody who counts on the session."""
        return (*self.seated, *self.offered, *self.waiting, *self.pending)

    @property
    def everybody(self) -> tuple[Registration, ...]:
        """All of them, those who come first."""
        return (*self.seated, *self.counted, *self.offered, *self.waiting, *self.pending, *self.left)

    @property
    def told_of_end(self) -> str:
        """Who is told when it is cancelled: `2 personnes inscrites, 1 personne en attente`; empty for nobody."""
        lists = (
            (self.seated, ("personne inscrite", "personnes inscrites")),
            (
                self.offered,
                ("personne à qui une place est proposée", "personnes à qui une place est proposée"),
            ),
            (self.waiting, ("personne en attente", "personnes en attente")),
            (self.pending, ("demande à l’étude", "demandes à l’étude")),
        )
        return ", ".join(counted(len(people), *words) for people, words in lists if people)


def roll_of(registrations: Sequence[Registration], seats: Seats) -> Roll:
    """The lists of a session's people."""

    def those(*statuses: Status) -> tuple[Registration, ...]:
        return tuple(one for one in registrations if one.status in statuses)

    listed = HELD | PRESENT_OR_NOT
    return Roll(
        seated=those(Status.CONFIRMED),
        counted=those(*PRESENT_OR_NOT),
        offered=those(Status.OFFERED),
        waiting=tuple(sorted(those(Status.WAITING), key=lambda one: _place(one, seats))),
        pending=those(Status.PENDING),
        left=tuple(one for one in registrations if one.status not in listed),
    )


def _place(registration: Registration, seats: Seats) -> int:
    """The rank; who is not in the queue that was read, as it changes just now, comes last."""
    return seats.rank(registration.id) or len(seats.waiting) + 1
