"""Files that people send, each as a unit to be killed anywhere. No feature's: they are what events do to any owner's files."""

from typing import Any
from unittest import mock

from chalicelib.uploads import keys
from chalicelib.uploads.repository import UploadRepository
from tests.harness import objects
from tests.harness.documents import A_PAGE, a_pdf, a_png
from tests.harness.left import picked
from tests.harness.sweep import Left, Step, Unit
from tests.harness.world import FaultyWorld
from tests.inprocess import ENVIRONMENT, client

OWNER = "a" * 32


def arrives(content: bytes, kind: str = "quote", owner: str = OWNER) -> Step:
    """A browser sends a file."""

    def send(world: FaultyWorld) -> None:
        key = keys.ticket_prefix(owner, kind) + "Devis été.pdf"
        client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content)

    return send


def take_in(world: FaultyWorld) -> None:
    """The bucket tells of what has arrived."""
    for key in _under(keys.INCOMING):
        world.tick("check_upload", _arrival(key))


def take_in_two_at_once(world: FaultyWorld) -> None:
    """The second of two is taken in while the first one finds its place."""
    first, second = _under(keys.INCOMING)
    save = UploadRepository.save

    def overtaken(repository: UploadRepository, *args: Any) -> bool:
        UploadRepository.save = save  # type: ignore[method-assign]
        world.invoke("check_upload", _arrival(second))
        return save(repository, *args)

    with mock.patch.object(UploadRepository, "save", overtaken):
        world.tick("check_upload", _arrival(first))


def scanned(status: str) -> Step:
    """The scanner tells of what is kept."""

    def tell(world: FaultyWorld) -> None:
        for key in _under(keys.KEPT):
            _tell(world, key, status)

    return tell


def scanned_too_late(world: FaultyWorld) -> None:
    """The scanner tells of a file that was taken away meanwhile."""
    _tell(world, keys.kept_key(OWNER, "f" * 32), "NO_THREATS_FOUND")


def kept(world: FaultyWorld) -> Left:
    """The files of owners: rows and shelves, and what lies in the bucket."""
    rows = [
        picked(row, "sk", "name", "state", "fault", "scan", "kept", "refused")
        for row in world.rows("uploads")
    ]
    return {"uploads": sorted(rows), "files": objects.all_keys()}


def _tell(world: FaultyWorld, key: str, status: str) -> None:
    detail = {"s3ObjectDetails": {"objectKey": key}, "scanResultDetails": {"scanResultStatus": status}}
    world.tick("record_scan_result", {"detail": detail})


def _arrival(key: str) -> dict[str, Any]:
    return {"detail": {"object": {"key": key}}}


def _under(prefix: str) -> list[str]:
    return [key for key in objects.all_keys() if key.startswith(prefix)]


def _waits_on(left: Left) -> bool:
    """What has arrived is still there: the page says so, and its button takes it in."""
    return any(key.startswith(keys.INCOMING) for key in left["files"])


def _destroyed_and_not_told(left: Left) -> bool:
    """The scanner's news come again; until then nobody can read what is gone."""
    return left["files"] == [] and any("| kept |" in row for row in left["uploads"])


A_FILE = (arrives(a_pdf()), take_in)
REFUSED_BEFORE = (*A_FILE, arrives(A_PAGE), take_in)
UPLOADS: dict[str, Unit] = {
    "taking a file in": Unit(take_in, (arrives(a_pdf()),), ("check_upload",), may_leave=_waits_on),
    "taking in what mends a refusal": Unit(take_in, (*REFUSED_BEFORE, arrives(a_png())), may_leave=_waits_on),
    "refusing a file": Unit(take_in, (arrives(A_PAGE),), may_leave=_waits_on),
    "taking in the same file again": Unit(take_in, (*A_FILE, arrives(a_pdf())), may_leave=_waits_on),
    "hearing that a file is clean": Unit(scanned("NO_THREATS_FOUND"), A_FILE, ("record_scan_result",)),
    "hearing that a file is infected": Unit(
        scanned("THREATS_FOUND"), REFUSED_BEFORE, may_leave=_destroyed_and_not_told
    ),
}
