"""A printed document as its readers see it: its words, its marks for screen readers, its links and fonts."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject


class Paper:
    """One PDF."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.catalog: DictionaryObject = self.reader.trailer["/Root"].get_object()

    @property
    def pages(self) -> list[str]:
        """The text of each page."""
        return [page.extract_text() for page in self.reader.pages]

    @property
    def letters(self) -> str:
        """All text without any space: lines break where they must."""
        return squeezed("".join(self.pages))

    @property
    def links(self) -> set[str]:
        """Where its links lead."""
        notes = [note.get_object() for page in self.reader.pages for note in page.get("/Annots", [])]
        return {note["/A"]["/URI"] for note in notes}

    @property
    def fonts(self) -> dict[str, DictionaryObject]:
        """The descriptor of each font by its name."""
        found = [
            font.get_object() for page in self.reader.pages for font in page["/Resources"]["/Font"].values()
        ]
        inner = [font["/DescendantFonts"][0].get_object() for font in found]
        return {font["/BaseFont"].partition("+")[2]: font["/FontDescriptor"].get_object() for font in inner}

    @property
    def roles(self) -> list[str]:
        """The kinds of its parts in the order of reading, such as `/Title`, `/H1`, `/Table`."""
        return list(_roles(self.catalog["/StructTreeRoot"]["/K"]))

    @property
    def names(self) -> set[str]:
        """Every name anywhere in the file: keys, kinds, actions."""
        found: set[str] = set()
        for number in self.reader.xref[0].keys() | self.reader.xref_objStm.keys():
            _collect(self.reader.get_object(IndirectObject(number, 0, self.reader)), found)
        return found


def squeezed(text: str) -> str:
    """`text` without spaces and without the places where a long word may break."""
    return "".join(text.replace("\u200b", "").split())


def _roles(node: Any) -> Any:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for each in node:
            yield from _roles(each)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node["/S"]
        yield from _roles(node.get("/K"))


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, NameObject):
        found.add(str(value))
    elif isinstance(value, DictionaryObject):
        found.update(value)
        for each in value.values():
            _collect(each, found)
    elif isinstance(value, ArrayObject):
        for each in value:
            _collect(each, found)
