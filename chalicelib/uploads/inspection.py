"""What a file is, by its content alone, and whether it can be kept: never by its name, nor by what the browser says."""

import re

from chalicelib.uploads.images import jpeg_fault, png_fault
from chalicelib.uploads.model import Fault
from chalicelib.uploads.pdf import pdf_fault
from chalicelib.uploads.rules import JPEG, PDF, PNG, FileType, Rules

CHECKS = {PDF: pdf_fault, JPEG: jpeg_fault, PNG: png_fault}
ARCHIVE_END = re.compile(rb"PK\x05\x06.{16}(..)", re.DOTALL)
LONGEST_COMMENT = 65_535


def inspect(content: bytes, rules: Rules) -> tuple[FileType | None, Fault | None]:
    """Its type, if it is one that is taken, and why it cannot be kept, if it cannot.

    A type begins at the first byte: what is one type in front and another further on is none.
    """
    file_type = _type_of(content, rules)
    if file_type is None or _is_archive(content):
        return None, Fault.WRONG_TYPE
    return file_type, CHECKS[file_type](content)


def _type_of(content: bytes, rules: Rules) -> FileType | None:
    import filetype

    found = filetype.guess_mime(content)
    # The library passes over a byte order mark in front of a PDF.
    return None if found is None or content.startswith(b"\xef\xbb\xbf") else rules.type_of(found)


def _is_archive(content: bytes) -> bool:
    """Whether the file opens as a ZIP too: those are read from their end, whatever stands in front."""
    tail = content[-LONGEST_COMMENT - 22 :]
    ends = ARCHIVE_END.finditer(tail)
    return any(end.end() + int.from_bytes(end[1], "little") == len(tail) for end in ends)
