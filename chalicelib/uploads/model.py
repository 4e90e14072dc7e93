"""Files that people send: what is kept, what is not and why; how many one owner may keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.errors import NotFound, RuleBroken, Situation

Row = tuple[str, str]
"""The kind and the identifier of an upload of a known owner."""


class UploadState(StrEnum):
    """Whether the file is there."""

    KEPT = "kept"
    REFUSED = "refused"


class ScanState(StrEnum):
    """What is known of malware in it; `off` where nobody looks for any."""

    OFF = "off"
    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"


class Fault(StrEnum):
    """Why a file was not kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    ATTACHMENTS = "attachments"
    ELSEWHERE = "elsewhere"
    TOO_MANY_OF_KIND = "too_many_of_kind"
    TOO_MANY = "too_many"
    INFECTED = "infected"


class UploadUnknown(NotFound):
    """No such file here, or it was taken away."""

    def __init__(self) -> None:
        super().__init__("Ce fichier n’existe plus\u00a0: il a été retiré ou remplacé.")


class FileNotKept(RuleBroken):
    """The file was refused: there is nothing to read."""

    def __init__(self) -> None:
        super().__init__("Ce fichier n’a pas été gardé\u00a0: il ne peut pas être ouvert.")


class ScanPending(RuleBroken):
    """Nobody has looked for malware in the file yet."""

    def __init__(self) -> None:
        super().__init__(
            "Ce fichier est en cours de vérification antivirus. Réessayez dans quelques minutes."
        )


class FoundInfected(RuleBroken):
    """Malware was found in the file, and the file was destroyed."""

    def __init__(self) -> None:
        super().__init__(
            "L’antivirus a trouvé un programme malveillant dans ce fichier\u00a0: il a été détruit. "
            "Demandez-en un autre exemplaire."
        )


class ScanUnclear(Situation):
    """The scanner could not look at the file, or looked before we knew of it: somebody must."""


@dataclass(frozen=True)
class FileType:
    """A type that is taken: `extensions` are those that a name of such a file may end in, the usual one first."""

    name: str
    content_type: str
    extensions: tuple[str, ...]


PDF = FileType("PDF", "application/pdf", (".pdf",))
JPEG = FileType("JPEG", "image/jpeg", (".jpg", ".jpeg"))
PNG = FileType("PNG", "image/png", (".png",))


@dataclass(frozen=True)
class Rules:
    """What is taken, how large in bytes, how many. 10 Mo as file managers show it, which count by 1024."""

    types: tuple[FileType, ...] = (PDF, JPEG, PNG)
    most_bytes: int = 10 * 1024 * 1024
    most_of_kind: int = 5
    most_of_owner: int = 30
    ticket_seconds: int = 3600
    download_seconds: int = 300

    def type_of(self, content_type: str) -> FileType | None:
        """The taken type of that name, or None."""
        return next((each for each in self.types if each.content_type == content_type), None)

    @property
    def extensions(self) -> tuple[str, ...]:
        """All extensions, such as `.pdf`."""
        return tuple(each for known in self.types for each in known.extensions)


USUAL = Rules()


@dataclass(frozen=True)
class Upload:
    """One file that came for an owner; `key` is where it is kept, empty when it is not.

    `elsewhere` is the kind under which the same content is kept already, of fault `elsewhere` only.
    """

    owner: str
    kind: str
    id: str
    name: str
    size: int
    received_at: datetime
    content_type: str = ""
    sha256: str = ""
    state: UploadState = UploadState.KEPT
    fault: Fault | None = None
    scan: ScanState = ScanState.OFF
    key: str = ""
    elsewhere: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the file is there."""
        return self.state is UploadState.KEPT

    def refused(self, fault: Fault, elsewhere: str = "") -> "Upload":
        """The same, not kept."""
        return replace(self, state=UploadState.REFUSED, fault=fault, key="", elsewhere=elsewhere)

    def check_readable(self) -> None:
        """Raise `ScanPending`, `FoundInfected` or `FileNotKept` when nobody may open it."""
        if self.fault is Fault.INFECTED:
            raise FoundInfected
        if not self.is_kept:
            raise FileNotKept
        if self.scan is ScanState.PENDING:
            raise ScanPending


@dataclass(frozen=True)
class Place:
    """Where a kept file stands."""

    kind: str
    id: str
    sha256: str


@dataclass(frozen=True)
class Shelf:
    """What one owner keeps, small enough to be one item: files that arrive together are judged one after the other.

    `refused` is the last refusal of each kind, by its identifier: one is told, a heap of them helps nobody.
    `version` counts the writings; 0 was never written.
    """

    owner: str
    kept: tuple[Place, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    def twin(self, sha256: str) -> Place | None:
        """Where the same content is kept already."""
        return next((place for place in self.kept if place.sha256 == sha256), None)

    def is_full_for(self, kind: str, rules: Rules) -> Fault | None:
        """Why one more of this kind has no place, or None."""
        if sum(place.kind == kind for place in self.kept) >= rules.most_of_kind:
            return Fault.TOO_MANY_OF_KIND
        return Fault.TOO_MANY if len(self.kept) >= rules.most_of_owner else None

    def with_(self, upload: Upload) -> "Shelf":
        """The next shelf, with this file or this refusal on it, in the place of the last refusal of its kind."""
        cleared = self.without(upload.id)
        refused = {kind: other for kind, other in cleared.refused.items() if kind != upload.kind}
        if not upload.is_kept:
            return replace(cleared, refused={**refused, upload.kind: upload.id})
        place = Place(upload.kind, upload.id, upload.sha256)
        return replace(cleared, kept=(*cleared.kept, place), refused=refused)

    def without(self, upload_id: str) -> "Shelf":
        """The next shelf, without this file or refusal."""
        kept = tuple(place for place in self.kept if place.id != upload_id)
        refused = {kind: other for kind, other in self.refused.items() if other != upload_id}
        return Shelf(self.owner, kept, refused, self.version + 1)

    def rows(self) -> frozenset[Row]:
        """Kind and identifier of everything that stands on it."""
        return frozenset({*((place.kind, place.id) for place in self.kept), *self.refused.items()})

    def kind_of(self, upload_id: str) -> str | None:
        """The kind of what stands there under this identifier, or None."""
        return next((kind for kind, other in self.rows() if other == upload_id), None)
