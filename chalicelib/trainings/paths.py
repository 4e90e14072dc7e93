"""The addresses of the pages about trainings."""

CATALOGUE = "/formations"
CALENDAR = "/formations.ics"
FEED = "/formations.atom"
SESSION = CATALOGUE + "/{reference}"
SESSION_CALENDAR = SESSION + "/agenda.ics"
REGISTER = SESSION + "/inscription"

GUEST_LINK = SESSION + "/invitation"

GUEST_PAGE = "/formations/invitation"
MANAGE_PAGE = "/formations/gestion"
OFFER_PAGE = "/formations/place"
"""The three that mailed links lead to."""

OWN = "/espace/formations"
OWN_REGISTRATION = OWN + "/{reference}"

DESK = "/bureau/formations"
DESK_SESSION = DESK + "/{reference}"
DESK_PAGE = DESK_SESSION + "/pages/{key}"
DESK_CHECK = DESK_SESSION + "/verification"
DESK_REGISTRATION = DESK_SESSION + "/inscriptions/{registration}"
