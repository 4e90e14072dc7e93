"""The process of the embedded cloud: MiniStack, which unpacks each archive once instead of once an environment.

It reads the names of files in forms as browsers write them, in UTF-8, hands mails on as they were written, files
included, and tells state machines the names of errors. A script of its own, started by `ministack.py`: what it holds
never reaches the functions.
"""

import zipfile
from base64 import b64decode
from contextvars import ContextVar
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from types import SimpleNamespace
from typing import Any, ClassVar

from ministack.app import main
from ministack.core import lambda_runtime
from ministack.services import lambda_svc, s3, ses_v2

read_form = s3._parse_multipart_form
read_mail, write_mail = ses_v2._parse_raw_mime, ses_v2._build_mime_message
raw_mail: ContextVar[str] = ContextVar("raw_mail", default="")
run_function, invoke_worker = lambda_svc._execute_function_warm, lambda_runtime.Worker.invoke
raised: ContextVar[str] = ContextVar("raised", default="")


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


def read_and_keep(raw: str) -> Any:
    """What MiniStack reads of a raw mail, from which it would write another one without its files."""
    raw_mail.set(b64decode(raw).decode("ascii"))
    return read_mail(raw)


def write_as_kept(*told: Any) -> str:
    """The raw mail of this request with its identifier, or what MiniStack writes of any other."""
    kept, identifier = raw_mail.get(), told[-1]
    return f"Message-ID: <{identifier}>\r\n{kept}" if kept else str(write_mail(*told))


def invoke_and_keep_the_name(*given: Any, **named: Any) -> Any:
    """What a function's process answers; of an error the name is the last line of what it tells."""
    answer = invoke_worker(*given, **named)
    told = answer.get("trace", "").strip().rpartition("\n")[2]
    raised.set(told.partition(":")[0].rpartition(".")[2])
    return answer


def run_and_tell_the_name(*given: Any) -> Any:
    """What a function answers, with the name of its error: machines catch and retry by it, as on AWS."""
    raised.set("")
    answer = run_function(*given)
    if answer.get("error") and raised.get():
        answer["body"]["errorType"] = raised.get()
    return answer


if __name__ == "__main__":
    lambda_svc._execute_function_warm = run_and_tell_the_name
    lambda_runtime.Worker.invoke = invoke_and_keep_the_name
    s3._parse_multipart_form = read_form_in_utf8
    ses_v2._parse_raw_mime, ses_v2._build_mime_message = read_and_keep, write_as_kept
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": UnpackedOnce})
    main()
