"""The figures of a lodging in what its partner takes away."""

from typing import Any

from chalicelib.observatory import bootstrap


def data_of(email: str) -> dict[str, list[dict[str, Any]]]:
    """The returns of the lodgings of this address, in order, as plain JSON: as long as they are kept."""
    from chalicelib.observatory.portable import portable

    found = [
        one for lodging in bootstrap.lodgings_of(email) for one in bootstrap.returns().list_own(lodging, "")
    ]
    return {"figures": [portable(one) for one in found]}
