"""Figures as files write them: whole numbers from 0 on, with spaces between thousands or a decimal part of zeros."""

import re

MOST = 1_000_000
SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'\u2019")
WHOLE = re.compile(r"(\d{1,9})(?:[.,]0{1,2})?", re.ASCII)
DECIMAL = re.compile(r"-?\d+[.,]\d+", re.ASCII)
NEGATIVE = re.compile(r"-\d+", re.ASCII)


class NoFigure(ValueError):
    """The cell holds no figure; `str()` is a French sentence that says what it holds."""


def figure_of(cell: object) -> int | None:
    """The figure of a cell, None of an empty one. Raises `NoFigure`."""
    if isinstance(cell, bool):
        raise NoFigure("ce n’est pas un nombre")
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else repr(cell)
    text = str(cell if cell is not None else "").translate(SPACES).strip()
    if not text:
        return None
    if found := WHOLE.fullmatch(text):
        return _bounded(int(found[1]))
    raise NoFigure(_why(text))


def _bounded(number: int) -> int:
    if number > MOST:
        raise NoFigure("ce nombre est trop grand")
    return number


def _why(text: str) -> str:
    if NEGATIVE.fullmatch(text):
        return "ce nombre est négatif"
    if DECIMAL.fullmatch(text):
        return "ce nombre a des décimales\u00a0: il faut un nombre entier"
    return "ce n’est pas un nombre"
