"""The real printer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.adapters.typst_printer import TypstPrinter


@lru_cache(maxsize=1)
def printer() -> TypstPrinter:
    """The printer of this process; it keeps its fonts from one document to the next."""
    from chalicelib.adapters.typst_printer import TypstPrinter

    return TypstPrinter()
