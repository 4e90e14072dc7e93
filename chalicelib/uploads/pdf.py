"""Whether a PDF can be kept: it opens without a password, runs nothing and carries no other files.

Every object that its tables name is looked at, also those that no page leads to. Nothing is drawn, no picture unpacked.
"""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Any

from chalicelib.uploads.model import Fault
from chalicelib.uploads.time_limit import OutOfTime, stopped_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

HEADER, END = b"%PDF-", b"%%EOF"
END_WITHIN = 2048
MOST_OBJECTS = 50_000
MOST_UNPACKED = 4_000_000
"""Bytes that one packed part may hold: tables and lists of objects are far smaller, pictures are not unpacked."""
MOST_SECONDS = 10.0
"""A file that was made to take longer is not worth more of ours."""
RUNS = frozenset({"/JavaScript", "/Launch"})
"""Actions that run something (ISO 32000-1, 12.6.4)."""
INVOICE_DATA = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml"})
"""What an electronic invoice carries along for programs (https://fnfe-mpe.org/factur-x/): invoices are sent here."""


def pdf_fault(content: bytes, most_seconds: float = MOST_SECONDS) -> Fault | None:
    """Why this PDF cannot be kept, or None."""
    if not content.startswith(HEADER) or END not in content[-END_WITHIN:]:
        return Fault.BROKEN
    # What the library says of a broken file may hold pieces of it.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        with apply_configuration(**_limits()), stopped_after(most_seconds):
            return _fault_of(PdfReader(BytesIO(content)))
    except (DependencyError, FileNotDecryptedError):
        # How to decrypt it is asked of a library that the functions do not have.
        return Fault.ENCRYPTED
    except (Exception, OutOfTime):
        # Whatever the library stumbles over, and it may be anything, a reader could stumble over too.
        return Fault.BROKEN


def _limits() -> dict[str, Any]:
    return dict.fromkeys(("zlib_maximum_output_length", "lzw_maximum_output_length"), MOST_UNPACKED)


def _fault_of(reader: PdfReader) -> Fault | None:
    if reader.is_encrypted:
        return Fault.ENCRYPTED
    numbers = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS or not reader.pages:
        return Fault.BROKEN
    roots = (_object(reader, *each) for each in sorted(numbers))
    faults = (_fault_in(found) for root in roots for found in _dictionaries(root))
    return next(filter(None, faults), None)


def _object(reader: PdfReader, number: int, generation: int) -> Any:
    from pypdf.generic import IndirectObject

    return reader.get_object(IndirectObject(number, generation, reader))


def _dictionaries(root: Any) -> Iterator[dict[str, Any]]:
    """The dictionaries written inside of an object, itself included; references are not followed."""
    waiting = [root]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(dict.values(found))
        elif isinstance(found, list):
            waiting.extend(list.__iter__(found))


def _fault_in(found: dict[str, Any]) -> Fault | None:
    if "/JS" in found or found.get("/S") in RUNS:
        return Fault.ACTIVE
    return Fault.ATTACHMENTS if "/EF" in found and not _is_invoice_data(found) else None


def _is_invoice_data(file: dict[str, Any]) -> bool:
    names = {str(file[key]).lower() for key in ("/F", "/UF") if key in file}
    streams = [each.get_object() for each in file["/EF"].get_object().values()]
    return names <= INVOICE_DATA and all(_is_xml(each.get_data()) for each in streams)


def _is_xml(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
