"""The communes of the office. A postcode and an INSEE code both have five digits: never mix them up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Commune:
    """`insee` identifies it; it has one or more postcodes, which it may share with its neighbours."""

    insee: str
    name: str
    postcodes: tuple[str, ...]


@dataclass(frozen=True)
class Sector:
    """A group of communes that figures are published for; `communes` are INSEE codes."""

    name: str
    communes: tuple[str, ...]
