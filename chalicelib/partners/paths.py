"""The addresses of the pages about membership files."""

HOME = "/adhesion"
PAGES = "/adhesion/demande"
CHECK = "/adhesion/verification"
SENT = "/adhesion/envoyee"
ALREADY_SENT = "/adhesion/deja-envoyee"
CORRECTED = "/adhesion/corrigee"
PAUSED = "/adhesion/pause"

RESUME_PAGE = "/adhesion/reprise"
CONFIRMATION_PAGE = "/adhesion/confirmation"
CORRECTIONS_PAGE = "/adhesion/corrections"
"""The three that mailed links lead to."""
