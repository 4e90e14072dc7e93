"""The territories known to the application, and the office document with its communes written out."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "territories.json"


@lru_cache(maxsize=1)
def known_territories() -> dict[str, dict[str, Any]]:
    """The territories of the data file, by slug."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return {territory["slug"]: territory for territory in data["territories"]}


def with_communes(document: dict[str, Any]) -> dict[str, Any]:
    """`document` with the name and the communes of its territory: a stored version needs no data file.

    Raises KeyError if the territory is unknown.
    """
    territory = dict(document["territory"])
    if "slug" in territory:
        known = known_territories()[territory["slug"]]
        territory["name"] = known["name"]
        territory["communes"] = [
            {key: commune[key] for key in ("insee", "name", "postcodes")} for commune in known["communes"]
        ]
    return {**document, "territory": territory}
