"""The process of the embedded cloud: MiniStack, which unpacks each archive once instead of once an environment.

A script of its own, started by `ministack.py`: what it holds never reaches the functions.
"""

import zipfile
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from types import SimpleNamespace
from typing import ClassVar

from ministack.app import main
from ministack.core import lambda_runtime


class UnpackedOnce(zipfile.ZipFile):
    """An archive of code whose folder the environments of its functions share, as they only read it."""

    folders: ClassVar[dict[bytes, Path]] = {}
    one_at_a_time = Lock()

    def extractall(self, path: str, *_: object) -> None:  # type: ignore[override]
        """Lead `path`, an empty folder, to the unpacked archive."""
        Path(path).rmdir()
        Path(path).symlink_to(self._unpacked())

    def _unpacked(self) -> Path:
        contents = repr(sorted((one.filename, one.CRC) for one in self.infolist())).encode()
        with self.one_at_a_time:
            if contents not in self.folders:
                folder = Path(mkdtemp(prefix="code-"))
                super().extractall(folder)
                self.folders[contents] = folder
            return self.folders[contents]


if __name__ == "__main__":
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": UnpackedOnce})
    main()
