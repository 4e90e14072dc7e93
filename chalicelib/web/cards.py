"""One thing of a partner's on the front page of their space, whatever feature keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """`label` and `tone` are those of its tag; `about` says what it is, `next` what happens next."""

    path: str
    title: str
    label: str
    tone: str
    about: str
    next: str
    is_mine_to_do: bool = False
    is_draft: bool = False
