"""What a document says of its office, as the layouts of this room want it."""

import re

from chalicelib.kernel.french import NBSP
from chalicelib.office.model import Office
from chalicelib.web.theme import LIGHT_PAPER, readable

POST_TOWN = re.compile(r"\b\d{5}\s+(.+?)(?:\s+cedex(?:\s+\d+)?)?\s*$", re.IGNORECASE)
"""What stands behind the postcode at the end of an address."""


def office_on_paper(office: Office) -> dict[str, str]:
    """The key `office` of the data of every document, texts only; `place` is empty if the address tells none."""
    town = POST_TOWN.search(office.address)
    return {
        "name": office.name,
        "legal_name": office.legal_name,
        "address": office.address,
        "place": town[1] if town else "",
        "phone": office.phone.replace(" ", NBSP),
        "phone_uri": office.phone_uri,
        "email": office.email,
        "website": office.website,
        "accent_color": readable(office.accent_color, LIGHT_PAPER),
    }
