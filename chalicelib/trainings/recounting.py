"""What happened to a session, as people read it."""

from collections.abc import Iterable

from chalicelib.kernel.history import HistoryLine


def recounted(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    """The lines, oldest first; what one person did several times in a row is told once, the last time.

    Each page of the form that is saved is a change.
    """
    told: list[HistoryLine] = []
    for line in lines:
        if told and _is_again(told[-1], line):
            told.pop()
        told.append(line)
    return told


def _is_again(before: HistoryLine, line: HistoryLine) -> bool:
    same = (before.who, before.on_behalf_of, before.what) == (line.who, line.on_behalf_of, line.what)
    return same and not before.reason and not line.reason
