"""Files that people send: what is kept, what is not and why."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.errors import NotFound, RuleBroken, Situation


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
class Upload:
    """One file that came for an owner; `key` is where it is kept, empty when it is not."""

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

    @property
    def is_kept(self) -> bool:
        """Whether the file is there."""
        return self.state is UploadState.KEPT

    def refused(self, fault: Fault) -> "Upload":
        """The same, not kept."""
        return replace(self, state=UploadState.REFUSED, fault=fault, key="")

    def check_readable(self) -> None:
        """Raise `ScanPending`, `FoundInfected` or `FileNotKept` when nobody may open it."""
        if self.fault is Fault.INFECTED:
            raise FoundInfected
        if not self.is_kept:
            raise FileNotKept
        if self.scan is ScanState.PENDING:
            raise ScanPending
