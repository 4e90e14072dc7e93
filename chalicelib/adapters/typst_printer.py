"""Typst: a template of a room and its data become a PDF that screen readers can follow, or pictures to look at.

The library is in a layer of its own, which only functions that print have (docs/decisions/0026).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from chalicelib.adapters.printable import printable

ROOMS = Path(__file__).resolve().parent.parent
FONTS = ROOMS / "documents" / "fonts"
STANDARD = "ua-1"
PIXELS_PER_INCH = 100


class CannotPrint(Exception):
    """The template is broken, or asks for what the data does not have; the message says which."""


class TypstPrinter:
    """Prints `<room>/<name>.typ`, which is the file `chalicelib/<room>/documents/<name>.typ`.

    The data is plain JSON: texts, numbers, lists, objects. It reaches the template as data, never as markup.
    """

    def __init__(self, rooms: Path = ROOMS) -> None:
        self.rooms = rooms

    def pdf(self, template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
        """A tagged PDF (PDF/UA-1); the same data and instant are the same bytes. Raises `CannotPrint`."""
        made = {"pdf_standards": [STANDARD], "timestamp": int(made_at.timestamp())}
        return self._compiled(template, data, format="pdf", **made)[0]

    def png(self, template: str, data: Mapping[str, Any]) -> list[bytes]:
        """The pages as pictures, to look at. Raises `CannotPrint`."""
        return self._compiled(template, data, format="png", ppi=PIXELS_PER_INCH)

    def _compiled(self, template: str, data: Mapping[str, Any], **options: Any) -> list[bytes]:
        room, _, name = template.partition("/")
        given = {"data": json.dumps(_fit(data, "data"), ensure_ascii=False)}
        try:
            made = self._compiler.compile(self.rooms / room / "documents" / name, sys_inputs=given, **options)
        except RuntimeError as error:
            raise CannotPrint(f"{template}: {error}") from error
        return made if isinstance(made, list) else [made]

    @cached_property
    def _compiler(self) -> Any:
        """Typst with our fonts and those that it brings, never with those of the machine."""
        from typst import Compiler, Fonts

        fonts = Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
        return Compiler(root=self.rooms, font_paths=fonts, ignore_system_fonts=True)


def _fit(value: Any, name: str) -> Any:
    """`value`, called `name`, with every text in it printable; what is nothing would leave a hole unseen."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _fit(each, f"{name}.{key}") for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_fit(each, f"{name}[{at}]") for at, each in enumerate(value)]
    if isinstance(value, int):
        return value
    raise CannotPrint(f"{name} is {type(value).__name__}: give a text, a whole number, a list or an object")
