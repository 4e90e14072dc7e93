"""What a scanner found in files that were kept."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.files import StoredFile
from chalicelib.uploads import keys
from chalicelib.uploads.model import Fault, ScanState, ScanUnclear, Upload
from chalicelib.uploads.service import ATTEMPTS, UploadStore

FINDINGS = {"NO_THREATS_FOUND": ScanState.CLEAN, "THREATS_FOUND": ScanState.INFECTED}
"""What GuardDuty says; of a file that it could not read it says something else."""


class ScannedFiles(Protocol):
    """The bucket, as the news of a scan needs it."""

    def head(self, key: str) -> StoredFile | None:
        """What is known of a file, or None."""

    def delete(self, *keys: str) -> None:
        """Forget files, if they are there."""


def scan_result(event: dict[str, Any]) -> tuple[str, ScanState]:
    """The key of a file and what was found in it, from GuardDuty's event. Raises `ScanUnclear`."""
    detail = event["detail"]
    found = FINDINGS.get(detail.get("scanResultDetails", {}).get("scanResultStatus", ""))
    if found is None:
        raise ScanUnclear
    return str(detail["s3ObjectDetails"]["objectKey"]), found


@dataclass(frozen=True)
class ScanService:
    """Notes what was found."""

    uploads: UploadStore
    files: ScannedFiles

    def record(self, key: str, found: ScanState) -> Upload | None:
        """Note that a kept file is clean, or destroy it; None if it was taken away meanwhile.

        Raises `ScanUnclear` for a file that is there and not listed: it was scanned sooner, or somebody died.
        """
        place = keys.kept_at(key)
        if place is None:
            return None
        owner, upload_id = place
        if found is ScanState.INFECTED:
            self.files.delete(key)
        for _ in range(ATTEMPTS):
            shelf = self.uploads.shelf(owner)
            kind = shelf.kind_of(upload_id)
            upload = self.uploads.find(owner, kind, upload_id) if kind else None
            if upload is None:
                self._check_gone(key)
                return None
            told = _told(upload, found)
            after = shelf.with_(told)
            if told == upload or self.uploads.save(after, [told], shelf.rows() - after.rows()):
                return told
        raise ChangedMeanwhile

    def _check_gone(self, key: str) -> None:
        if self.files.head(key):
            raise ScanUnclear


def _told(upload: Upload, found: ScanState) -> Upload:
    if not upload.is_kept:
        return upload
    scanned = replace(upload, scan=found)
    return scanned.refused(Fault.INFECTED) if found is ScanState.INFECTED else scanned
