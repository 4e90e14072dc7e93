"""moto's bucket without the wire: what lies in it, and a copy of everything."""

import pickle
from typing import Any

from moto.backends import get_backend

from tests.inprocess import ACCOUNT, ENVIRONMENT


def all_keys() -> list[str]:
    """The keys of all files, in order."""
    return sorted(_buckets()[ENVIRONMENT["FILES_BUCKET"]].keys.keys())


def keep() -> bytes:
    """All buckets as they are, for `put_back`."""
    return pickle.dumps(dict(_buckets()))


def put_back(kept: bytes) -> None:
    """All buckets as they were."""
    buckets = _buckets()
    buckets.clear()
    buckets.update(pickle.loads(kept))


def _buckets() -> dict[str, Any]:
    found: dict[str, Any] = get_backend("s3")[ACCOUNT]["aws"].buckets
    return found
