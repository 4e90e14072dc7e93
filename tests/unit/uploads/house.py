"""The room on fakes."""

from dataclasses import dataclass, field

from chalicelib.uploads.model import ScanState, Upload
from chalicelib.uploads.receiving import ReceivingService
from chalicelib.uploads.rules import USUAL, Rules
from chalicelib.uploads.scanning import ScanService
from chalicelib.uploads.service import UploadService
from tests.fakes.clock import FakeClock
from tests.fakes.uploads import FakeFiles, FakeUploads

OWNER, OTHER = "a" * 32, "b" * 32
SITE = "https://pro.example.org"


@dataclass
class House:
    """An owner sends files, and the services look at them."""

    rules: Rules = USUAL
    scan: ScanState = ScanState.OFF
    files: FakeFiles = field(default_factory=FakeFiles)
    uploads: FakeUploads = field(default_factory=FakeUploads)
    clock: FakeClock = field(default_factory=FakeClock)

    @property
    def service(self) -> UploadService:
        return UploadService(self.uploads, self.files, SITE, self.rules)

    @property
    def receiving(self) -> ReceivingService:
        return ReceivingService(self.uploads, self.files, self.clock, self.scan, self.rules)

    @property
    def scanning(self) -> ScanService:
        return ScanService(self.uploads, self.files)

    def sends(
        self, content: bytes, kind: str = "quote", name: str = "devis.pdf", owner: str = OWNER
    ) -> Upload:
        """A file arrives and is looked at, a minute after the one before."""
        self.clock.wait(minutes=1)
        found = self.receiving.receive(self.files.arrives(owner, kind, name, content))
        assert found
        return found

    def listed(self, owner: str = OWNER) -> list[Upload]:
        return self.service.list_of(owner)

    def under(self, prefix: str) -> list[str]:
        return [each.key for each in self.files.list_under(prefix)]
