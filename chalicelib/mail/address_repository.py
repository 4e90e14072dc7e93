"""The addresses that refuse our mails, in DynamoDB."""

from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb import expires_epoch, held
from chalicelib.kernel.clock import iso
from chalicelib.mail.items import AddressItem
from chalicelib.mail.mapping import KEPT_DAYS
from chalicelib.mail.model import Refusal, RefusingAddress, RestoredAddress, address_key

REFUSING = "refusing"


class AddressRepository:
    """The addresses that refuse our mails, of the deployment."""

    def refuse(self, email: str, why: Refusal, mailed_at: datetime, now: datetime) -> bool:
        """Note that a mail of `mailed_at` was refused; False if that is known, or was before it was restored."""
        item = AddressItem(_pk(address_key(email)))
        is_news = AddressItem.open_key.does_not_exist() & (
            AddressItem.restored_at.does_not_exist() | (AddressItem.restored_at <= mailed_at)
        )
        actions: list[Any] = [
            AddressItem.email.set(email.lower()),
            AddressItem.why.set(why),
            AddressItem.open_key.set(REFUSING),
            AddressItem.open_since.set(iso(now)),
            AddressItem.expires_epoch.set(expires_epoch(now, KEPT_DAYS)),
        ]
        return held(lambda: item.update(actions, is_news))

    def find(self, key: str) -> RefusingAddress | None:
        """The address while it refuses, read strongly, or None."""
        item = _find(key)
        return _address(item) if item and item.open_key else None

    def restore(self, key: str, who: str, now: datetime) -> bool:
        """Let mails go to the address again; False if it refuses none."""
        actions: list[Any] = [
            AddressItem.restored_by.set(who),
            AddressItem.restored_at.set(now),
            AddressItem.open_key.remove(),
            AddressItem.open_since.remove(),
        ]
        return held(lambda: AddressItem(_pk(key)).update(actions, AddressItem.open_key.exists()))

    def knows(self, key: str) -> bool:
        """Whether the address refuses our mails, or did before it was restored."""
        return _find(key) is not None

    def find_restored(self, key: str) -> RestoredAddress | None:
        """The address if it refused our mails and was restored, read strongly, or None."""
        item = _find(key)
        if item is None or item.open_key or item.restored_at is None:
            return None
        return RestoredAddress(item.email, item.restored_by or "", item.restored_at)

    def list_refusing(self) -> list[RefusingAddress]:
        """All of them, those that refuse for longest first."""
        return [_address(item) for item in AddressItem.by_open.query(REFUSING)]


def _find(key: str) -> AddressItem | None:
    try:
        return AddressItem.get(_pk(key), consistent_read=True)
    except AddressItem.DoesNotExist:
        return None


def _pk(key: str) -> str:
    return f"address#{key}"


def _address(item: AddressItem) -> RefusingAddress:
    key = item.pk.removeprefix(_pk(""))
    return RefusingAddress(key, item.email, Refusal(item.why), datetime.fromisoformat(item.open_since))
