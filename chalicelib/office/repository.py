"""The versions of the office file in DynamoDB: each is kept for ever, one is current."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import ConditionBroken, Item, TableMeta, commit
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile, NotFound
from chalicelib.office.building import build
from chalicelib.office.model import Office
from chalicelib.runtime import config

OFFICE = "OFFICE"
CURRENT = "CURRENT"
REFRESH_SECONDS = 60


class NoOffice(NotFound):
    """No office file was published in this deployment, or not that version."""


class OfficeItem(Item):
    """One published version of the office file, or the pointer to the current one."""

    class Meta(TableMeta):
        table_name = config.table_name("office")

    pk = UnicodeAttribute(hash_key=True, default=OFFICE)
    sk = UnicodeAttribute(range_key=True)
    version: NumberAttribute = NumberAttribute()
    digest = UnicodeAttribute()
    published_at = UTCDateTimeAttribute()
    document = UnicodeAttribute(null=True)


class OfficeRepository:
    """The office file of the deployment. A warm function looks for a new version now and then."""

    def __init__(self, clock: Clock, refresh_seconds: int = REFRESH_SECONDS) -> None:
        self._clock = clock
        self._refresh = timedelta(seconds=refresh_seconds)
        self._versions: dict[int, Office] = {}
        self._current = 0
        self._looked_at: datetime | None = None

    def current(self) -> Office:
        """The office in force, at most `refresh_seconds` old. Raises NoOffice before the first one."""
        if self._looked_at is None or self._clock() - self._looked_at >= self._refresh:
            return self.latest()
        return self.version(self._current)

    def latest(self) -> Office:
        """The office in force at this moment. Raises NoOffice before the first one."""
        self._current, self._looked_at = int(_pointer().version), self._clock()
        return self.version(self._current)

    def version(self, number: int) -> Office:
        """The office as it was published under that number. Raises NoOffice."""
        if number not in self._versions:
            self._versions[number] = build(_document(number), number)
        return self._versions[number]

    def publish(self, document: Mapping[str, Any]) -> int:
        """Put a checked document in force; its number, or the present one if nothing changed.

        Raises ChangedMeanwhile when someone else publishes at the same time.
        """
        text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = sha256(text.encode()).hexdigest()
        before = _find_pointer()
        if before and before.digest == digest:
            return int(before.version)
        number = int(before.version) + 1 if before else 1
        _write(number, digest, text, self._clock())
        self._looked_at = None
        return number


def _write(number: int, digest: str, text: str, at: datetime) -> None:
    version = OfficeItem(
        sk=_version_key(number), version=number, digest=digest, published_at=at, document=text
    )
    pointer = OfficeItem(sk=CURRENT, version=number, digest=digest, published_at=at)

    def write(transaction: TransactWrite) -> None:
        # Two people who publish at once want the same number: the second one's version exists already.
        transaction.save(version, condition=OfficeItem.pk.does_not_exist())
        transaction.save(pointer)

    try:
        commit(write)
    except ConditionBroken as error:
        raise ChangedMeanwhile(
            "Le fichier de l’office vient d’être publié par quelqu’un d’autre\u00a0: recommencez."
        ) from error


def _version_key(number: int) -> str:
    return f"VERSION#{number:06d}"


def _find_pointer() -> OfficeItem | None:
    try:
        return OfficeItem.get(OFFICE, CURRENT, consistent_read=True)
    except OfficeItem.DoesNotExist:
        return None


def _pointer() -> OfficeItem:
    pointer = _find_pointer()
    if pointer is None:
        raise NoOffice(
            "Aucun fichier d’office n’est encore chargé\u00a0: publiez-en un avec «\u00a0make office\u00a0»."
        )
    return pointer


def _document(number: int) -> dict[str, Any]:
    try:
        item = OfficeItem.get(OFFICE, _version_key(number), consistent_read=True)
    except OfficeItem.DoesNotExist:
        raise NoOffice(f"La version {number} du fichier de l’office n’existe pas.") from None
    document: dict[str, Any] = json.loads(item.document)
    return document
