"""Where files stand in the bucket: as they come in, with a name of theirs; as they are kept, with none.

`incoming/<owner>/<kind>/<ticket>/<name>` is written by browsers, held to all but the name by a signed form;
`kept/<owner>/<id>` is written by us.
"""

import re
from dataclasses import dataclass

from chalicelib.kernel import ids

INCOMING, KEPT = "incoming/", "kept/"
OWNER, KIND = r"[0-9a-f]{32}", r"[a-z0-9][a-z0-9_-]{0,39}"
ARRIVAL = re.compile(rf"{INCOMING}({OWNER})/({KIND})/({OWNER})/(.*)", re.ASCII | re.DOTALL)
KEPT_KEY = re.compile(rf"{KEPT}({OWNER})/({OWNER})", re.ASCII)


@dataclass(frozen=True)
class Arrival:
    """What the key of an incoming file says; `name` is what the sender calls it, whatever that is."""

    owner: str
    kind: str
    name: str


def arrival_at(key: str) -> Arrival | None:
    """The arrival under this key, or None when no form of ours leads there."""
    parts = ARRIVAL.fullmatch(key)
    return Arrival(parts[1], parts[2], parts[4]) if parts else None


def upload_id(key: str, etag: str) -> str:
    """The identifier of what came under `key`: the same for the same content, however often we are told of it.

    A form that is sent twice, with the back button, brings two files by one ticket.
    """
    return ids.id_of(f"{key}\n{etag}")


def ticket_prefix(owner: str, kind: str) -> str:
    """A new place for one file of `owner`, 32 hexadecimal characters, and of `kind`, a code such as `quote`."""
    prefix = f"{incoming_of(owner)}{kind}/{ids.new_id()}/"
    if not ARRIVAL.fullmatch(prefix):
        raise ValueError(f"no owner or kind: {owner!r}, {kind!r}")
    return prefix


def incoming_of(owner: str) -> str:
    """How the keys begin under which files of `owner` come in."""
    return f"{INCOMING}{owner}/"


def kept_of(owner: str) -> str:
    """How the keys begin under which files of `owner` are kept."""
    return f"{KEPT}{owner}/"


def kept_key(owner: str, upload: str) -> str:
    """Where the file with this identifier is kept."""
    return f"{kept_of(owner)}{upload}"


def kept_at(key: str) -> tuple[str, str] | None:
    """The owner and the identifier of the kept file under `key`, or None."""
    parts = KEPT_KEY.fullmatch(key)
    return (parts[1], parts[2]) if parts else None
