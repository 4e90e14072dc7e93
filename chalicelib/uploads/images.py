"""Whether a picture is whole: its parts are walked through, nothing is unpacked."""

from zlib import crc32

from chalicelib.uploads.model import Fault

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_HEADER_LENGTH = 13
JPEG_SIGNATURE = b"\xff\xd8\xff"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers that say how large a JPEG is: ITU T.81, table B.1."""
SCAN, FILL = 0xDA, 0xFF
STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def png_fault(content: bytes) -> Fault | None:
    """None when all chunks are there, unharmed, from the header to the end (W3C PNG, 5)."""
    at, seen = len(PNG_SIGNATURE), []
    while content.startswith(PNG_SIGNATURE) and at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        body, end = content[at + 4 : at + 8 + length], at + 12 + length
        if end > len(content) or crc32(body) != int.from_bytes(content[end - 4 : end], "big"):
            break
        seen.append(body[:4])
        if seen == [b"IHDR"] and not _has_size(body[4:]):
            break
        if body[:4] == b"IEND":
            is_whole = seen[0] == b"IHDR" and b"IDAT" in seen and end == len(content)
            return None if is_whole else Fault.BROKEN
        at = end
    return Fault.BROKEN


def jpeg_fault(content: bytes) -> Fault | None:
    """None when the segments lead to a scan, and the scan to an end; telephones add more behind it."""
    at, has_frame = 2, False
    while content.startswith(JPEG_SIGNATURE) and at + 4 <= len(content) and content[at] == FILL:
        marker = content[at + 1]
        if marker == FILL:
            at += 1
            continue
        if marker in STANDALONE:
            at += 2
            continue
        if marker == SCAN:
            is_whole = has_frame and content.find(b"\xff\xd9", at) > 0
            return None if is_whole else Fault.BROKEN
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in FRAMES:
            has_frame = length >= 8 and any(content[at + 7 : at + 9])
        at += 2 + length
    return Fault.BROKEN


def _has_size(header: bytes) -> bool:
    return len(header) == PNG_HEADER_LENGTH and any(header[:4]) and any(header[4:8])
