"""Where the pages of the observatory are."""

ENTRY_PAGE = "/observatoire/saisie"
"""The form of one establishment and month, behind its mailed link."""
PUBLIC_PAGE = "/observatoire"
"""The published reports, and below it each of them."""
DESK_PAGE = "/bureau/observatoire"
"""What staff see of the observatory."""
