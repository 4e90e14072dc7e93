"""Which establishment a file means: by the reference of its file, its SIRET or its name, never by what looks alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.kernel.errors import RuleBroken
from chalicelib.observatory.reading.words import plain

SIRET_LENGTH = 14


class NobodyOfThatName(RuleBroken):
    """No lodging has this reference, SIRET or name."""

    def __init__(self) -> None:
        super().__init__("Aucun hébergement partenaire n’a cette référence, ce SIRET ou ce nom.")


class SeveralOfThatName(RuleBroken):
    """Two lodgings have it: the file must say which."""

    def __init__(self) -> None:
        super().__init__(
            "Plusieurs hébergements partenaires ont ce nom\u00a0: mettez la référence ou le SIRET à sa place."
        )


@dataclass(frozen=True)
class Named:
    """A lodging with all that a file may call it by."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class NameBook:
    """The identifiers of lodgings, by what they are called."""

    ids: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, lodgings: Iterable[Named]) -> "NameBook":
        """The book of these lodgings; a lodging may come several times."""
        found: dict[str, set[str]] = defaultdict(set)
        for lodging in lodgings:
            for name in filter(None, map(_key, lodging.names)):
                found[name].add(lodging.id)
        return cls({name: frozenset(known) for name, known in found.items()})

    def find(self, text: str) -> str:
        """The identifier of the lodging. Raises `NobodyOfThatName` or `SeveralOfThatName`."""
        known = self.ids.get(_key(text), frozenset())
        if not known:
            raise NobodyOfThatName
        if len(known) > 1:
            raise SeveralOfThatName
        return next(iter(known))


def _key(text: str) -> str:
    """Letters and digits; a SIRET is written with spaces or without."""
    name = plain(text)
    digits = name.replace(" ", "")
    return digits if digits.isdecimal() and len(digits) == SIRET_LENGTH else name
