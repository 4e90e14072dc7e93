"""What reports say and are made from, in files of the bucket: too much for an item, and read as a whole."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.kernel.files import FileMissing, StoredFile
from chalicelib.observatory.content import Content, from_json, to_json

JSON_TYPE = "application/json"
PLACE = "reports/"


class Store(Protocol):
    """The bucket."""

    def get(self, key: str) -> bytes:
        """The content of a file. Raises `FileMissing`."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file, in the place of the one before it."""

    def delete(self, *keys: str) -> None:
        """Forget files, if they are there."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The files whose keys begin with `prefix`."""


@dataclass(frozen=True)
class ReportFiles:
    """Each report's files under its own identifier; a file that is written again takes the place of the one before."""

    store: Store

    def keep_part(self, report_id: str, number: int, part: Any) -> None:
        """The sums of a part of the territory."""
        self._put(f"{_parts(report_id)}{number}", part)

    def parts(self, report_id: str, count: int) -> list[Any]:
        """The sums of every part. Raises `FileMissing` when one is not there yet."""
        return [self._get(f"{_parts(report_id)}{number}") for number in range(count)]

    def keep_content(self, report_id: str, content: Content) -> None:
        """What the report says."""
        self._put(_content(report_id), to_json(content))

    def content(self, report_id: str) -> Content:
        """What the report says. Raises `FileMissing` before it is drafted."""
        return from_json(self._get(_content(report_id)))

    def keep_published(self, report_id: str, cells: Any) -> None:
        """What the report makes known."""
        self._put(_known(report_id), cells)

    def published(self, report_id: str) -> Any:
        """What the report makes known; nothing for one that was never drafted."""
        try:
            return self._get(_known(report_id))
        except FileMissing:
            return []

    def keep_batch(self, report_id: str, number: int, people: Sequence[Any]) -> None:
        """Who is to be told, some of them."""
        self._put(f"{_batches(report_id)}{number}", people)

    def batch(self, report_id: str, number: int) -> Any:
        """Some of those who are to be told. Raises `FileMissing`."""
        return self._get(f"{_batches(report_id)}{number}")

    def forget_parts(self, report_id: str) -> None:
        """The sums, of few perhaps, are of no use once the draft is written."""
        self._forget(_parts(report_id))

    def forget_people(self, report_id: str) -> None:
        """The addresses are of no use any more, nor what a run that came late summed up once more."""
        self._forget(_batches(report_id))
        self._forget(_parts(report_id))

    def forget(self, report_id: str) -> bool:
        """All that a report says and is made from, if there is anything; whether there was."""
        return self._forget(f"{PLACE}{report_id}/")

    def _forget(self, prefix: str) -> bool:
        keys = [file.key for file in self.store.list_under(prefix)]
        self.store.delete(*keys)
        return bool(keys)

    def _put(self, key: str, document: Any) -> None:
        self.store.put(key, json.dumps(document, ensure_ascii=False).encode(), JSON_TYPE)

    def _get(self, key: str) -> Any:
        return json.loads(self.store.get(key))


def _parts(report_id: str) -> str:
    return f"{PLACE}{report_id}/parts/"


def _batches(report_id: str) -> str:
    return f"{PLACE}{report_id}/batches/"


def _content(report_id: str) -> str:
    return f"{PLACE}{report_id}/content"


def _known(report_id: str) -> str:
    return f"{PLACE}{report_id}/published"
