"""Where the pages of the observatory are."""

from chalicelib.observatory.model import MonthlyReturn

ENTRY_PAGE = "/observatoire/saisie"
"""The form of one establishment and month, behind its mailed link."""
PUBLIC_PAGE = "/observatoire"
"""The published reports, and below it each of them."""
DESK_PAGE = "/bureau/observatoire"
"""What staff see of the observatory."""
DESK_CALENDAR = DESK_PAGE + "/calendrier"
DESK_CALENDAR_ENTRY = DESK_CALENDAR + "/{line}"
"""Events of the territory and school holidays abroad."""
DESK_REMARKS = DESK_PAGE + "/remarques"
"""What lodgings wrote to the office about a season."""
IMPORTS = f"{DESK_PAGE}/imports"
"""Where the office takes files of its data providers in."""
OWN_ENTRY = "/espace/chiffres/{entry}"
"""The figures of one establishment and month in the space of the partner, called as at the desk."""
DESK_ENTRY = DESK_PAGE + "/chiffres/{entry}"
"""The figures of one establishment and month, as staff see and enter them: `2027-03_38416_<establishment>`."""
DESK_REPORTS = DESK_PAGE + "/bilans"
"""The reports as staff see them, drafts included."""
DESK_REPORT = DESK_REPORTS + "/{slug}"
"""One of them."""


def key_of(one: MonthlyReturn) -> str:
    """How addresses call a return."""
    return f"{one.month}_{one.establishment.commune}_{one.establishment.id}"
