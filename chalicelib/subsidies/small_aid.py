"""The register of the office's own small aid (Règlement (UE) 2023/2831), by single undertaking, on a day.

Companies that applicants declared as linked are one undertaking with theirs, chains included. An aid stands in the
register from the day on which it was granted, as long as the right to it lasts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel.days import add_years
from chalicelib.office.periods import in_force
from chalicelib.office.schemes import DeMinimis
from chalicelib.subsidies.envelope import share_of
from chalicelib.subsidies.model import Subsidy

PRIVATE = "partner:"
"""How the owner of an aid begins who is no company."""


@dataclass(frozen=True)
class SmallAid:
    """One aid: `owner` is a SIREN, or `partner:` and the identifier of a private person's partnership."""

    owner: str
    name: str
    reference: str
    granted_on: date
    cents: int
    counts: bool

    @property
    def siren(self) -> str:
        """Of the company; empty for a private person."""
        return "" if self.owner.startswith(PRIVATE) else self.owner


@dataclass(frozen=True)
class Undertaking:
    """Who counts as one: its companies, and the office's aids to them, newest first."""

    owners: Sequence[str]
    aids: Sequence[SmallAid]

    @property
    def key(self) -> str:
        """Which one it is, in addresses."""
        return self.owners[0]

    @property
    def name(self) -> str:
        """The name on its newest file."""
        return self.aids[0].name

    @property
    def sirens(self) -> list[str]:
        """The numbers of its companies; none of a private person."""
        return [owner for owner in self.owners if not owner.startswith(PRIVATE)]

    @property
    def counted_cents(self) -> int:
        """What counts today towards the ceiling."""
        return sum(aid.cents for aid in self.aids if aid.counts)


@dataclass(frozen=True)
class SmallAidRegister:
    """All undertakings, by name; `rule` and `since` are those in force that day, None without any."""

    undertakings: Sequence[Undertaking]
    rule: DeMinimis | None
    since: date | None

    def find(self, key: str) -> Undertaking | None:
        """One undertaking, by any of its companies."""
        return next((one for one in self.undertakings if key in one.owners), None)


def register_on(on: date, files: Iterable[Subsidy], rules: Iterable[DeMinimis]) -> SmallAidRegister:
    """The register as it stands on that day."""
    rule = in_force(rules, on)
    since = add_years(on, -rule.years) if rule else None
    granted = [file for file in files if file.granted_on and share_of(file).free]
    links = [(file.owner, *file.request.linked_sirens) for file in granted]
    heads = _heads(links)
    groups: dict[str, list[Subsidy]] = {}
    for file in granted:
        groups.setdefault(heads[file.owner], []).append(file)
    found = [_undertaking(group, heads, since, on) for group in groups.values()]
    return SmallAidRegister(sorted(found, key=lambda one: one.name.casefold()), rule, since)


def _undertaking(
    files: Iterable[Subsidy], heads: Mapping[str, str], since: date | None, on: date
) -> Undertaking:
    aids = sorted((_aid(file, since, on) for file in files), key=lambda aid: aid.granted_on, reverse=True)
    head = heads[aids[0].owner]
    return Undertaking(sorted(owner for owner, its_head in heads.items() if its_head == head), aids)


def _aid(file: Subsidy, since: date | None, on: date) -> SmallAid:
    granted_on = file.granted_on or on
    counts = since is not None and since <= granted_on <= on
    name = str(file.answers.get("legal_name") or file.beneficiary.contact_name)
    return SmallAid(file.owner, name, file.reference, granted_on, -share_of(file).free, counts)


def _heads(links: Iterable[Sequence[str]]) -> dict[str, str]:
    """For each company the one that stands for its undertaking: the same for all that are linked."""
    heads: dict[str, str] = {}

    def head_of(owner: str) -> str:
        while heads.setdefault(owner, owner) != owner:
            owner = heads[owner]
        return owner

    for owners in links:
        first = head_of(owners[0])
        for other in owners[1:]:
            heads[head_of(other)] = first
    return {owner: head_of(owner) for owner in list(heads)}
