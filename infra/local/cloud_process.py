"""The process of the embedded cloud: MiniStack, which unpacks each archive once instead of once an environment.

It reads the names of files in forms as browsers write them, in UTF-8. A script of its own, started by
`ministack.py`: what it holds never reaches the functions.
"""

import zipfile
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from types import SimpleNamespace
from typing import Any, ClassVar

from ministack.app import main
from ministack.core import lambda_runtime
from ministack.services import s3

read_form = s3._parse_multipart_form


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


def read_form_in_utf8(content_type: str, body: bytes) -> list[tuple[Any, ...]]:
    """The parts of a form, whose file names MiniStack takes for Latin-1: name, file name, headers, value."""
    return [(name, _in_utf8(file_name), *rest) for name, file_name, *rest in read_form(content_type, body)]


def _in_utf8(name: str | None) -> str | None:
    return name and name.encode("latin-1").decode("utf-8", "replace")


if __name__ == "__main__":
    s3._parse_multipart_form = read_form_in_utf8
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": UnpackedOnce})
    main()
