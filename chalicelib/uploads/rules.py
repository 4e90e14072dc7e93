"""What is taken: which types, how large, how many."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileType:
    """A type that is taken: `extensions` are those that a name of such a file may end in, the usual one first."""

    name: str
    content_type: str
    extensions: tuple[str, ...]


PDF = FileType("PDF", "application/pdf", (".pdf",))
JPEG = FileType("JPEG", "image/jpeg", (".jpg", ".jpeg"))
PNG = FileType("PNG", "image/png", (".png",))


@dataclass(frozen=True)
class Rules:
    """What is taken, how large in bytes, how many. 10 Mo as file managers show it, which count by 1024."""

    types: tuple[FileType, ...] = (PDF, JPEG, PNG)
    most_bytes: int = 10 * 1024 * 1024
    most_of_kind: int = 5
    most_of_owner: int = 30
    ticket_seconds: int = 3600
    download_seconds: int = 300

    def type_of(self, content_type: str) -> FileType | None:
        """The taken type of that name, or None."""
        return next((each for each in self.types if each.content_type == content_type), None)

    @property
    def extensions(self) -> tuple[str, ...]:
        """All extensions, such as `.pdf`."""
        return tuple(each for known in self.types for each in known.extensions)


USUAL = Rules()
