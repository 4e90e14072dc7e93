"""The register of this office's own aids, by owner, in DynamoDB."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pynamodb.transactions import TransactWrite

from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.de_minimis import PastAid
from chalicelib.subsidies.envelope import share_of
from chalicelib.subsidies.items import AID, VERSION, AidItem, OwnerItem, owner_key
from chalicelib.subsidies.model import Subsidy

GIVER = "Office de tourisme"


@dataclass(frozen=True)
class Aids:
    """The aids of some owners, and how often each one's register had changed when they were read."""

    by_owner: Mapping[str, tuple[PastAid, ...]]
    seen: Mapping[str, int]

    @property
    def all(self) -> tuple[PastAid, ...]:
        """Of all the owners."""
        return tuple(aid for aids in self.by_owner.values() for aid in aids)


class RegisterRepository:
    """The register of the deployment."""

    def read(self, owners: Iterable[str], without: str = "") -> Aids:
        """The aids of these owners, read strongly; `without` is the identifier of a file that is left out.

        The versions are read first: what is granted in between makes them too old, never too new.
        """
        owners = list(dict.fromkeys(owners))
        seen = {owner: self._changes(owner) for owner in owners}
        return Aids({owner: self._aids(owner, without) for owner in owners}, seen)

    def write_within(self, transaction: TransactWrite, change: Change, seen: Mapping[str, int]) -> None:
        """Enter the aid that a change grants, or strike it out; `seen` must still be how the register stands."""
        before, after = _entered(change.before), _entered(change.after)
        if before == after:
            return
        item = AidItem(
            pk=owner_key(change.after.owner),
            sk=f"{AID}{change.after.id}",
            subsidy_id=change.after.id,
            reference=change.after.reference,
            granted_on=change.after.granted_on.isoformat() if change.after.granted_on else "",
            cents=after,
        )
        if after:
            transaction.save(item)
        else:
            transaction.delete(item)
        for owner, changes in sorted(seen.items()):
            _count_within(transaction, owner, changes)

    def forget_within(self, transaction: TransactWrite, subsidy: Subsidy) -> None:
        """Strike out the aid of a file that is erased; an owner without any other is forgotten too."""
        aids = self.read([subsidy.owner, *subsidy.request.linked_sirens], without=subsidy.id)
        transaction.delete(AidItem(owner_key(subsidy.owner), f"{AID}{subsidy.id}"))
        for owner, changes in sorted(aids.seen.items()):
            if changes and not aids.by_owner[owner]:
                unchanged = OwnerItem.changes == changes
                transaction.delete(OwnerItem(owner_key(owner), VERSION), condition=unchanged)

    def _changes(self, owner: str) -> int:
        try:
            return int(OwnerItem.get(owner_key(owner), VERSION, consistent_read=True).changes)
        except OwnerItem.DoesNotExist:
            return 0

    def _aids(self, owner: str, without: str) -> tuple[PastAid, ...]:
        found = AidItem.query(owner_key(owner), AidItem.sk.startswith(AID), consistent_read=True)
        return tuple(
            PastAid(date.fromisoformat(item.granted_on), int(item.cents), GIVER, owner)
            for item in found
            if item.subsidy_id != without
        )


def _entered(subsidy: Subsidy) -> int:
    """What stands in the register for a file: what it was granted, as long as the right to it lasts."""
    return -share_of(subsidy).free


def _count_within(transaction: TransactWrite, owner: str, changes: int) -> None:
    unchanged = (OwnerItem.changes == changes) if changes else OwnerItem.pk.does_not_exist()
    transaction.update(
        OwnerItem(owner_key(owner), VERSION), actions=[OwnerItem.changes.add(1)], condition=unchanged
    )
