"""The base of every situation that has a name.

A situation is an exception class: its name is the word the state machines catch and the logs show,
its message is the French sentence a person reads, saying what to do next.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class Situation(Exception):
    """Something foreseen went against the request; `str()` is a French sentence for the reader."""


class NotFound(Situation):
    """There is nothing at this address for this person; unknown and foreign look the same."""


class RuleBroken(Situation):
    """A rule of the trade says no; the sentence says which and what to do."""


class AlreadySettled(Situation):
    """Someone answered first, or the thing has ended; the reader is shown what was recorded."""


class Expired(Situation):
    """What was shown is true, and too old; the sentence says how to get a new one."""


class ChangedMeanwhile(Situation):
    """The stored version is not the one that was read: read again and retry."""


class AccessRefused(Situation):
    """This person is known, and may not do this."""


class TooMany(Situation):
    """More requests than the limit allows for now; nothing was lost."""


@dataclass(frozen=True)
class FieldError:
    """One mistake at one field: `field` is the form's field name, `message` a French sentence."""

    field: str
    message: str


class InvalidAnswers(Situation):
    """The answers of a form break one or more of its rules; all of them are listed."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("Des réponses sont à corriger.")
        self.errors = tuple(errors)
