"""Files as people send them: whole ones, and ones with a fault or a trick."""

import struct
import zipfile
from io import BytesIO
from typing import Any
from zlib import compress, crc32

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

JPEG_PARTS = {
    0xE0: b"JFIF\0\1\1\0\0\1\0\1\0\0",
    0xDB: b"\0" + bytes([16] * 64),
    0xC0: struct.pack(">BHHBBBB", 8, 1, 1, 1, 1, 0x11, 0),
    0xC4: b"\0" + bytes(16),
    0xDA: b"\1\1\0\0\x3f\0",
}
A_WINDOWS_PROGRAM = b"MZ\x90\0" + bytes(60) + b"PE\0\0" + bytes(400)
FILLED = 1000
"""More bytes than a small PDF has."""
PART_END = b"\nendstream\nendobj\n"
SCRIPT = "<script>fetch('https://evil.example.com')</script>"
AN_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{SCRIPT}</svg>'.encode()
A_PAGE = f"<!doctype html><html><body>{SCRIPT}</body></html>".encode()


def a_pdf(pages: int = 1, *, text: str = "Devis", **catalog: Any) -> bytes:
    """A PDF with so many pages; `catalog` are further entries of its catalogue, such as `OpenAction`."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": text})
    for name, value in catalog.items():
        writer.root_object[NameObject(f"/{name}")] = value
    return written(writer)


def an_action(kind: str, **entries: str) -> DictionaryObject:
    """An action of a PDF, such as `JavaScript` with its `JS`."""
    told = {NameObject(f"/{name}"): TextStringObject(value) for name, value in entries.items()}
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **told})


def a_locked_pdf(password: str = "secret") -> bytes:
    """A PDF that opens with a password, or with none, and must not be changed."""
    writer = PdfWriter(BytesIO(a_pdf()))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    return written(writer)


def a_pdf_with(name: str, content: bytes) -> bytes:
    """A PDF that carries another file."""
    writer = PdfWriter(BytesIO(a_pdf()))
    writer.add_attachment(name, content)
    return written(writer)


def a_packed_pdf(blanks: int, catalog: bytes = b"") -> bytes:
    """A PDF whose objects stand packed in one part, with so many blanks behind them; `catalog` are further entries."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R>>",
    ]
    starts = [sum(map(len, objects[:place])) for place in range(len(objects))]
    head = b" ".join(b"%d %d" % (place + 1, start) for place, start in enumerate(starts)) + b" "
    packed = compress(head + b"".join(objects) + b" " * blanks, 9)
    out = b"%PDF-1.5\n"
    told = (len(objects), len(head), len(packed))
    part = b"4 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n" % told
    table_at = len(out + part + packed) + len(PART_END)
    rows = [(0, 0, 0), *((2, 4, place) for place in range(len(objects))), (1, len(out), 0), (1, table_at, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    told = (len(rows), len(table))
    table_part = b"5 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % told
    return (
        out + part + packed + PART_END + table_part + table + PART_END + b"startxref\n%d\n%%%%EOF" % table_at
    )


def written(writer: PdfWriter) -> bytes:
    """The bytes of a PDF."""
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def a_png(width: int = 3, height: int = 2, *, shade: int = 0x7F) -> bytes:
    """A grey picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * width) * height
    chunks = ((b"IHDR", header), (b"IDAT", compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(a_chunk(*each) for each in chunks)


def a_chunk(kind: bytes, body: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))


def a_jpeg(*, behind: bytes = b"") -> bytes:
    """The parts of a picture of one point, with what a telephone may add behind its end."""
    parts = (
        b"\xff" + bytes([kind]) + struct.pack(">H", len(body) + 2) + body for kind, body in JPEG_PARTS.items()
    )
    return b"\xff\xd8" + b"".join(parts) + b"\x2a\xff\xd9" + behind


def an_archive(size: int = 10) -> bytes:
    """A ZIP; one that holds much more than it weighs, if asked."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * size)
    return out.getvalue()


def a_pdf_of(size: int) -> bytes:
    """A PDF of exactly so many bytes: a part that no page uses makes up for what is lacking."""
    filling, made = 0, b""
    while len(made) != size:
        filling += size - len(made) - (FILLED if not made else 0)
        writer = PdfWriter(BytesIO(a_pdf()))
        stream = StreamObject()
        stream.set_data(b"0" * filling)
        writer._add_object(stream)
        made = written(writer)
    return made
