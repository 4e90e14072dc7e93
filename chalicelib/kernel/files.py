"""Files as the house keeps them: under keys, fetched by short links, sent by forms that were signed beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.kernel.errors import NotFound

PDF = "application/pdf"
PNG = "image/png"


class FileMissing(NotFound):
    """There is no file under this key, or no more."""


@dataclass(frozen=True)
class StoredFile:
    """What is known of a file without reading it; `etag` changes with its content, `size` is in bytes."""

    key: str
    size: int
    etag: str


@dataclass(frozen=True)
class PostRules:
    """What a form for one file is held to: where it leads afterwards, how many bytes it takes, for how long."""

    back_to: str
    most_bytes: int
    valid_for_seconds: int


@dataclass(frozen=True)
class PostTicket:
    """A form that a browser may send one file with: its address, and its hidden fields in their order."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Shown:
    """How a file is handed out: its type, its `Content-Disposition`, for how many seconds."""

    content_type: str
    disposition: str
    valid_for_seconds: int
