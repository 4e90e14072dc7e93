"""All communes of France with their postcodes, for addresses outside the office's territory."""

import gzip
from functools import lru_cache
from pathlib import Path

from chalicelib.office.model import Office
from chalicelib.office.territory import Commune

DATA = Path(__file__).parent / "data" / "communes.csv.gz"
"""One line a commune: INSEE code, name, postcodes; see the README beside it."""


@lru_cache(maxsize=64)
def with_postcode(postcode: str) -> tuple[Commune, ...]:
    """The communes of France with this postcode, by name; none for anything that is no postcode."""
    if not (postcode.isdecimal() and len(postcode) == 5):
        return ()
    found = [_commune(line) for line in _lines() if postcode in line.rpartition(";")[2].split(",")]
    return tuple(sorted(found, key=lambda commune: commune.name))


@lru_cache(maxsize=64)
def with_code(insee: str) -> Commune | None:
    """The commune of France with this INSEE code."""
    return next((_commune(line) for line in _lines() if line.startswith(f"{insee};")), None)


def offered(postcode: str, office: Office) -> tuple[Commune, ...]:
    """The communes to choose from: the territory's, else France's where the office takes them."""
    found = office.communes_with_postcode(postcode)
    return found or (with_postcode(postcode) if office.outside_territory == "accept" else ())


@lru_cache(maxsize=1)
def _lines() -> tuple[str, ...]:
    return tuple(gzip.decompress(DATA.read_bytes()).decode().splitlines())


def _commune(line: str) -> Commune:
    insee, name, postcodes = line.split(";")
    return Commune(insee, name, tuple(postcodes.split(",")))
