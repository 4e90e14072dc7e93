"""The local mailbox, read by its addresses while mails come in."""

import json
import time
import urllib.request
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

PAUSE = 0.2
PATIENCE = 90.0
MARGIN = 10**9
"""Nanoseconds for which mails are read once more: one that came at the same time may be filed a little later."""


class MailNeverCame(Exception):
    """No mail came in time; the message says which one was awaited."""


@dataclass(frozen=True)
class Letter:
    """A mail: its number in the mailbox, the addressees, what it is about, its text and where it leads."""

    id: str
    to: str
    subject: str
    text: str
    links: tuple[str, ...]

    def link(self, page: str) -> str:
        """The path of the link that leads to `page`, such as `/decisions/`. Raises `MailNeverCame`."""
        found = next((path for path in map(_path, self.links) if page in path), "")
        if not found:
            raise MailNeverCame(f"“{self.subject}” has no link to {page}")
        return found

    def is_on(self, subjects: Sequence[str]) -> bool:
        """Whether the subject has one of these words; always where none are asked for."""
        return not subjects or any(words in self.subject for words in subjects)

    def is_about(self, words: str) -> bool:
        """Whether these words, a name or a reference, are in it."""
        return words in self.subject or words in self.text


@dataclass
class Post:
    """All mails of a mailbox by addressee, each read once, by as many readers as there are."""

    url: str
    patience: float = PATIENCE
    _by_address: dict[str, list[Letter]] = field(default_factory=lambda: defaultdict(list))
    _last: int = 0
    _seen: set[str] = field(default_factory=set)
    _looked_at: float = 0.0
    _reading: Lock = field(default_factory=Lock)

    def letters(self, to: str, *subjects: str, about: str = "") -> list[Letter]:
        """What this address got so far on any of these subjects, oldest first."""
        self._read()
        return [one for one in self._by_address[to] if one.is_on(subjects) and one.is_about(about)]

    def wait(self, to: str, *subjects: str, about: str = "", number: int = 1) -> Letter:
        """The `number`th of them. Raises `MailNeverCame`."""
        deadline = time.monotonic() + self.patience
        while len(found := self.letters(to, *subjects, about=about)) < number:
            if time.monotonic() > deadline:
                told = f"no mail “{' / '.join(subjects)}” to {to} {f'about {about} ' if about else ''}came"
                raise MailNeverCame(f"{told} within {self.patience:.0f} seconds")
            time.sleep(PAUSE)
        return found[number - 1]

    def _read(self) -> None:
        with self._reading:
            if time.monotonic() - self._looked_at < PAUSE:
                return
            for one in reversed(self._came()):
                self._file(one)
            self._looked_at = time.monotonic()

    def _came(self) -> list[dict[str, Any]]:
        after = f"{max(0, self._last - MARGIN):020d}"
        with urllib.request.urlopen(f"{self.url}/api/messages?after={after}") as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return [one for one in found if one["id"] not in self._seen]

    def _file(self, one: Mapping[str, Any]) -> None:
        self._seen.add(one["id"])
        self._last = max(self._last, int(one["id"]))
        for address in one["to"].split(", "):
            self._by_address[address].append(_letter(one))


def _letter(one: Mapping[str, Any]) -> Letter:
    return Letter(one["id"], one["to"], one["subject"], one["text"], tuple(one["links"]))


def _path(link: str) -> str:
    return urlsplit(link).path
