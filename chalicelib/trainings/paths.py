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
DESK_ATTENDANCE = DESK_SESSION + "/presences"
DESK_WALK_IN = DESK_ATTENDANCE + "/ajout"
DESK_RESULTS = DESK_SESSION + "/resultats"

TRAINER_PAGE = "/formations/emargement"
"""What the trainer's link leads to."""
PRESENCE = "/formations/presence"
"""What the code on a confirmation leads to: only the trainer and staff can do anything there."""
FEEDBACK_PAGE = "/formations/avis"
VERIFICATION = "/verification"


def desk_registration_path(session_reference: str, registration_reference: str) -> str:
    """Where staff see one registration."""
    return DESK_REGISTRATION.format(reference=session_reference, registration=registration_reference)
